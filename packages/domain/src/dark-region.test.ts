import { describe, expect, test } from 'vitest';
import { heardSince, isDark } from './dark-region.ts';

const now = 1_795_000_000_000;

describe('a region', () => {
  test.each([
    ['was there a minute ago', now - 60_000, now - 3_600_000, false],
    ['was there 90 s ago', now - 90_000, now - 3_600_000, false],
    ['was not heard of for longer', now - 90_001, now - 3_600_000, true],
    ['could not have been heard for longer than a minute', now - 86_400_000, now - 60_000, false],
    ['has not come back since it could be heard again', now - 86_400_000, now - 90_001, true],
  ])('that %s', (_, seenAt, heard, dark) => {
    expect(isDark({ seenAt, heard }, now)).toBe(dark);
  });
});

describe('the core hears', () => {
  const part = (sinceMs: number, seenMs: number) => ({ since: now - sinceMs, seenAt: now - seenMs });
  test.each([
    ['since its younger part is there', [part(500_000, 1_000), part(40_000, 5_000)], now - 40_000],
    ['nothing while a part is away', [part(500_000, 1_000), part(400_000, 30_001)], now],
  ])('%s', (_, parts, since) => {
    expect(heardSince(parts, now)).toBe(since);
  });
});
