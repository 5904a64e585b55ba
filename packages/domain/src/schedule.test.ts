import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextSlot, phaseOf, slotsBetween } from './schedule.ts';

const interval = fc.integer({ min: 1_000, max: 86_400_000 });
const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });

test('n regions look at a monitor every interval/n', () => {
  const slotted = { monitorId: 'x', intervalMs: 30_000, regions: ['sin', 'fra', 'iad'] };
  const phases = ['fra', 'iad', 'sin'].map((region) => phaseOf(slotted, region));
  const gaps = phases.map((phase, i) => ((phases[(i + 1) % 3] ?? 0) - phase + 30_000) % 30_000);
  expect(gaps).toEqual([10_000, 10_000, 10_000]);
});

test('the order in which regions are listed moves no slot', () => {
  const slots = (regions: string[]) => phaseOf({ monitorId: 'x', intervalMs: 30_000, regions }, 'iad');
  expect(slots(['iad', 'fra'])).toBe(slots(['fra', 'iad']));
});

test('slots are an interval apart, and cutting the time in two loses and doubles none', () => {
  fc.assert(
    fc.property(interval, moment, fc.nat(20), fc.nat(1_000), (every, from, count, cut) => {
      const phase = phaseOf({ monitorId: `m${cut}`, intervalMs: every, regions: ['a'] }, 'a');
      const until = from + every * count;
      const middle = Math.min(until, from + cut * 997);
      const whole = slotsBetween(phase, every, from, until);
      expect(whole).toHaveLength(count);
      expect([...slotsBetween(phase, every, from, middle), ...slotsBetween(phase, every, middle, until)]).toEqual(
        whole,
      );
      for (const at of whole) expect(at % every).toBe(phase % every);
    }),
  );
});

test('the next slot is after the moment, by at most an interval', () => {
  fc.assert(
    fc.property(interval, moment, fc.double({ min: 0, max: 0.999, noNaN: true }), (every, after, share) => {
      const next = nextSlot(Math.floor(every * share), every, after);
      expect(next).toBeGreaterThan(after);
      expect(next - after).toBeLessThanOrEqual(every);
    }),
  );
});

test('a thousand monitors are spread over their interval, not bunched', () => {
  const seconds = new Map<number, number>();
  for (let i = 0; i < 3_000; i++) {
    const monitorId = `0193${i.toString(16).padStart(4, '0')}-7000-7000-8000-${(i * 7919).toString(16).padStart(12, '0')}`;
    const second = Math.floor(phaseOf({ monitorId, intervalMs: 30_000, regions: ['a'] }, 'a') / 1_000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  expect(seconds.size).toBe(30);
  expect(Math.max(...seconds.values())).toBeLessThan(160);
});
