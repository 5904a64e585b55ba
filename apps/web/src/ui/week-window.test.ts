import { afterEach, expect, test } from 'vitest';
import { setHourCycle } from './hour-cycle.ts';
import { dayNames, windowText } from './week-window.ts';

afterEach(() => setHourCycle('auto'));

test('the week begins on Monday', () => {
  expect(dayNames()).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
});

test.each([
  [[1, 2, 3, 4, 5, 6, 7], '22:00', '07:00', 'Every day from 22:00 to 07:00 on the next day'],
  [[5, 4, 3, 2, 1], '12:00', '13:30', 'Mon–Fri from 12:00 to 13:30'],
  [[6, 7], '08:00', '20:00', 'Sat and Sun from 08:00 to 20:00'],
  [[1, 3, 4, 5, 7], '00:00', '00:00', 'Mon, Wed–Fri, and Sun from 00:00 to 00:00 on the next day'],
])('days %j from %s until %s are told', (days, from, until, text) => {
  setHourCycle('24h');
  expect(windowText({ days, from, until })).toBe(text);
});

test('whoever reads a 12-hour clock is told so', () => {
  setHourCycle('12h');
  expect(windowText({ days: [1], from: '22:00', until: '23:00' })?.replaceAll('\u202f', ' ')).toBe(
    'Mon from 10:00 PM to 11:00 PM',
  );
});

test('a window that is still being written is not told', () => {
  expect(windowText({ days: [], from: '22:00', until: '07:00' })).toBeNull();
  expect(windowText({ days: [1], from: '', until: '07:00' })).toBeNull();
});
