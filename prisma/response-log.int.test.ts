import { readdir, readFile } from 'node:fs/promises';
import { emptyDatabase } from '@farwatch/testkit';
import { Client } from 'pg';
import { expect, test } from 'vitest';

const folder = new URL('./migrations/', import.meta.url);
const own = '20261127180000_response_log';
const sqlOf = (name: string): Promise<string> => readFile(new URL(`${name}/migration.sql`, folder), 'utf8');

const monitor = '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e';
const before = `
  INSERT INTO organisation (id, name) VALUES ('${monitor}', 'Acme');
  INSERT INTO monitor (id, organisation_id, name, url, interval_ms, timeout_ms, max_redirects, expected_statuses, regions, updated_at)
  VALUES ('${monitor}', '${monitor}', 'Shop', 'https://shop.example/', 30000, 10000, 10, '200-399', '{fra}', now());
  SELECT ensure_check_result_partitions('2026-11-20', '2026-11-21');
  INSERT INTO check_result (monitor_id, scheduled_at, started_at, total_us, dns_us, first_byte_us, bytes, family, trigger, verdict, status, region, remote_address, detail)
  VALUES ('${monitor}', '2026-11-20T23:59:59.999Z', '2026-11-21T00:00:00.004Z', 1234, 5, null, 6, 'any', 'schedule', 'up', 200, 'fra', '192.0.2.7', null),
    ('${monitor}', '2026-11-21T00:00:00Z', '2026-11-20T23:59:59.998Z', 0, null, 7, null, 'ipv6', 'confirmation', 'down', 502, 'old-one', '2001:db8::1', '{"failure":{"kind":"status","status":502}}'),
    ('${monitor}', '2026-11-21T00:00:30Z', '2027-11-21T00:00:30Z', 0, null, null, null, 'ipv4', 'request', 'missed', null, 'fra', null, '{"reason":"overload"}'),
    ('00000000-0000-0000-0000-000000000000', '2026-11-21T00:00:30Z', '2026-11-21T00:00:30Z', 0, null, null, null, 'any', 'request', 'up', null, 'fra', null, null)`;
const read = `SELECT monitor_id, scheduled_at, started_at, total_us, dns_us, connect_us, first_byte_us, bytes, family, trigger,
  verdict, status, region, host(remote_address) AS address, detail FROM check_result WHERE monitor_id = '${monitor}' ORDER BY scheduled_at`;

test('results of before the narrow log are in it to the last column, and are marked for the roll-ups', async () => {
  await using database = await emptyDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    const earlier = (await readdir(folder)).filter((name) => name < own).sort();
    for (const name of earlier) await client.query(await sqlOf(name));
    await client.query(before);
    const was = (await client.query(read)).rows;
    expect(was).toHaveLength(3);
    await client.query(await sqlOf(own));
    expect((await client.query(read)).rows).toEqual(was);
    const marks = await client.query('SELECT DISTINCT slot * 300 AS at FROM roll_up_mark ORDER BY 1');
    expect(marks.rows.map(({ at }) => new Date(at * 1_000).toISOString())).toEqual([
      '2026-11-20T23:55:00.000Z',
      '2026-11-21T00:00:00.000Z',
    ]);
  } finally {
    await client.end();
  }
});
