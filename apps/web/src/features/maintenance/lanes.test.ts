import { expect, test } from 'vitest';
import { daysFrom, edgesOf } from '../../ui/calendar-days.ts';
import { placed } from './lanes.ts';

const edges = edgesOf(daysFrom('2027-03-22', 7), 'Europe/Berlin');
const from = (name: string, begin: string, until: string) => ({ windowId: name, name, from: begin, until });

test('windows that share a day lie under each other, and a lane is used again when it is free', () => {
  const week = placed(
    [
      from('long', '2027-03-20T10:00:00Z', '2027-03-24T10:00:00Z'),
      from('short', '2027-03-24T12:00:00Z', '2027-03-24T13:00:00Z'),
      from('later', '2027-03-25T12:00:00Z', '2027-03-25T13:00:00Z'),
      from('sunday', '2027-03-28T22:30:00Z', '2027-03-28T23:30:00Z'),
    ],
    edges,
  );
  // On the 28th the clocks went forward: 22:30Z is half past midnight of the 29th, in next week.
  expect(
    week.map(({ occurrence, first, end, lane, before, after }) => [occurrence.name, first, end, lane, before, after]),
  ).toEqual([
    ['long', 0, 3, 0, true, false],
    ['short', 2, 3, 1, false, false],
    ['later', 3, 4, 0, false, false],
  ]);
});

test('one that ends at midnight isn’t on the next day', () => {
  const [one] = placed([from('night', '2027-03-23T21:00:00Z', '2027-03-23T23:00:00Z')], edges);
  expect([one?.first, one?.end]).toEqual([1, 2]);
});
