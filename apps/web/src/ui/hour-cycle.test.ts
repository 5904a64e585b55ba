import { afterEach, expect, test } from 'vitest';
import { setHourCycle } from './hour-cycle.ts';
import { exactText } from './instant.tsx';

afterEach(() => setHourCycle('auto'));

test.each([
  ['24h', /14:02:07\.120 UTC$/u],
  ['12h', /0?2:02:07\.120\s?PM UTC$/iu],
] as const)('on the %s clock a moment is told on it, with the zone', (clock, text) => {
  setHourCycle(clock);
  expect(exactText('2026-11-23T14:02:07.120Z', 'UTC')).toMatch(text);
});
