import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../world.fixture.ts';
import { tidy } from './tidy.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const partitions = async (): Promise<readonly string[]> => {
  const { rows } = await world.db.sql.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'fresh_results'::regnamespace AND relkind = 'r' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};
const dayName = (offset: number) =>
  `day_${new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')}`;

test('the days to come have a partition, and whole days are dropped once they are over', async () => {
  await world.db.sql.query(
    `SELECT ensure_log_days(d - 40, d - 29) FROM (SELECT current_date - date '1970-01-01' AS d) AS t`,
  );
  expect(await partitions()).toContain(dayName(-40));
  const first = await tidy(world.db.sql);
  expect(first.partitionsDropped).toBeGreaterThanOrEqual(9);
  const left = await partitions();
  expect(left).not.toContain(dayName(-31));
  expect(left).toContain(dayName(-29));
  for (const offset of [-2, 0, 7]) expect(left).toContain(dayName(offset));
  expect(await tidy(world.db.sql)).toEqual({ partitionsMade: 0, partitionsDropped: 0, rowsDeleted: 0 });
});

test('a day goes when it is over for the organisation that keeps its log longest, in both forms, roll-ups after 30 days', async () => {
  const { sql } = world.db;
  const day = `(SELECT current_date - date '1970-01-01')`;
  await sql.query(`SELECT ensure_log_days(${day} - 60, ${day} - 50)`);
  await sql.query(`CREATE TABLE packed_results.${dayName(-70)} PARTITION OF packed_result FOR VALUES FROM (1) TO (2)`);
  await sql.query('INSERT INTO packed_day (day, results, left_out) VALUES (1, 0, 0)');
  await sql.query('UPDATE organisation SET log_days = 55');
  await tidy(sql);
  expect(await partitions()).not.toContain(dayName(-56));
  expect(await partitions()).toContain(dayName(-55));
  const { rows } = await sql.query<{ name: string | null }>(
    `SELECT to_regclass('packed_results.${dayName(-70)}')::text AS name UNION SELECT to_regclass('roll_ups.${dayName(-55)}')::text
     UNION SELECT day::text FROM packed_day`,
  );
  expect(rows).toEqual([{ name: null }]);
  await sql.query('UPDATE organisation SET log_days = 30');
});

test('who has been paused for longer than changes are kept was not up meanwhile', async () => {
  const { sql } = world.db;
  const id = await world.addMonitor();
  await sql.query(
    `UPDATE monitor SET created_at = now() - interval '600 days', paused_at = now() - interval '500 days' WHERE id = $1`,
    [id],
  );
  await sql.query(
    `INSERT INTO monitor_change (monitor_id, decided_at, kind, at, status)
     SELECT $1, now() - make_interval(days => d), k, now() - make_interval(days => d), s
     FROM (VALUES (600, 'first-good', 'up'), (550, 'paused', 'paused'), (540, 'resumed', 'pending'), (500, 'paused', 'paused')) AS x (d, k, s)`,
    [id],
  );
  await tidy(sql);
  const { rows } = await sql.query('SELECT kind FROM monitor_change WHERE monitor_id = $1 ORDER BY decided_at', [id]);
  expect(rows).toEqual([{ kind: 'first-good' }, { kind: 'paused' }]);
});

test('evidence goes with the days that its own organisation keeps', async () => {
  const { sql } = world.db;
  const id = await world.addMonitor();
  await sql.query(
    `INSERT INTO evidence (monitor_id, scheduled_at, region, family, evidence)
     SELECT $1, now() - make_interval(days => n), 'fra', 'any', '{}' FROM unnest(ARRAY[0, 3, 5]) AS n`,
    [id],
  );
  await sql.query('UPDATE organisation SET log_days = 4');
  await tidy(sql);
  expect((await sql.query('SELECT 1 FROM evidence')).rowCount).toBe(2);
  await sql.query('UPDATE organisation SET log_days = 30');
});

test('events are forgotten after a day, in portions, and fresh ones stay', async () => {
  await world.db.sql.query(
    `INSERT INTO event (organisation_id, type, data, created_at)
     SELECT $1, 'x', '{}', now() - make_interval(hours => n) FROM unnest(ARRAY[1, 23, 25, 100]) AS n`,
    [world.organisationId],
  );
  expect((await tidy(world.db.sql)).rowsDeleted).toBe(2);
  expect((await world.db.sql.query('SELECT 1 FROM event')).rowCount).toBe(2);
});

test('settled deliveries, resolved incidents and ended spans are forgotten after their time; what goes on stays', async () => {
  const { db, organisationId, addMonitor } = world;
  const monitorId = await addMonitor();
  const incident = `INSERT INTO incident (id, organisation_id, monitor_id, started_at, resolved_at, cause, regions, opened_at)
    VALUES (gen_random_uuid(), $1, $2, now() - interval '500 days', now() - make_interval(days => $3), '{}', '{}', now())`;
  for (const days of [null, 399, 401]) await db.sql.query(incident, [organisationId, monitorId, days]);
  await db.sql.query(
    `INSERT INTO delivery (id, organisation_id, channel_name, kind, event, key, status, settled_at)
     SELECT gen_random_uuid(), $1, 'ops', 'email', 'channel.test', 'test',
       CASE WHEN n IS NULL THEN 'pending' ELSE 'delivered' END, now() - make_interval(days => n)
     FROM unnest(ARRAY[NULL, 89, 91]) AS n`,
    [organisationId],
  );
  await db.sql.query(
    `INSERT INTO delivery_attempt (id, delivery_id, at, outcome, answer, took_ms)
     SELECT gen_random_uuid(), id, now(), 'delivered', 'ok', 1 FROM delivery`,
  );
  await db.sql.query(
    `INSERT INTO span (monitor_id, region, started_at, code, failure, last_seen_at, ended_at)
     SELECT $1, 'r' || coalesce(n, 0), now() - interval '500 days', '502', '{}', now(), now() - make_interval(days => n)
     FROM unnest(ARRAY[NULL, 399, 401]) AS n`,
    [monitorId],
  );
  expect((await tidy(db.sql)).rowsDeleted).toBe(3);
  for (const table of ['incident', 'delivery', 'delivery_attempt', 'span'])
    expect([table, (await db.sql.query(`SELECT 1 FROM ${table}`)).rowCount]).toEqual([table, 2]);
});

test('a monitor that is never calm keeps one checkpoint in ten minutes, and of long ago only its newest', async () => {
  const { sql } = world.db;
  const id = await world.addMonitor();
  const restless = JSON.stringify({ regions: { fra: { verdict: 'down' } } });
  const calm = JSON.stringify({ regions: {} });
  const keep = (state: string, from: number, until: number, step: number) =>
    sql.query(
      `INSERT INTO judgement_checkpoint (monitor_id, until, state)
       SELECT $1, date_trunc('hour', now()) - interval '2 hours' + n * interval '1 second', $2
       FROM generate_series($3::int, $4::int, $5::int) AS n`,
      [id, state, from, until, step],
    );
  await keep(calm, 0, 0, 1);
  await keep(restless, 5, 3_595, 60);
  await keep(calm, -200_000, -100_000, 50_000);
  await tidy(sql);
  const { rows } = await sql.query<{ s: number }>(
    `SELECT extract(epoch FROM until - date_trunc('hour', now()) + interval '2 hours')::int AS s
     FROM judgement_checkpoint WHERE monitor_id = $1 ORDER BY until`,
    [id],
  );
  // The newest of before 27 hours, the calm one, the first restless one, and one of each ten minutes.
  expect(rows.map(({ s }) => s)).toEqual([-100_000, 0, 5, 605, 1_205, 1_805, 2_405, 3_005]);
});
