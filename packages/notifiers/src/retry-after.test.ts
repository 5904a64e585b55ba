import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const now = Date.parse('2026-11-23T14:00:00Z');

test.each([
  ['0', 0],
  ['7', 7_000],
  [' 120 ', 120_000],
  ['0.5', 500],
  ['Mon, 23 Nov 2026 14:02:00 GMT', 120_000],
  ['Mon, 23 Nov 2026 13:00:00 GMT', 0],
  ['99999999', 6 * 3_600_000],
  ['Fri, 31 Dec 9999 23:59:59 GMT', 6 * 3_600_000],
  ['', undefined],
  ['-5', undefined],
  ['soon', undefined],
  ['1e9', undefined],
  [undefined, undefined],
])('Retry-After %j means %j ms', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms));
