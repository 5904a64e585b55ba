import { type CheckResult, percentileUs, verdicts } from '@farwatch/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepResults, resultOf, startWorld, type World } from '../../world.fixture.ts';
import { monitorLog } from './monitor-log.ts';
import { rollUp } from './roll-up.ts';
import { aDay, anHour, fiveMinutes, type RollUpLength } from './roll-up-lengths.ts';
import { type RollUp, readRollUps } from './roll-up-store.ts';
import { answered, sumTallies } from './tally.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const dayMs = 86_400_000;
/** Midnight of yesterday, so that a whole day and parts of two lie within the days that have a place. */
const start = (Math.floor(Date.now() / dayMs) - 1) * dayMs;
const range = { from: start, to: start + 2 * dayMs };

/** Numbers that look like chance and are the same at each run. */
const chance = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
};
/** A look whose phases, in microseconds here, add up to its total; every other had no TLS. */
const taking = (us: Readonly<Record<'dnsMs' | 'connectMs' | 'firstByteMs' | 'downloadMs', number>>) => {
  const phases = { ...us, tlsMs: us.dnsMs % 2 === 0 ? null : 30_000 };
  const ms = Object.fromEntries(
    Object.entries(phases).map(([name, value]) => [name, value === null ? null : value / 1_000]),
  );
  const totalMs = Object.values(phases).reduce<number>((sum, value) => sum + (value ?? 0), 0) / 1_000;
  return { totalMs, phases: ms as CheckResult['phases'] }; // its names
};
const words = ['up', 'up', 'up', 'up', 'up', '502', 'refused', 'missed'];
const history = (monitorId: string, seed: number, count: number): CheckResult[] => {
  const next = chance(seed);
  return Array.from({ length: count }, () => {
    const word = words[next(words.length)] ?? 'up';
    const region = ['fra', 'iad', 'sin'][next(3)] ?? 'fra';
    const out = next(20) === 0 ? ({ trigger: 'confirmation' } as const) : {};
    const blind = next(30) === 0 ? ({ outcome: { verdict: 'inconclusive', reason: 'blind' } } as const) : {};
    const slow = next(25) === 0 ? ({ outcome: { verdict: 'degraded', reason: 'slow' } } as const) : {};
    const scheduledAt = start + next(36 * 3_600_000);
    return resultOf(monitorId, word, scheduledAt, {
      region,
      ...taking({
        dnsMs: next(9_000),
        connectMs: next(40_000),
        firstByteMs: next(300_000),
        downloadMs: 1 + next(50_000),
      }),
      ...blind,
      ...slow,
      ...out,
    });
  });
};

const read = async (monitorId: string, length: RollUpLength): Promise<readonly RollUp[]> => {
  const log = await monitorLog(world.db.sql, monitorId, Date.now());
  return log === null ? [] : readRollUps(world.db.sql, length, { monitor: log.monitor, ...range });
};

/** What the log itself says of the scheduled looks, by hour and region. */
const recount = async (monitorId: string) => {
  const { rows } = await world.db.sql.query<{
    at: number;
    region: number;
    verdict: string;
    status: number | null;
    us: number;
    tls: number;
  }>(
    `SELECT floor(extract(epoch FROM scheduled_at) / 3600)::float8 * 3600000 AS at, k.key AS region, verdict, status, total_us AS us,
       coalesce(tls_us, 0) AS tls
     FROM check_result JOIN region_key k USING (region) WHERE monitor_id = $1 AND trigger = 'schedule'`,
    [monitorId],
  );
  return Map.groupBy(rows, ({ at, region }) => `${at} ${region}`);
};

const expectExact = async (monitorId: string, parts: readonly RollUp[]): Promise<void> => {
  const rolled = Map.groupBy(parts, ({ at, region }) => `${Math.floor(at / 3_600_000) * 3_600_000} ${region}`);
  const log = await recount(monitorId);
  expect([...rolled.keys()].sort()).toEqual([...log.keys()].sort());
  for (const [key, own] of rolled) {
    const sum = sumTallies(own);
    const looks = log.get(key) ?? [];
    for (const verdict of verdicts)
      expect([key, verdict, sum[verdict]]).toEqual([
        key,
        verdict,
        looks.filter((look) => look.verdict === verdict).length,
      ]);
    const times = looks.flatMap(({ status, us }) => (status === null ? [] : [us])).sort((a, b) => a - b);
    expect(answered(sum)).toBe(times.length);
    expect(sum.sumUs).toBe(times.reduce((a, b) => a + b, 0));
    expect(sum.maxUs).toBe(times.at(-1) ?? null);
    const { looks: phased, ...phases } = sum.phases;
    expect([phased, Object.values(phases).reduce((all, us) => all + us, 0)]).toEqual([times.length, sum.sumUs]);
    const spent = looks.reduce((all, { status, tls }) => all + (status === null ? 0 : tls), 0);
    expect(phases.tlsUs).toBe(spent);
    for (const share of times.length === 0 ? [] : [0.5, 0.95, 0.99]) {
      const exact = times[Math.ceil(share * times.length) - 1] ?? Number.NaN;
      expect(Math.abs((percentileUs(sum.histogram, share) ?? Number.NaN) - exact) / exact).toBeLessThan(0.02);
    }
  }
};

const finer: readonly RollUpLength[] = [fiveMinutes, anHour];
const marks = async () => (await world.db.sql.query('SELECT 1 FROM roll_up_mark')).rowCount;
const make = rollUp({ db: { transaction: (work) => world.db.transaction(work) } });

test('counts are the log’s to the last look and percentiles within 2 %: before it is made, made, and after late results', async () => {
  const id = await world.addMonitor(['fra', 'iad', 'sin']);
  await keepResults(world.db, history(id, 7, 3_000));
  await expectExact(id, await read(id, fiveMinutes)); // all from the log
  await make(start + 20 * 3_600_000); // hours of the first day
  for (const length of finer) await expectExact(id, await read(id, length));
  await make(start + 2 * dayMs + 60_000);
  expect(await marks()).toBe(0);
  for (const length of finer) await expectExact(id, await read(id, length));
  await keepResults(world.db, history(id, 8, 500));
  await make(start + 2 * dayMs + 60_000);
  for (const length of finer) await expectExact(id, await read(id, length));
  const whole = (length: RollUpLength) => read(id, length).then(sumTallies);
  expect(await whole(aDay)).toEqual(await whole(anHour));
  expect(await whole(aDay)).toEqual(await whole(fiveMinutes));
  expect((await read(id, aDay)).length).toBeLessThanOrEqual(2 * 3);
});

test('a look that was missed and came after all counts as what it was', async () => {
  const id = await world.addMonitor(['fra']);
  const at = start + 3_600_000;
  await keepResults(world.db, [resultOf(id, 'missed', at, { region: 'fra' })]);
  await make(start + 2 * dayMs);
  expect(sumTallies(await read(id, anHour))).toMatchObject({ up: 0, missed: 1 });
  await keepResults(world.db, [resultOf(id, 'up', at, { region: 'fra' })]);
  await make(start + 2 * dayMs);
  expect(sumTallies(await read(id, anHour))).toMatchObject({ up: 1, missed: 0 });
});

test('two workers at once and a crash between leave the same roll-ups', async () => {
  const id = await world.addMonitor(['fra', 'iad', 'sin']);
  await keepResults(world.db, history(id, 9, 400));
  const crash = rollUp({
    db: {
      transaction: (work) =>
        world.db.transaction(async (tx) => {
          await work(tx);
          throw new Error('killed');
        }),
    },
  });
  await expect(crash(start + 2 * dayMs + 60_000)).rejects.toThrow('killed');
  await Promise.all([make(start + 2 * dayMs + 60_000), make(start + 2 * dayMs + 60_000)]);
  await make(start + 2 * dayMs + 60_000);
  await expectExact(id, await read(id, anHour));
  expect(await marks()).toBe(0);
});

test('of what was rolled up before phases were kept they are unknown, and so they stay in what is made of it', async () => {
  const id = await world.addMonitor(['fra']);
  await keepResults(world.db, [resultOf(id, 'up', start + 1_000, { region: 'fra' })]);
  await make(start + 2 * dayMs + 60_000);
  const own = 'monitor = (SELECT seq FROM monitor WHERE id = $1)';
  for (const table of ['roll_up_5m', 'roll_up_1h'])
    await world.db.sql.query(
      `UPDATE ${table} SET answered = NULL, dns_us = NULL, connect_us = NULL, tls_us = NULL,
      first_byte_us = NULL, download_us = NULL WHERE ${own}`,
      [id],
    );
  expect(sumTallies(await read(id, anHour))).toMatchObject({ up: 1, phases: { looks: 0, dnsUs: 0 } });
  await keepResults(world.db, [resultOf(id, 'up', start + 600_000, { region: 'fra' })]);
  await make(start + 2 * dayMs + 60_000);
  expect(sumTallies(await read(id, fiveMinutes))).toMatchObject({ up: 2, phases: { looks: 1, dnsUs: 1_500 } });
  expect(sumTallies(await read(id, anHour))).toMatchObject({ up: 2, phases: { looks: 0 } });
});
