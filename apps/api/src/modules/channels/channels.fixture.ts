import { randomUUIDv7 } from 'node:crypto';
import type { Sql } from '../../db.ts';
import type { AlertPlanner } from '../alerts/planner.ts';
import { type Api, startApi } from '../api.fixture.ts';
import { recordingPlanner } from '../planner.fixture.ts';
import { openTarget, type StoredTarget } from './stored-target.ts';

export const twilio = {
  accountSid: `AC${'0'.repeat(32)}`,
  authToken: 'twilio-auth-token',
  from: '+15005550006',
  voiceFrom: '+15005550006',
  apiUrl: 'https://api.twilio.com',
} as const;

/** Writes test deliveries as alerting does, and notes down whatever else it is asked. */
export const planningRecorder = () => {
  const { planner, asked } = recordingPlanner();
  const planTest: AlertPlanner['planTest'] = async (tx, test) => {
    const { organisationId, deliveryId, channel, sealedTarget, now } = test;
    await planner.planTest(tx, test);
    await tx.query(
      `INSERT INTO delivery (id, organisation_id, channel_id, channel_name, kind, event, key, sealed_target, created_at, next_attempt_at)
       VALUES ($1, $2, $3, $4, $5, 'channel.test', $8, $6, to_timestamp($7::float8 / 1000), now())`,
      [
        deliveryId,
        organisationId,
        channel.id,
        channel.name,
        channel.kind,
        sealedTarget,
        now,
        `channel.test:${deliveryId}`,
      ],
    );
  };
  return { planner: { ...planner, planTest }, asked };
};

type Told = Readonly<{
  channelId: string;
  incidentId?: string | null;
  event?: string;
  bundleId?: string | null;
  /** Epoch ms; null: it had no message of its own. */
  sentAt?: number | null;
  providerId?: string | null;
}>;

/** A delivery as a worker left it. Answers its id. */
export const tell = async (
  sql: Sql,
  {
    channelId,
    incidentId = null,
    event = 'incident.opened',
    bundleId = null,
    sentAt = Date.now(),
    providerId = null,
  }: Told,
): Promise<string> => {
  const id = randomUUIDv7();
  await sql.query(
    `INSERT INTO delivery (id, organisation_id, incident_id, channel_id, channel_name, kind, event, key, bundle_id, sent_at, status, provider_id)
     SELECT $1, c.organisation_id, $2, c.id, c.name, c.kind, $3, $8, $4,
       to_timestamp($5::float8 / 1000), 'delivered', $6
     FROM channel c WHERE c.id = $7`,
    [id, incidentId, event, bundleId, sentAt, providerId, channelId, `${event}:${id}`],
  );
  return id;
};

/** An open incident of a monitor with this name. Answers its id. */
export const openIncidentOf = async (sql: Sql, organisationId: string, name: string): Promise<string> => {
  const [monitorId, id] = [randomUUIDv7(), randomUUIDv7()];
  await sql.query(
    `INSERT INTO monitor (id, organisation_id, name, url, interval_ms, timeout_ms, max_redirects, expected_statuses, regions, updated_at)
     VALUES ($1, $2, $3, 'https://shop.example/', 30000, 10000, 10, '200-399', '{fra}', now())`,
    [monitorId, organisationId, name],
  );
  await sql.query(
    `INSERT INTO incident (id, organisation_id, monitor_id, started_at, opened_at, cause, regions)
     VALUES ($1, $2, $3, now(), now(), '{"kind":"status","status":502}', '{fra}')`,
    [id, organisationId, monitorId],
  );
  return id;
};

/** A person of the organisation, with a session to call with. */
export const addMember = async (
  { sql, credentials }: Api,
  { id: organisationId, name = 'mine' }: Readonly<{ id: string; name?: string }>,
  person: Readonly<{ name: string; email: string; verified?: boolean }>,
) => {
  const id = randomUUIDv7();
  const { name: personName, email, verified = true } = person;
  await sql.query('INSERT INTO account (id, name, email, email_verified, updated_at) VALUES ($1, $2, $3, $4, now())', [
    id,
    personName,
    email,
    verified,
  ]);
  await sql.query(`INSERT INTO member (organisation_id, account_id, role) VALUES ($1, $2, 'member')`, [
    organisationId,
    id,
  ]);
  const token = `session-${id}`;
  credentials.set(token, {
    kind: 'session',
    account: { id, name: personName, email, emailVerified: verified },
    organisation: { id: organisationId, name, role: 'member' },
  });
  return { id, authorization: `Bearer ${token}`, headers: { 'sec-fetch-site': 'same-origin' } };
};

/** Somebody whose address is theirs owns it: without, there are no texts and calls. Answers the account's id. */
export const addOwner = async (sql: Sql, organisationId: string): Promise<string> => {
  const id = randomUUIDv7();
  await sql.query(
    `INSERT INTO account (id, name, email, email_verified, updated_at) VALUES ($1, 'Owner', $2, true, now())`,
    [id, `${id}@owners.example`],
  );
  await sql.query(`INSERT INTO member (organisation_id, account_id, role) VALUES ($1, $2, 'owner')`, [
    organisationId,
    id,
  ]);
  return id;
};

/** Everybody but the owners goes. */
export const forgetMembers = (sql: Sql) =>
  sql.query(`DELETE FROM account WHERE id NOT IN (SELECT account_id FROM member WHERE role = 'owner')`);

/** What is sealed in a channel's row. */
export const storedIn = async ({ sql, deps }: Api, channelId: string): Promise<StoredTarget> => {
  const { rows } = await sql.query<{ organisation_id: string; sealed: string }>(
    'SELECT organisation_id, sealed FROM channel WHERE id = $1',
    [channelId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('there is no such channel');
  return openTarget(
    deps.keyring,
    { table: 'channel', organisationId: row.organisation_id, rowId: channelId },
    row.sealed,
  );
};

/** The API with Twilio set up and a planner that notes down what it is asked. */
export const startChannelApi = async (over: Parameters<typeof startApi>[0] = {}) => {
  const { planner, asked } = planningRecorder();
  const config = {
    publicUrl: 'https://watch.test',
    secret: 'only-for-tests-0123456789abcdef',
    twilio,
    telegram: undefined,
  };
  const api = await startApi({ ...over, deps: { alerts: planner, config, ...over.deps } });
  for (const { id } of [api.mine, api.other]) await addOwner(api.sql, id);
  return { ...api, plans: asked };
};
export type ChannelApi = Awaited<ReturnType<typeof startChannelApi>>;
