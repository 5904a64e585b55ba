import { createHash, randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { v7 as newId } from 'uuid';

/** An organisation with its monitors and a key to read with. */
export type Household = Readonly<{ key: string; monitorIds: readonly string[] }>;
type Size = Readonly<{ organisations: number; monitorsEach: number; intervalMs: number }>;

const seedOne = async (client: Client, { monitorsEach, intervalMs }: Size): Promise<Household> => {
  const organisationId = newId();
  const monitorIds = Array.from({ length: monitorsEach }, () => newId());
  const key = `fw_${randomBytes(32).toString('base64url')}`;
  await client.query('INSERT INTO organisation (id, name) VALUES ($1, $2)', [organisationId, 'Bench']);
  await client.query(
    `INSERT INTO api_key (id, organisation_id, name, scope, start, hash) VALUES ($1, $2, 'bench', 'read', $3, $4)`,
    [newId(), organisationId, key.slice(0, 7), createHash('sha256').update(key).digest()],
  );
  await client.query(
    `INSERT INTO monitor (id, organisation_id, name, url, interval_ms, timeout_ms, max_redirects, expected_statuses, regions, updated_at)
     SELECT id, $1, 'bench', 'https://bench.example/', $3, 10000, 10, '200-399', ARRAY['bench'], now() FROM unnest($2::uuid[]) AS id`,
    [organisationId, monitorIds, intervalMs],
  );
  await client.query(
    'INSERT INTO monitor_state (monitor_id, status_since) SELECT id, now() FROM unnest($1::uuid[]) AS id',
    [monitorIds],
  );
  return { key, monitorIds };
};

/** Organisations whose monitors no probe of this machine looks at. */
export const seedHouseholds = async (client: Client, size: Size): Promise<readonly Household[]> => {
  const made: Household[] = [];
  for (let n = 0; n < size.organisations; n++) made.push(await seedOne(client, size));
  return made;
};
