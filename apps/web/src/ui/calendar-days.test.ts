import { expect, test } from 'vitest';
import { addMonths, dayAt, edgesOf, firstDayOfWeek, placeOf, realDay, weekOf, weeksOf } from './calendar-days.ts';

const hour = 3_600_000;

test.each([
  ['Europe/Berlin', '2027-03-28', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['America/New_York', '2026-11-01', 25],
  ['Asia/Tokyo', '2026-11-01', 24],
])('in %s the day %s has %i hours, and its end is the next one’s begin', (zone, day, hours) => {
  const edges = edgesOf([day], zone);
  expect(((edges[1] ?? 0) - (edges[0] ?? 0)) / hour).toBe(hours);
  expect(placeOf(edges, (edges[0] ?? 0) + (hours / 2) * hour)).toBe(0.5);
});

test('a moment’s place is reckoned within its own day, and stays within what is shown', () => {
  const edges = edgesOf(['2027-03-27', '2027-03-28', '2027-03-29'], 'Europe/Berlin');
  expect(placeOf(edges, Date.parse('2027-03-29T10:00:00Z'))).toBe(2.5);
  expect(placeOf(edges, Date.parse('2027-03-01T00:00:00Z'))).toBe(0);
  expect(placeOf(edges, Date.parse('2027-05-01T00:00:00Z'))).toBe(3);
});

test('a week begins where its reader’s begins; a month’s weeks are whole', () => {
  expect([firstDayOfWeek('en-US'), firstDayOfWeek('de-DE')]).toEqual([0, 1]);
  expect([weekOf('2026-11-29', 0), weekOf('2026-11-29', 1)]).toEqual(['2026-11-29', '2026-11-23']);
  const weeks = weeksOf('2026-11', 1);
  expect([weeks.length, weeks[0]?.[0], weeks.at(-1)?.at(-1)]).toEqual([6, '2026-10-26', '2026-12-06']);
  expect(weeksOf('2027-02', 1)).toHaveLength(4);
});

test('a day that a URL made up is the one it comes to', () => {
  expect(['2026-11-30', '2026-11-31', '2027-02-29'].map(realDay)).toEqual(['2026-11-30', '2026-12-01', '2027-03-01']);
  expect(['9999-12-31', '0002-11-30'].map(realDay)).toEqual([null, null]);
});

test('a month on from its last day is the next one’s last; a day is its zone’s', () => {
  expect(addMonths('2027-01-31', 1)).toBe('2027-02-28');
  const at = Date.parse('2026-11-28T23:30:00Z');
  expect([dayAt(at, 'UTC'), dayAt(at, 'Asia/Tokyo')]).toEqual(['2026-11-28', '2026-11-29']);
});
