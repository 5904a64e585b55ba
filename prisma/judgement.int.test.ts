import { readdir, readFile } from 'node:fs/promises';
import { emptyDatabase } from '@farwatch/testkit';
import { Client } from 'pg';
import { expect, test } from 'vitest';

const folder = new URL('./migrations/', import.meta.url);
const own = '20261127210000_judgement';
const sqlOf = (name: string): Promise<string> => readFile(new URL(`${name}/migration.sql`, folder), 'utf8');

const id = (n: number): string => `01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4${n}`;
const monitor = (n: number, pausedAt: string): string => `
  INSERT INTO monitor (id, organisation_id, name, url, interval_ms, timeout_ms, max_redirects, expected_statuses, regions, paused_at, created_at, updated_at)
  VALUES ('${id(n)}', '${id(0)}', 'Shop', 'https://shop.example/', 30000, 10000, 10, '200-399', '{fra}', ${pausedAt}, '2026-11-20T00:00:00Z', now())`;
const before = `
  INSERT INTO organisation (id, name) VALUES ('${id(0)}', 'Acme');
  ${monitor(1, 'NULL')}; ${monitor(2, "'2026-11-25T00:00:00Z'")}; ${monitor(3, 'NULL')};
  INSERT INTO monitor_state (monitor_id, status, status_since, state) VALUES
    ('${id(1)}', 'down', now(), '{"regions":{"fra":{"verdict":"down","streak":2}},"incident":{"startedAt":1795687200120},"confirmation":null,"from":5}'),
    ('${id(2)}', 'pending', now(), '{"regions":{},"incident":null,"confirmation":null,"from":7}'),
    ('${id(3)}', 'pending', now(), '{"regions":{},"incident":null,"confirmation":null}');
  INSERT INTO incident (id, organisation_id, monitor_id, started_at, opened_at, cause, regions) VALUES
    ('${id(4)}', '${id(0)}', '${id(1)}', '2026-11-26T10:00:00.120Z', '2026-11-26T10:00:02Z', '{"kind":"status","status":502}', '{fra}');
  INSERT INTO span (monitor_id, region, started_at, code, failure, last_seen_at) VALUES
    ('${id(1)}', 'fra', '2026-11-26T10:00:00.120Z', '502', '{"kind":"status","status":502}', '2026-11-26T10:05:00Z')`;

test('an open incident, its spans and what was known of a monitor outlive the new judgement’s migration', async () => {
  await using database = await emptyDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const rows = async (sql: string) => (await client.query(sql)).rows;
  try {
    for (const name of (await readdir(folder)).filter((one) => one < own).sort()) await client.query(await sqlOf(name));
    await client.query(before);
    await client.query(await sqlOf(own));
    const [state] = await rows(`SELECT state, settled FROM monitor_state WHERE monitor_id = '${id(1)}'`);
    expect(state).toMatchObject({
      settled: false,
      state: {
        incident: { startedAt: Date.parse('2026-11-26T10:00:00.120Z'), cause: { status: 502 }, regions: ['fra'] },
        ...{ regions: {}, seenUp: true, from: 5 },
      },
    });
    expect(await rows('SELECT 1 FROM judgement_checkpoint')).toHaveLength(3);
    expect(await rows('SELECT resolved_at, told_at FROM incident')).toEqual([
      { resolved_at: null, told_at: new Date('2026-11-26T10:00:02Z') },
    ]);
    expect(await rows('SELECT ended_at FROM span')).toEqual([{ ended_at: new Date('2026-11-26T10:05:00Z') }]);
    expect(
      await rows('SELECT right(monitor_id::text, 1) AS n, kind FROM monitor_change ORDER BY n, decided_at'),
    ).toEqual([
      { n: '1', kind: 'first-good' },
      { n: '2', kind: 'first-good' },
      { n: '2', kind: 'paused' },
    ]);
  } finally {
    await client.end();
  }
});
