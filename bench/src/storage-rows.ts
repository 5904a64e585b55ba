import type { Client } from 'pg';
import { v7 as newId } from 'uuid';

/** The monitors of the bench; `ids` are filled by `seed`, in the order of their numbers. */
export type Seeded = Readonly<{ monitors: number; key: string; keyHash: Uint8Array; ids: string[] }>;

/** Monitors of a region that no probe of this machine looks from, and a key to read their log with. */
export const seed = async (client: Client, { monitors, key, keyHash, ids }: Seeded): Promise<void> => {
  const organisationId = newId();
  ids.push(...Array.from({ length: monitors }, () => newId()));
  await client.query('INSERT INTO organisation (id, name) VALUES ($1, $2)', [organisationId, 'Bench']);
  await client.query(
    `INSERT INTO api_key (id, organisation_id, name, scope, start, hash) VALUES ($1, $2, 'bench', 'read', $3, $4)`,
    [newId(), organisationId, key.slice(0, 7), keyHash],
  );
  await client.query(
    `INSERT INTO monitor (id, organisation_id, name, url, interval_ms, timeout_ms, max_redirects, expected_statuses, regions, updated_at)
     SELECT id, $1, 'bench', 'https://bench.example/', 30000, 10000, 10, '200-399', ARRAY['bench'], now() FROM unnest($2::uuid[]) AS id`,
    [organisationId, ids],
  );
  await client.query(
    'INSERT INTO monitor_state (monitor_id, status_since) SELECT id, now() FROM unnest($1::uuid[]) AS id',
    [ids],
  );
  await client.query(`INSERT INTO region_key (region) VALUES ('bench') ON CONFLICT DO NOTHING`);
};

/** Lengths scatter as those of real sites do, one answer in 500 is a 502, and rows lie in the order of time. */
const hourSql = `
  INSERT INTO fresh_result (monitor, at_ms, total_us, dns_us, connect_us, tls_us, first_byte_us, download_us, bytes, delay_ms,
    day, place, kind, status, remote_address, rare)
  SELECT m, slot * 30000 + m * 7919 % 30000, dns + connect + tls + first_byte + download + (random() * 120)::int,
    dns, connect, tls, first_byte, download, 15000 + m % 5000, (random() * 6)::int, $1::int2,
    (SELECT key * 4 FROM region_key WHERE region = 'bench'), bad * 2, CASE bad WHEN 1 THEN 502 ELSE 200 END,
    ('192.0.2.' || m % 250)::inet,
    CASE bad WHEN 1 THEN '{"outcome":{"failure":{"kind":"status","status":502}}}' ELSE '' END
  FROM generate_series($2::int * 120, $2::int * 120 + 119) AS slot CROSS JOIN LATERAL (
    SELECT seq AS m, (1000 + random() * 3000)::int AS dns, (18000 + random() * random() * 9000)::int AS connect,
      (24000 + random() * random() * 15000)::int AS tls, (50000 + random() * random() * 90000)::int AS first_byte,
      (1500 + random() * 4000)::int AS download, (random() < 0.002)::int AS bad
    FROM monitor WHERE slot >= 0 ORDER BY seq OFFSET 0) AS look`;

export const fillDay = async (client: Client, day: number): Promise<void> => {
  for (let hour = 0; hour < 24; hour++) await client.query(hourSql, [day, hour]);
};

/** What the batches of that day would have left behind. */
export const fillMarks = async (client: Client, day: number): Promise<void> => {
  await client.query(
    `INSERT INTO roll_up_mark (length_s, slot, monitors)
     SELECT 300, slot, monitors FROM generate_series($1::int * 288, $1::int * 288 + 287) AS slot
     CROSS JOIN (SELECT array_agg(seq ORDER BY seq) AS monitors FROM monitor GROUP BY seq / 500) AS part`,
    [day],
  );
};
