import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../world.fixture.ts';
import { eventStore } from '../events/store.ts';
import { sweepMaintenance } from './settle.ts';
import { windowStore } from './store.ts';
import { stretchStore } from './stretch-store.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const sweeper = (faults: unknown[]) =>
  sweepMaintenance({
    db: world.db,
    ...{ windows: windowStore(), stretches: stretchStore(), events: eventStore() },
    alerts: { reconsider: async () => undefined },
    onError: (error) => faults.push(error),
  });
const at = (text: string): number => Date.parse(`${text}:00Z`);
const organisation = async (): Promise<string> => {
  const { rows } = await world.db.sql.query<{ id: string }>('SELECT id FROM organisation LIMIT 1');
  return rows[0]?.id ?? '';
};

test('a worker that was away over the end of one night’s work and the beginning of the next leaves the day between in', async () => {
  const id = await world.addMonitor(['fra']);
  await world.db.sql.query(`UPDATE monitor SET created_at = '2026-10-01' WHERE id = $1`, [id]);
  const owned = { organisationId: await organisation(), id: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e' };
  const nightly = {
    ...{ name: 'nightly', note: null, startsAt: '2026-11-01T02:00:00', timeZone: 'UTC', durationMs: 7_200_000 },
    ...{ rule: 'FREQ=DAILY', appliesTo: { kind: 'all' as const }, countsAs: 'excluded' as const },
  };
  await windowStore().insert(world.db.sql, owned, nightly, 10);
  await windowStore().setDue(world.db.sql, owned.id, at('2026-11-01T02:00'));
  const faults: unknown[] = [];
  const sweep = sweeper(faults);
  await sweep(at('2026-11-10T02:01'));
  // Away from three o'clock on until the next night.
  await sweep(at('2026-11-11T02:30'));
  await sweep(at('2026-11-11T04:01'));
  expect(faults).toEqual([]);
  const range = { from: at('2026-11-10T00:00'), until: at('2026-11-12T00:00') };
  const out = (await stretchStore().leftOutIn(world.db.sql, [id], range)).get(id) ?? [];
  expect(out.map(({ from, until }) => (until - from) / 3_600_000)).toEqual([2, 2]);
});

test('of more windows than one sweep takes each has its turn', async () => {
  const { sql } = world.db;
  const mine = await organisation();
  await sql.query('DELETE FROM maintenance_window');
  const id = await world.addMonitor(['fra']);
  await sql.query(`UPDATE monitor SET tags = '{mine}' WHERE id = $1`, [id]);
  const add = (name: string, startsAt: string, lengthMs: number, tag: string, count: number) =>
    sql.query(
      `INSERT INTO maintenance_window (id, organisation_id, name, starts_at, time_zone, duration_ms, scope, tags, due_at, updated_at)
       SELECT gen_random_uuid(), $1, $2, $3::text, 'UTC', $4, 'tags', ARRAY[$5], $3::text::timestamp AT TIME ZONE 'UTC', now()
       FROM generate_series(1, $6)`,
      [mine, name, startsAt, lengthMs, tag, count],
    );
  await add('long', '2026-11-10T00:00:00', 2_592_000_000, 'none', 500);
  await add('mine', '2026-11-20T11:59:00', 3_600_000, 'mine', 1);
  const sweep = sweeper([]);
  for (let second = 0; second < 3; second++) await sweep(at('2026-11-20T12:00') + second * 1_000);
  const { rows } = await sql.query('SELECT 1 FROM maintenance_stretch WHERE monitor_id = $1', [id]);
  expect(rows).toHaveLength(1);
});
