import { expect, test } from 'vitest';
import { stopwatch } from './stopwatch.ts';

const sum = (phases: Readonly<Record<string, number | null>>): number =>
  Object.values(phases).reduce<number>((total, ms) => total + (ms ?? 0), 0);

test('phases add up to the total, redirects included, and an unreached phase is null', () => {
  const watch = stopwatch();
  for (const phase of ['dns', 'connect', 'firstByte', 'download', 'dns', 'connect', 'firstByte'] as const) {
    for (const until = performance.now() + 2; performance.now() < until; );
    watch.enter(phase);
    if (phase === 'download') watch.lap();
  }
  const { totalMs, phases } = watch.read();
  expect(Math.abs(sum(phases) - totalMs)).toBeLessThan(0.01);
  expect(phases.tlsMs).toBeNull();
  expect(phases.dnsMs).toBeGreaterThanOrEqual(2);
});
test('a look that never began a phase has a total and no phases', () => {
  const { totalMs, phases } = stopwatch().read();
  expect(totalMs).toBeGreaterThanOrEqual(0);
  expect(Object.values(phases)).toEqual([null, null, null, null, null]);
});
