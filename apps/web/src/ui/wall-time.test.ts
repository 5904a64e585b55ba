import { expect, test } from 'vitest';
import { momentOf, nextDayAt, wallOf } from './wall-time.ts';

test.each([
  ['2026-11-30T09:00', 'Europe/Berlin', '2026-11-30T08:00:00.000Z'],
  ['2026-07-01T09:00', 'Europe/Berlin', '2026-07-01T07:00:00.000Z'],
  ['2026-11-30T09:00', 'America/New_York', '2026-11-30T14:00:00.000Z'],
  ['2026-11-30T09:00', 'Asia/Kathmandu', '2026-11-30T03:15:00.000Z'],
])('%s in %s is %s, and back', (wall, zone, at) => {
  expect(momentOf(wall, zone)).toBe(at);
  expect(wallOf(at, zone)).toBe(wall);
});

test('half a time is no moment', () => {
  expect(momentOf('', 'UTC')).toBeNull();
  expect(momentOf('2026-11-30', 'UTC')).toBeNull();
});

test('tomorrow is the reader’s tomorrow, and nine o’clock stays nine when the clocks change', () => {
  const lateInBerlin = Date.parse('2026-10-24T21:30:00.000Z'); // 23:30 on the 24th; the clocks go back that night
  expect(nextDayAt(lateInBerlin, 9, 'Europe/Berlin')).toBe('2026-10-25T08:00:00.000Z');
  expect(nextDayAt(lateInBerlin, 9, 'Pacific/Auckland')).toBe('2026-10-25T20:00:00.000Z');
});
