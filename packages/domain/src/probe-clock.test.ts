import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aheadOf, hearCore, measuredAhead, nowOf, type ProbeClock, readClock, startClock } from './probe-clock.ts';

const epoch = 1_795_000_000_000;
const hour = 3_600_000;

/** A machine whose true time is `epoch + t`, with a wall clock that is `ahead` and a steady clock that runs `drift` too fast. */
const machine = (ahead = 0, known: number | null = null, drift = 0) => {
  let t = 0;
  let wallAhead = ahead;
  let lost = 0;
  const reading = () => ({ wall: epoch + t + wallAhead, steady: (t - lost) * (1 + drift) + 77 });
  let clock: ProbeClock = startClock(reading(), known);
  const read = (): number => {
    clock = readClock(clock, reading());
    return nowOf(clock, reading().steady);
  };
  return {
    read,
    /** What it says, less the truth. */
    error: () => read() - epoch - t,
    ahead: () => aheadOf(clock),
    measured: () => measuredAhead(clock),
    pass: (ms: number) => {
      t += ms;
    },
    set: (by: number) => {
      wallAhead += by;
    },
    /** The steady clock stands still meanwhile, as most do. */
    sleep: (ms: number) => {
      t += ms;
      lost += ms;
    },
    call: (outMs: number, backMs: number, wrongBy = 0) => {
      const sentAt = reading().steady;
      t += outMs;
      const coreAt = epoch + t + wrongBy;
      t += backMs;
      read();
      clock = hearCore(clock, { coreAt, sentAt, gotAt: reading().steady });
    },
  };
};

describe('a probe that has heard the core', () => {
  test.each([
    ['right', 0, 0],
    ['1.9 s ahead', 1_900, 0],
    ['1.9 s behind', -1_900, 0],
    ['2.5 s ahead', 2_500, 2_500],
    ['an hour behind', -hour, -hour],
  ])('with a wall clock that is %s says so and is at most 2 s off', (_, ahead, told) => {
    const probe = machine(ahead);
    probe.call(20, 20);
    expect(Math.abs(probe.error())).toBeLessThanOrEqual(2_000);
    expect(probe.ahead()).toBe(told);
    expect(probe.measured()).toBe(ahead);
  });
  test.each([hour, -hour])(
    'does not move when the wall clock is set by %i ms, and notices before the next call',
    (by) => {
      const probe = machine(300);
      probe.call(20, 20);
      probe.pass(5_000);
      const before = probe.error();
      probe.set(by);
      expect(probe.error()).toBe(before);
      expect(probe.ahead()).toBe(by);
      probe.call(10, 10);
      expect(probe.ahead()).toBe(by + 300);
      probe.set(-by);
      expect(Math.abs(probe.error())).toBeLessThanOrEqual(1);
      probe.call(10, 10);
      expect(probe.ahead()).toBe(0);
      expect(probe.error()).toBe(300);
    },
  );
  test('is not misled by one slow answer', () => {
    const probe = machine();
    probe.call(20, 20);
    probe.call(4_000, 10);
    expect([probe.ahead(), probe.error()]).toEqual([0, 0]);
    const off = machine(10_000);
    off.call(20, 20);
    off.call(10, 4_000);
    expect(off.ahead()).toBe(10_000);
  });
  test('does not believe one core of several whose clock is wrong', () => {
    const probe = machine(100);
    for (const wrong of [0, hour, 0, 0, -hour, 0]) {
      probe.call(20, 20, wrong);
      expect([probe.ahead(), probe.error()]).toEqual([0, 100]);
    }
  });
  test('corrects nothing by an answer that is too slow to say more than 2 s', () => {
    const probe = machine(2_400);
    probe.call(1_500, 1_500);
    expect(probe.ahead()).toBe(0);
  });
  test('does not go to and fro when its clock is about 2 s off', () => {
    const probe = machine(2_100);
    probe.call(5, 5);
    for (const by of [-150, 150, -150]) {
      probe.set(by);
      probe.call(5, 5);
      expect(probe.ahead()).toBeGreaterThan(1_900);
    }
    probe.set(-1_500);
    probe.call(5, 5);
    expect(probe.ahead()).toBe(0);
  });
  test('after a sleep that its steady clock did not count is right again with the second answer', () => {
    const probe = machine();
    probe.call(20, 20);
    probe.sleep(hour);
    probe.call(300, 300);
    probe.call(300, 300);
    expect(Math.abs(probe.error())).toBeLessThanOrEqual(1);
    expect(probe.ahead()).toBe(0);
  });
});

describe('a probe that has not heard the core', () => {
  test('goes by its wall clock, wherever it is set', () => {
    const probe = machine(500);
    probe.set(hour);
    expect(probe.error()).toBe(hour + 500);
    expect([probe.ahead(), probe.measured()]).toEqual([0, null]);
  });
  test('but had in an earlier run, goes by what it learnt then', () => {
    const probe = machine(hour, hour);
    expect([probe.error(), probe.ahead()]).toEqual([0, hour]);
    probe.set(-hour);
    expect(probe.error()).toBe(0);
    probe.call(20, 20);
    expect([probe.error(), probe.ahead()]).toEqual([0, 0]);
  });
});

type Step = Readonly<{ kind: 'pass' | 'set' | 'call'; ms: number; back: number }>;
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 60_000 }), back: fc.constant(0) }),
    fc.record({
      kind: fc.constant('set' as const),
      ms: fc.integer({ min: -2 * hour, max: 2 * hour }),
      back: fc.constant(0),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      ms: fc.integer({ min: 0, max: 2_500 }),
      back: fc.integer({ min: 0, max: 2_500 }),
    }),
  ),
  { maxLength: 60 },
);

test('whatever happens to its wall clock, a probe that reaches the core stays near the core’s time and never jumps far', () => {
  fc.assert(
    fc.property(
      steps,
      fc.integer({ min: -hour, max: hour }),
      fc.integer({ min: -100, max: 100 }),
      (all, ahead, ppm) => {
        const probe = machine(ahead, null, ppm / 1e6);
        probe.call(50, 50);
        // The tolerance, half of a good round trip, what drifts until a sample is forgotten, and small settings in between.
        const near = 2_000 + 50 + 500;
        let small = 0;
        let before = probe.error();
        for (const { kind, ms, back } of all as readonly Step[]) {
          if (kind === 'pass') probe.pass(ms);
          if (kind === 'set') probe.set(ms);
          if (kind === 'set' && Math.abs(ms) <= 2_000) small += Math.abs(ms);
          if (kind === 'call') {
            probe.call(ms, back);
            probe.call(10, 10);
            small = 0;
          }
          const error = probe.error();
          expect(Math.abs(error)).toBeLessThanOrEqual(near + small);
          expect(Math.abs(error - before)).toBeLessThanOrEqual(2 * near + small);
          before = error;
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('a probe that never reaches the core says exactly what its wall clock says', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const probe = machine();
      let wall = 0;
      for (const { kind, ms } of all as readonly Step[]) {
        if (kind === 'set') {
          probe.set(ms);
          wall += ms;
        } else probe.pass(ms);
        expect(probe.error()).toBe(wall);
      }
    }),
  );
});
