import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { phaseOf, slotsBetween } from '@farwatch/domain';
import { waitUntil } from '@farwatch/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHostLimits } from './host-limits.ts';
import { openLedger } from './ledger.ts';
import type { Machine } from './machine.ts';
import { assignment, assignmentMap, fakeClock, silent } from './probe.fixture.ts';
import { openRunner } from './runner.ts';
import { openTick } from './tick.ts';
import { openTime, type Time } from './time.ts';
import { openTimetable } from './timetable.ts';

const epoch = 1_795_000_000_000;
const hour = 3_600_000;

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'farwatch-time-'));
});
afterEach(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

/** A machine whose true time is the fake clock's; its wall clock is `ahead` of that. */
const stage = async (given: { ahead?: number; hearsCore?: boolean } = {}) => {
  const truth = fakeClock(epoch);
  let ahead = given.ahead ?? 0;
  let slept = 0;
  const passed = (): number => truth.now() - epoch;
  const machine: Machine = {
    wall: () => truth.now() + ahead,
    monotonic: () => passed() - slept,
    awakeOrNot: () => passed() + 12_345,
  };
  const time = await openTime({ dataDir: dir, log: silent, machine });
  const hear = (): void => {
    const steady = time.steady();
    time.hear({ coreAt: truth.now(), sentAt: steady, gotAt: steady });
  };
  if (given.hearsCore !== false) hear();
  return {
    truth,
    time,
    hear,
    set: (by: number) => {
      ahead += by;
    },
    sleep: (ms: number) => {
      slept += ms;
      truth.set(truth.now() + ms);
    },
  };
};

/** The tick of one monitor on this time, woken by the fake clock. */
const look = ({ truth, time }: { truth: ReturnType<typeof fakeClock>; time: Time }) => {
  const seen: { at: number; verdict: string }[] = [];
  const runner = openRunner({
    concurrency: 10,
    limits: openHostLimits(10),
    now: time.now,
    ledger: openLedger(),
    run: async (_, { at }) => void seen.push({ at, verdict: 'looked' }),
    missed: ({ at }, reason) => void seen.push({ at, verdict: reason }),
  });
  const tick = openTick(openTimetable('fra'), runner, { now: time.now, after: truth.after });
  tick.start(assignmentMap([assignment(1, { intervalMs: 10_000 })]), time.now());
  return seen;
};
const due = (from: number, until: number): readonly number[] =>
  slotsBetween(phaseOf(assignment(1, { intervalMs: 10_000 }), 'fra'), 10_000, from, until);

describe('a probe that has heard the core', () => {
  test.each([hour, -hour])('looks in every slot once while its wall clock is set by %i ms and back', async (by) => {
    const probe = await stage({ ahead: 700 });
    const seen = look(probe);
    const from = probe.time.now();
    for (const set of [0, by, 0, -by]) {
      probe.set(set);
      for (let second = 0; second < 60; second++) {
        probe.truth.advance(1_000);
        await settle();
        if (second % 10 === 0) probe.hear();
      }
    }
    const slots = due(from, probe.time.now());
    expect(seen.every(({ verdict }) => verdict === 'looked')).toBe(true);
    expect(seen.map(({ at }) => at)).toEqual(slots);
    expect(Math.abs(slots.length - 24)).toBeLessThanOrEqual(1);
  });
  test('tells how far the wall clock is off as soon as it was set, and asks for the core’s time once', async () => {
    const probe = await stage();
    let asked = 0;
    probe.time.onSet(() => {
      asked += 1;
    });
    probe.set(hour);
    expect(probe.time.now()).toBe(epoch);
    expect(probe.time.aheadMs()).toBe(hour);
    expect(asked).toBe(1);
  });
  test('after a sleep of the machine says so of the slots it slept through, and goes on at once', async () => {
    const probe = await stage();
    const seen = look(probe);
    const from = probe.time.now();
    probe.truth.advance(30_000);
    probe.sleep(60_000);
    probe.truth.advance(30_000);
    expect(probe.time.now()).toBe(probe.truth.now());
    expect(probe.time.aheadMs()).toBe(0);
    expect(seen.map(({ at }) => at)).toEqual(due(from, probe.time.now()));
    expect(new Set(seen.map(({ verdict }) => verdict))).toEqual(new Set(['looked', 'probe-offline']));
  });
});

test('a probe that never heard the core goes by its wall clock', async () => {
  const probe = await stage({ hearsCore: false });
  probe.set(hour);
  expect(probe.time.now()).toBe(epoch + hour);
  expect([probe.time.aheadMs(), probe.time.measuredAheadMs()]).toEqual([0, null]);
});

test('what was learnt of the clock outlives a restart', async () => {
  const first = await stage({ ahead: hour });
  expect(first.time.aheadMs()).toBe(hour);
  await waitUntil(async () => (await readFile(join(dir, 'clock.json'), 'utf8').catch(() => '')) !== '');
  const second = await stage({ ahead: hour, hearsCore: false });
  expect([second.time.now(), second.time.aheadMs()]).toEqual([epoch, hour]);
});
