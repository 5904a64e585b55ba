import { parseKeyring } from '@farwatch/api/keyring';
import { type StoredTarget, sealTarget } from '@farwatch/api/stored-target';
import type { Client } from 'pg';
import { v7 as newId } from 'uuid';
import type { ProviderKind } from './providers.ts';

export const masterKey = Buffer.alloc(32, 9).toString('base64');
export const signingSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
/** A region that no probe of this machine looks from: whoever makes the incidents is the probe. */
export const region = 'chaos';

/** A channel as the stand-in of its kind knows it: by the path, address, channel or chat that messages go to. */
export type Place = Readonly<{ channelId: string; kind: ProviderKind; place: string }>;
export type Watched = Readonly<{ monitorId: string; name: string }>;
export type Organisation = Readonly<{ id: string; monitors: readonly Watched[] }>;

export const addOrganisation = async (client: Client, names: readonly string[]): Promise<Organisation> => {
  const id = newId();
  const monitors = names.map((name) => ({ monitorId: newId(), name }));
  const ids = monitors.map(({ monitorId }) => monitorId);
  await client.query('INSERT INTO organisation (id, name) VALUES ($1, $2)', [id, 'Chaos']);
  await client.query(
    `INSERT INTO monitor (id, organisation_id, name, url, interval_ms, timeout_ms, max_redirects, expected_statuses, regions, updated_at)
     SELECT m.id, $1, m.name, 'https://' || m.name || '.example/', 30000, 10000, 10, '200-399', ARRAY[$4], now()
     FROM unnest($2::uuid[], $3::text[]) AS m (id, name)`,
    [id, ids, names, region],
  );
  await client.query(
    'INSERT INTO monitor_state (monitor_id, status_since) SELECT id, now() FROM unnest($1::uuid[]) AS id',
    [ids],
  );
  return { id, monitors };
};

/** As its owner would have saved it: confirmed, linked and sealed. */
export const addChannel = async (
  client: Client,
  organisationId: string,
  targetOf: (channelId: string) => StoredTarget,
): Promise<string> => {
  const id = newId();
  const target = targetOf(id);
  const sealed = sealTarget(parseKeyring(masterKey), { table: 'channel', organisationId, rowId: id }, target);
  await client.query(
    `INSERT INTO channel (id, organisation_id, name, kind, target, sealed, updated_at)
     VALUES ($1, $2, $3, $4, 'a stand-in', $5, now())`,
    [id, organisationId, `my ${target.kind}`, target.kind, sealed],
  );
  return id;
};

export const webhookTarget = (url: string): StoredTarget => ({
  ...{ kind: 'webhook', url, headers: {}, template: null },
  secrets: [{ secret: signingSecret, until: null }],
});
