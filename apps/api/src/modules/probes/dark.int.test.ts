import { phaseOf, slotsBetween } from '@farwatch/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reportOf, resultOf, startWorld, type World } from '../../world.fixture.ts';
import { historyStore } from '../history/store.ts';
import { type Night, startNight } from './dark.fixture.ts';
import { signsOfReports } from './signs-of-reports.ts';
import { regionStore } from './store.ts';

let world: World;
let night: Night;
beforeEach(async () => {
  world = await startWorld();
  night = await startNight(world, Date.now() + 1_000);
});
afterEach(() => world[Symbol.asyncDispose]());

const rows = async <R extends object>(text: string, ...values: readonly unknown[]): Promise<R[]> =>
  (await world.db.sql.query<R & Record<string, unknown>>(text, values)).rows;
type Outage = { region: string; started: number; ended: number | null };
const outages = () =>
  rows<Outage>(
    `SELECT region, extract(epoch FROM started_at)::float8 * 1000 AS started,
       extract(epoch FROM ended_at)::float8 * 1000 AS ended FROM region_outage ORDER BY started_at, region`,
  );
const log = (id: string) =>
  rows<{ at: number; region: string; verdict: string; detail: { reason?: string } | null }>(
    `SELECT extract(epoch FROM scheduled_at)::float8 * 1000 AS at, region, verdict, detail
     FROM check_result WHERE monitor_id = $1 ORDER BY scheduled_at, region`,
    id,
  );
const stateOf = async (id: string) => {
  const [row] = await rows<{ status: string; since: number; settled: boolean }>(
    `SELECT status, extract(epoch FROM status_since)::float8 * 1000 AS since, settled FROM monitor_state WHERE monitor_id = $1`,
    id,
  );
  return row;
};
const told = async (id: string) =>
  (
    await rows<{ data: { status: string } }>(
      `SELECT data FROM event WHERE monitor_id = $1 AND type = 'monitor.status-changed' ORDER BY id`,
      id,
    )
  ).map(({ data }) => data.status);
const slots = (monitorId: string, regions: readonly string[], region: string, from: number, until: number) =>
  slotsBetween(phaseOf({ monitorId, regions, intervalMs: 30_000 }, region), 30_000, from, until);

describe('a region', () => {
  test('is dark after 90 s without a sign, from its last one to its next', async () => {
    await night.there('fra', 'iad');
    const lastSign = night.now();
    night.gone('iad');
    await night.pass(90_000);
    expect(await outages()).toEqual([]);
    await night.pass(5_000);
    expect(await outages()).toEqual([{ region: 'iad', started: lastSign, ended: null }]);
    await night.pass(60_000);
    await night.there('iad');
    const back = night.now();
    await night.sweep();
    expect(await outages()).toEqual([{ region: 'iad', started: lastSign, ended: back }]);
  });
  test('that never came is dark from when it was made', async () => {
    await night.there('fra');
    const made = night.now();
    await world.db.sql.query('UPDATE region SET last_seen_at = NULL');
    night.gone('fra');
    await night.pass(95_000);
    expect(await outages()).toEqual([{ region: 'fra', started: made, ended: null }]);
  });
  test('that is taken out of the configuration is dark no more', async () => {
    await night.there('fra');
    night.gone('fra');
    await night.pass(100_000);
    await world.db.sql.query('DELETE FROM region');
    await night.sweep();
    expect((await outages()).map(({ ended }) => ended)).toEqual([night.now()]);
  });
  test.each(['api', 'worker', 'all'] as const)('is not made dark by the core being away (%s)', async (part) => {
    await night.there('fra');
    await night.pass(60_000);
    await night.passWithout(part, 600_000);
    await night.pass(80_000);
    expect(await outages()).toEqual([]);
  });
  test('that is silent when the core is back is dark 90 s later', async () => {
    await night.there('fra');
    night.gone('fra');
    const lastSign = night.now();
    await night.passWithout('all', 600_000);
    await night.pass(90_000);
    expect(await outages()).toEqual([]);
    await night.pass(10_000);
    expect(await outages()).toEqual([{ region: 'fra', started: lastSign, ended: null }]);
  });
  test('whose probe reports but can not reach the API is not dark; reports of before do not count', async () => {
    await night.there('fra');
    night.gone('fra');
    const signs = signsOfReports({ db: world.db, regions: regionStore() });
    const report = (sentAt: number, clockOffsetMs?: number) => ({
      ...reportOf([resultOf('01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e', 'up', sentAt, { region: 'fra' })]),
      sentAt,
      ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
    });
    await night.pass(60_000);
    await signs(report(night.now() + 3_600_000, 3_600_000), night.now());
    await night.pass(60_000);
    expect(await outages()).toEqual([]);
    await signs(report(night.now() - 80_000), night.now());
    await night.pass(40_000);
    expect(await outages()).toHaveLength(1);
  });
});

describe('what came due in a dark region', () => {
  const regions = ['fra', 'iad'];
  test('stands in the log as missed, each slot once, for as long as it was dark', async () => {
    await night.there(...regions);
    const id = await world.addMonitor(regions);
    const lastSign = night.now();
    night.gone('iad');
    await night.pass(200_000);
    await night.there('iad');
    const back = night.now();
    await night.sweep();
    await night.pass(60_000);
    const missed = await log(id);
    expect(missed.map(({ at }) => at)).toEqual(slots(id, regions, 'iad', lastSign, back));
    expect(missed.length).toBeGreaterThan(5);
    for (const { region, verdict, detail } of missed)
      expect([region, verdict, detail?.reason]).toEqual(['iad', 'missed', 'region-dark']);
  });
  test('gives way to a real result, whether that was there or comes later', async () => {
    await night.there(...regions);
    const id = await world.addMonitor(regions);
    const [early, late] = slots(id, regions, 'iad', night.now(), night.now() + 95_000);
    night.gone('iad');
    await night.pass(60_000);
    await night.take([resultOf(id, 'up', early ?? 0, { region: 'iad' })]);
    await night.pass(60_000);
    const verdicts = async () => Object.fromEntries((await log(id)).map(({ at, verdict }) => [at, verdict]));
    expect(await verdicts()).toMatchObject({ [early ?? 0]: 'up', [late ?? 0]: 'missed' });
    await night.take([resultOf(id, 'up', late ?? 0, { region: 'iad' })]);
    await night.pass(10_000);
    expect(await verdicts()).toMatchObject({ [early ?? 0]: 'up', [late ?? 0]: 'up' });
  });
  test('is nothing of a paused monitor, and of a changed one only what came after', async () => {
    await night.there(...regions);
    const [paused, changed] = [await world.addMonitor(regions), await world.addMonitor(regions)];
    night.gone('iad');
    await world.db.sql.query('UPDATE monitor SET paused_at = now() WHERE id = $1', [paused]);
    await night.pass(120_000);
    await world.db.sql.query(
      'UPDATE monitor SET interval_ms = 60000, updated_at = to_timestamp($2::float8 / 1000) WHERE id = $1',
      [changed, night.now()],
    );
    const at = night.now();
    await night.pass(120_000);
    expect(await log(paused)).toEqual([]);
    const after = (await log(changed)).filter((one) => one.at > at).map((one) => one.at);
    const due = slotsBetween(
      phaseOf({ monitorId: changed, regions, intervalMs: 60_000 }, 'iad'),
      60_000,
      at,
      night.now() - 2_000,
    );
    expect(after).toEqual(due);
  });
});

describe('a monitor', () => {
  const regions = ['fra', 'iad'];
  const down = (id: string) => night.take(regions.map((region) => resultOf(id, '502', night.now(), { region })));

  test('is unknown while all its regions are dark, and its first vote gives it its word back', async () => {
    await night.there(...regions, 'sin');
    const id = await world.addMonitor(regions);
    const other = await world.addMonitor(['iad', 'sin']);
    for (const one of [id, other])
      await night.take(['fra', 'iad', 'sin'].map((region) => resultOf(one, 'up', night.now(), { region })));
    const lastSign = night.now();
    night.gone('fra', 'iad');
    await night.pass(100_000);
    expect(await stateOf(id)).toEqual({ status: 'unknown', since: lastSign, settled: false });
    expect(await stateOf(other)).toMatchObject({ status: 'up' });
    expect(await told(id)).toEqual(['up', 'unknown']);
    await night.there('iad');
    await night.sweep();
    expect(await stateOf(id)).toMatchObject({ status: 'unknown' });
    await night.take([resultOf(id, 'up', night.now(), { region: 'iad' })]);
    await night.sweep();
    expect(await stateOf(id)).toMatchObject({ status: 'up' });
    expect(await told(id)).toEqual(['up', 'unknown', 'up']);
  });
  test('that was down is unknown and its incident stays open', async () => {
    await night.there(...regions);
    const id = await world.addMonitor(regions);
    await down(id);
    expect(await stateOf(id)).toMatchObject({ status: 'down' });
    night.gone(...regions);
    await night.pass(100_000);
    expect(await stateOf(id)).toMatchObject({ status: 'unknown' });
    const open = () => rows('SELECT 1 FROM incident WHERE monitor_id = $1 AND resolved_at IS NULL', id);
    expect(await open()).toHaveLength(1);
    await night.there(...regions);
    await night.sweep();
    await down(id);
    expect(await stateOf(id)).toMatchObject({ status: 'down' });
    expect(await open()).toHaveLength(1);
    expect(await rows('SELECT 1 FROM incident WHERE monitor_id = $1', id)).toHaveLength(1);
  });
  test('is not given its word back by a deadline, and both changes are on record', async () => {
    await night.there(...regions);
    const id = await world.addMonitor(regions);
    await night.take([resultOf(id, '502', night.now(), { region: 'fra' })]);
    night.gone(...regions);
    await night.pass(100_000);
    expect(await night.expire()).toBe(0);
    expect(await stateOf(id)).toMatchObject({ status: 'unknown' });
    await night.there(...regions);
    await night.take(regions.map((region) => resultOf(id, 'up', night.now(), { region })));
    const changes = await rows<{ kind: string; status: string }>(
      `SELECT kind, status FROM monitor_change WHERE monitor_id = $1 AND kind IN ('unknown', 'known') ORDER BY at`,
      id,
    );
    expect(changes).toEqual([
      { kind: 'unknown', status: 'unknown' },
      { kind: 'known', status: 'up' },
    ]);
  });
  test('is known again by a look of before the darkness that waited in the queue', async () => {
    await night.there('fra');
    const id = await world.addMonitor(['fra']);
    await night.take([resultOf(id, 'up', night.now() - 1_000, { region: 'fra' })]);
    await night.pass(60_000);
    const waited = resultOf(id, 'up', night.now() - 400, { region: 'fra' });
    await night.there('fra');
    night.gone('fra');
    await night.pass(120_000);
    await night.there('fra');
    await night.sweep();
    await night.take([waited]);
    const edges = await rows<{ kind: string }>(
      `SELECT kind FROM monitor_change WHERE monitor_id = $1 AND kind IN ('unknown', 'known') ORDER BY at`,
      id,
    );
    expect(edges.map(({ kind }) => kind)).toEqual(['unknown', 'known']);
    const until = night.now() + 60_000;
    const unknown = await historyStore().unknownIn(world.db.sql, [id], { from: night.now() - 600_000, until });
    expect(unknown.get(id)?.some((one) => one.until === until)).toBe(false);
  });
  test('that is paused keeps its word', async () => {
    await night.there(...regions);
    const id = await world.addMonitor(regions);
    await world.db.sql.query('UPDATE monitor SET paused_at = now() WHERE id = $1', [id]);
    night.gone(...regions);
    await night.pass(100_000);
    expect(await stateOf(id)).toMatchObject({ status: 'pending' });
  });
});
