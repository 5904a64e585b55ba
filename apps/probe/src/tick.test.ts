import { phaseOf, slotsBetween } from '@farwatch/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { missedResult } from './check.ts';
import { openHostLimits } from './host-limits.ts';
import { openLedger } from './ledger.ts';
import { assignment, assignmentMap, fakeClock, monitorId, result } from './probe.fixture.ts';
import { openRunner } from './runner.ts';
import { openTick } from './tick.ts';
import { openTimetable, type Slot } from './timetable.ts';

const noon = 1_795_000_000_000;
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A probe without network and disk: looks end when the test says so. */
const stage = (concurrency: number, perHost = 100) => {
  const clock = fakeClock(noon);
  const ledger = openLedger();
  const reports: { id: string; at: number; startedAt: number; verdict: string }[] = [];
  const looking: { id: string; at: number; end: () => void }[] = [];
  const report = (id: string, at: number, startedAt: number, seen: ReturnType<typeof result>): void => {
    reports.push({
      id,
      at,
      startedAt,
      verdict: seen.outcome.verdict === 'missed' ? seen.outcome.reason : seen.outcome.verdict,
    });
    ledger.settled([seen]);
  };
  const limits = openHostLimits<Slot>(perHost);
  const runner = openRunner({
    concurrency,
    limits,
    now: clock.now,
    ledger,
    run: ({ monitorId: id }, { at }) => {
      const startedAt = clock.now();
      return new Promise((resolve) => {
        const end = (): void => {
          report(id, at, startedAt, result(0, at));
          resolve();
        };
        looking.push({ id, at, end });
      });
    },
    missed: ({ monitorId: id, at }, reason) => {
      const place = { monitorId: id, region: 'fra', family: 'any', scheduledAt: at } as const;
      report(id, at, clock.now(), missedResult(place, reason, clock.now()));
    },
  });
  const tick = openTick(openTimetable('fra'), runner, clock);
  const finish = async (count = looking.length): Promise<void> => {
    for (const { end } of looking.splice(0, count)) end();
    await settle();
  };
  return { clock, ledger, tick, reports, looking, finish };
};
const sum = ({ ledger }: ReturnType<typeof stage>): number => {
  const { up, degraded, down, inconclusive, missed, open } = ledger.counts();
  return up + degraded + down + inconclusive + missed + open;
};

describe('the tick', () => {
  test('starts every look in its slot', async () => {
    const probe = stage(10);
    probe.tick.start(assignmentMap([assignment(1), assignment(2)]), noon);
    for (let i = 0; i < 130; i++) {
      probe.clock.advance(1_000);
      await probe.finish();
    }
    expect(probe.reports.length).toBeGreaterThanOrEqual(8);
    expect(probe.reports.filter(({ at, startedAt }) => at !== startedAt)).toEqual([]);
  });
  test('begins no more looks at once than it may, and the rest follow in order', async () => {
    const probe = stage(2);
    probe.tick.start(assignmentMap([1, 2, 3, 4, 5].map((n) => assignment(n))), noon);
    probe.clock.advance(30_000);
    expect(probe.looking).toHaveLength(2);
    await probe.finish(1);
    expect(probe.looking).toHaveLength(2);
    const slots = [...probe.reports, ...probe.looking].map(({ at }) => at);
    expect(slots).toEqual(slots.toSorted((a, b) => a - b));
  });
  test('a look that could not start within its interval is missed for overload, not late', async () => {
    const probe = stage(1);
    probe.tick.start(assignmentMap([assignment(1), assignment(2)]), noon);
    probe.clock.advance(95_000);
    await probe.finish(1);
    expect(probe.reports.filter(({ verdict }) => verdict === 'overload').length).toBeGreaterThanOrEqual(2);
    expect(probe.reports.filter(({ at, startedAt, verdict }) => verdict === 'up' && startedAt - at > 30_000)).toEqual(
      [],
    );
    expect(sum(probe)).toBe(probe.ledger.counts().due);
  });
  test('what was due while no probe ran is missed by the restart, at most ten minutes of it', () => {
    const short = stage(10);
    short.tick.start(assignmentMap([assignment(1)]), noon - 65_000);
    const expected = slotsBetween(phaseOf(assignment(1), 'fra'), 30_000, noon - 65_000, noon);
    expect(short.reports).toMatchObject(expected.map((at) => ({ at, verdict: 'restart' })));
    const long = stage(10);
    long.tick.start(assignmentMap([assignment(1)]), noon - 86_400_000);
    expect(long.reports).toHaveLength(20);
  });
  test('a kill between a slot and the tick that would have taken it leaves no hole', () => {
    const killed = stage(10);
    killed.tick.start(assignmentMap([assignment(1)]), noon);
    killed.clock.set(noon + 40_000); // the loop was held up: the slot is past, and the mark is written first
    const mark = killed.ledger.settledUntil(killed.tick.takenUntil());
    const next = stage(10);
    next.clock.set(noon + 40_000);
    next.tick.start(assignmentMap([assignment(1)]), mark);
    expect(next.reports.map(({ verdict }) => verdict)).toEqual(['restart']);
  });
  test('what was due while the machine slept is missed, and the newest slot is looked at', () => {
    const probe = stage(10);
    probe.tick.start(assignmentMap([assignment(1)]), noon);
    probe.clock.set(noon + 120_000);
    probe.clock.advance(1_000);
    expect(probe.reports.map(({ verdict }) => verdict)).toEqual(['probe-offline', 'probe-offline', 'probe-offline']);
    expect(probe.looking).toHaveLength(1);
  });
  test('a clock that is set back does not stop it', async () => {
    const probe = stage(10);
    probe.tick.start(assignmentMap([assignment(1)]), noon);
    probe.clock.set(noon - 3_600_000);
    probe.clock.advance(31_000);
    expect(probe.looking.length).toBeGreaterThanOrEqual(1);
  });
  test('a monitor taken away while its look waited was not due', () => {
    const probe = stage(1);
    probe.tick.start(assignmentMap([assignment(1), assignment(2)]), noon);
    probe.clock.advance(30_000);
    const [running] = probe.looking;
    const other = running?.id === monitorId(1) ? 2 : 1;
    probe.tick.assign(assignmentMap([assignment(other === 1 ? 2 : 1)]));
    expect(probe.ledger.counts()).toMatchObject({ due: 1, open: 1 });
  });
  test('stop waits for what runs and starts nothing more', async () => {
    const probe = stage(1);
    probe.tick.start(assignmentMap([assignment(1), assignment(2)]), noon);
    probe.clock.advance(30_000);
    const stopped = probe.tick.stop();
    await probe.finish();
    await stopped;
    expect(probe.reports).toHaveLength(1);
    expect(probe.ledger.settledUntil(noon + 30_000)).toBeLessThan(noon + 30_000); // the one that waited is not settled
  });
});

test('checks due are the sum of the verdicts, every slot once, whatever happens', async () => {
  const event = fc.oneof(
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 70_000 }) }),
    fc.record({ kind: fc.constant('finish' as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant('jump' as const), ms: fc.integer({ min: 1, max: 900_000 }) }),
    fc.record({ kind: fc.constant('assign' as const), monitors: fc.uniqueArray(fc.integer({ min: 1, max: 6 })) }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(event, { maxLength: 30 }),
      async (concurrency, events) => {
        const probe = stage(concurrency);
        probe.tick.start(assignmentMap([1, 2, 3].map((n) => assignment(n, { intervalMs: n * 10_000 }))), noon);
        for (const happens of events) {
          if (happens.kind === 'pass') probe.clock.advance(happens.ms);
          else if (happens.kind === 'finish') await probe.finish(happens.count);
          else if (happens.kind === 'jump') probe.clock.set(probe.clock.now() + happens.ms);
          else probe.tick.assign(assignmentMap(happens.monitors.map((n) => assignment(n, { intervalMs: 10_000 }))));
          expect(sum(probe)).toBe(probe.ledger.counts().due);
        }
        const names = probe.reports.map(({ id, at }) => `${id} ${at}`);
        expect(new Set(names).size).toBe(names.length);
      },
    ),
    { numRuns: 200 },
  );
});
test('without changes to the monitors no slot is left out, through pauses and overload', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 40_000 }), fc.integer({ min: 0, max: 4 })), { maxLength: 30 }),
      async (steps) => {
        const probe = stage(2);
        const monitors = [1, 2, 3].map((n) => assignment(n, { intervalMs: n * 10_000 }));
        probe.tick.start(assignmentMap(monitors), noon);
        for (const [ms, ended] of steps) {
          probe.clock.advance(ms);
          await probe.finish(ended);
        }
        const due = monitors.flatMap((one) =>
          slotsBetween(phaseOf(one, 'fra'), one.intervalMs, noon, probe.clock.now()),
        );
        expect(probe.ledger.counts().due).toBe(due.length);
      },
    ),
    { numRuns: 100 },
  );
});
