import { startInbox } from '@farwatch/testkit';
import { v7 as newId } from 'uuid';
import { expect, test } from 'vitest';
import { eventStore } from '../events/store.ts';
import { type Alerting, startAlerting } from './alerting.fixture.ts';
import { warnOfCertificates } from './certificates.ts';
import { watchRegions } from './dark-regions.ts';
import { settleReceipt, settleUnconfirmed } from './receipts.ts';
import { lastMonday, planReports } from './weekly-report.ts';

const dayMs = 86_400_000;
const escalations = {
  policyFor: async () => ({
    ...{ id: null, repeatTimes: 0, repeatAfterMs: 0, remindEveryMs: null },
    steps: [{ waitMs: 0, targets: [{ kind: 'everyone' } as const] }],
  }),
  scheduleOf: async () => null,
};
const send = async (): Promise<void> => undefined;
const onError = (error: unknown): never => {
  throw error;
};
const subjects = (inbox: { mails: readonly { parsed: { subject?: string | undefined } }[] }) =>
  inbox.mails.map(({ parsed }) => parsed.subject);

test('a certificate that runs out is told at each threshold once, and a renewed one begins anew', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  await alerting.world.addChannel('email', 'ada@example.test');
  const { db } = alerting.world;
  const monitorId = await alerting.world.addMonitor();
  const setEnd = (ms: number) =>
    db.sql.query(
      `UPDATE monitor SET certificate_ends = to_timestamp($2 / 1000.0), certificate_told = '{}' WHERE id = $1`,
      [monitorId, ms],
    );
  const ends = alerting.now() + 31.5 * dayMs;
  await setEnd(ends);
  const sweep = warnOfCertificates({ db, escalations, send, onError });
  for (let day = 0; day < 34; day++) {
    await Promise.all([sweep(alerting.now()), sweep(alerting.now())]);
    await alerting.settle();
    alerting.pass(dayMs);
  }
  expect(subjects(inbox)).toEqual([
    'Certificate of Shop expires in 29 days',
    'Certificate of Shop expires in 13 days',
    'Certificate of Shop expires in 6 days',
    'Certificate of Shop expires in 2 days',
    'Certificate of Shop expires within a day',
    'Certificate of Shop has expired',
  ]);
  await setEnd(alerting.now() + 2.5 * dayMs);
  await sweep(alerting.now());
  await alerting.settle();
  expect(subjects(inbox).slice(6)).toEqual(['Certificate of Shop expires in 2 days']);
});

test('when no region looks any more its people and the operator are told once, and once that it goes on', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  await alerting.world.addChannel('email', 'ada@example.test');
  const { db } = alerting.world;
  await alerting.world.addMonitor(['fra', 'iad']);
  await alerting.world.addMonitor(['iad', 'sin']);
  const seen = (region: string, ms: number) =>
    db.sql.query(
      `INSERT INTO region (id, token_hash, last_seen_at) VALUES ($1, decode(md5($1), 'hex'), to_timestamp($2 / 1000.0))
       ON CONFLICT (id) DO UPDATE SET last_seen_at = excluded.last_seen_at`,
      [region, ms],
    );
  const operator: string[] = [];
  const tellOperator = async ({ key }: { key: string }): Promise<void> => void operator.push(key);
  const began = alerting.now() - 600_000;
  const watch = watchRegions({ db, tellOperator, send }, began);
  const look = async (): Promise<void> => {
    await watch(alerting.now());
    await alerting.settle();
  };
  for (const region of ['fra', 'iad', 'sin']) await seen(region, alerting.now());
  await look();
  alerting.pass(100_000);
  await seen('sin', alerting.now());
  await look();
  await look();
  expect(subjects(inbox)).toEqual(['Monitoring has stopped for 1 monitor']);
  expect(new Set(operator)).toEqual(new Set(['region-dark:fra', 'region-dark:iad']));
  await seen('fra', alerting.now());
  await look();
  await look();
  expect(subjects(inbox).slice(1)).toEqual(['Monitoring goes on for 1 monitor']);
});

test('a worker that has just started takes nothing for silent', async () => {
  await using alerting = await startAlerting();
  const { db } = alerting.world;
  await db.sql.query(
    `INSERT INTO region (id, token_hash, last_seen_at) VALUES ('local', '\\x00', now() - interval '1 day')`,
  );
  const watch = watchRegions({ db, tellOperator: async () => undefined, send }, alerting.now());
  expect(await watch(alerting.now() + 60_000)).toBe(0);
  expect(await watch(alerting.now() + 91_000)).toBe(1);
});

test.each([
  ['2026-11-27T12:00:00Z', 'Europe/Berlin', '2026-11-23T08:00:00.000Z'],
  ['2026-11-23T07:59:59Z', 'Europe/Berlin', '2026-11-16T08:00:00.000Z'],
  ['2026-11-23T08:00:00Z', 'Europe/Berlin', '2026-11-23T08:00:00.000Z'],
  ['2026-03-30T07:00:00Z', 'Europe/Berlin', '2026-03-30T07:00:00.000Z'],
  ['2026-11-22T20:30:00Z', 'Pacific/Auckland', '2026-11-22T20:00:00.000Z'],
])('the Monday before %s in %s', (now, zone, monday) => {
  expect(new Date(lastMonday(Date.parse(now), zone)).toISOString()).toBe(monday);
});

/** Moves the clock of a world to a Tuesday, so that the last Monday is a day ago. */
const toTuesday = (alerting: Alerting): void => {
  while (new Date(alerting.now()).getUTCDay() !== 2) alerting.pass(dayMs);
};

test('the week is reported once, by mail, to people’s own addresses, with its downtime, planned work left out', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  const { db, organisationId } = alerting.world;
  const accountId = newId();
  await db.sql.query(`INSERT INTO account (id, name, email, updated_at) VALUES ($1, 'Ann', 'ann@x.test', now())`, [
    accountId,
  ]);
  await alerting.world.addTarget({ kind: 'email', address: 'ann@x.test' }, { account_id: accountId });
  await alerting.world.addTarget({ kind: 'email', address: 'list@x.test' });
  const monitorId = await alerting.world.addMonitor();
  toTuesday(alerting);
  const monday = lastMonday(alerting.now(), 'UTC');
  await db.sql.query(
    `UPDATE organisation SET created_at = to_timestamp($2 / 1000.0) - interval '30 days' WHERE id = $1`,
    [organisationId, monday],
  );
  await db.sql.query(`UPDATE monitor SET created_at = to_timestamp($2 / 1000.0) - interval '30 days' WHERE id = $1`, [
    monitorId,
    monday,
  ]);
  await db.sql.query(
    `INSERT INTO incident (id, organisation_id, monitor_id, started_at, resolved_at, opened_at, cause, regions)
     VALUES ($1, $2, $3, to_timestamp($4 / 1000.0), to_timestamp($4 / 1000.0) + interval '1 hour', to_timestamp($4 / 1000.0),
       '{"kind":"status","status":502}', '{fra}')`,
    [newId(), organisationId, monitorId, monday - 3 * dayMs],
  );
  // Two windows over one half hour that is left out, and one that counts.
  for (const [countsAs, fromMinutes] of [
    ['excluded', 20],
    ['excluded', 30],
    ['counted', 0],
  ] as const)
    await db.sql.query(
      `INSERT INTO maintenance_stretch (monitor_id, window_id, started_at, until, ended_at, name, counts_as)
       SELECT $1, $2, s, s + interval '20 minutes', s + interval '20 minutes', 'Move', $3
       FROM to_timestamp($4 / 1000.0) AS s`,
      [monitorId, newId(), countsAs, monday - 3 * dayMs + fromMinutes * 60_000],
    );
  const plan = planReports({ db, send, onError });
  expect([await plan(alerting.now()), await plan(alerting.now())]).toEqual([1, 0]);
  await alerting.settle();
  expect(inbox.mails.map(({ to }) => to)).toEqual([['ann@x.test']]);
  expect(inbox.mails[0]?.parsed.subject).toMatch(/^Your week .*: 99\.701 % up$/u);
  expect(inbox.mails[0]?.parsed.text).toContain('Shop: 30 min');
});

test('a provider’s word settles what it had taken; a call that nobody answers is made again, three times at most', async () => {
  await using alerting = await startAlerting();
  const { db } = alerting.world;
  const channelId = await alerting.world.addTarget({ kind: 'voice', to: '+4915112345678' });
  const { incidentId, due } = await alerting.open();
  const settle = settleReceipt({ db, events: eventStore() }, alerting.now);
  const accept = (sid: string) =>
    db.sql.query(
      `UPDATE delivery SET status = 'accepted', provider_id = $2, sent_at = to_timestamp($3 / 1000.0),
         attempt_count = attempt_count + 1 WHERE channel_id = $1`,
      [channelId, sid, alerting.now()],
    );
  const nobody = { failed: 'nobody answered', permanent: false, again: true };
  for (const sid of ['CA1', 'CA2', 'CA3']) {
    await accept(sid);
    expect(await settle({ providerId: sid, settled: nobody })).toBe('settled');
    expect(await settle({ providerId: sid, settled: nobody })).toBe('unknown');
  }
  expect(await alerting.deliveries(incidentId)).toMatchObject([{ status: 'failed', attempts: [{}, {}, {}] }]);
  expect((await alerting.events(due[0]?.deliveryId ?? '')).slice(-2)).toEqual([
    'delivery.updated pending',
    'delivery.failed failed',
  ]);
});

test('what is never confirmed counts as arrived after a while, and says so', async () => {
  await using alerting = await startAlerting();
  const { db } = alerting.world;
  await alerting.world.addTarget({ kind: 'sms', to: '+4915112345678' });
  const { incidentId } = await alerting.open();
  await db.sql.query(`UPDATE delivery SET status = 'accepted', sent_at = to_timestamp($1 / 1000.0)`, [alerting.now()]);
  const settle = settleUnconfirmed({ db });
  expect([await settle(alerting.now() + 60_000), await settle(alerting.now() + 901_000)]).toEqual([0, 1]);
  expect(await alerting.deliveries(incidentId)).toMatchObject([
    { status: 'delivered', reason: expect.stringContaining('did not say') },
  ]);
});
