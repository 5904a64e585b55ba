import { expect, test } from 'vitest';
import { onCallAt, type Rotation, type Schedule, shiftsBetween } from './on-call.ts';

const rotation = (over: Partial<Rotation> = {}): Rotation => ({
  participants: ['ann', 'bob', 'eve'],
  timeZone: 'Europe/Berlin',
  startsAt: '2026-03-02T09:00',
  shift: { unit: 'days', length: 1 },
  window: null,
  ...over,
});
const from = Date.parse('2026-02-20T00:00:00Z'); // before the first hand-over, and over a change of the clocks
const until = Date.parse('2026-04-15T00:00:00Z');
const night = { days: [1, 3, 5], from: '22:00', until: '06:30' };
const hourly = { unit: 'hours', length: 5 } as const;

const table: readonly (readonly [string, Schedule])[] = [
  ['one rotation around the clock', { rotations: [rotation()], overrides: [] }],
  ['somebody alone, who begins later', { rotations: [rotation({ participants: ['ann'] })], overrides: [] }],
  ['hours, by night only', { rotations: [rotation({ shift: hourly, window: night })], overrides: [] }],
  [
    'a night’s rotation before a day’s in another zone',
    {
      rotations: [
        rotation({ window: night }),
        rotation({
          participants: ['dan'],
          timeZone: 'Asia/Kolkata',
          window: { days: [6], from: '09:00', until: '18:00' },
        }),
        rotation({ participants: ['fay', 'gus'], shift: { unit: 'weeks', length: 2 } }),
      ],
      overrides: [
        { from: from + 3_600_000, until: from + 90_000_000, accountId: 'hal' },
        { from: until - 90_000_000, until: until + 1, accountId: 'ida' },
      ],
    },
  ],
  ['nobody', { rotations: [], overrides: [] }],
];

test.each(table)('%s: the shifts are seamless and say of every moment what onCallAt says', (_, schedule) => {
  const shifts = shiftsBetween(schedule, from, until, 1_000);
  expect([shifts[0]?.from, shifts.at(-1)?.until]).toEqual([from, until]);
  for (const [i, shift] of shifts.entries()) {
    const next = shifts[i + 1];
    if (next !== undefined) expect([next.from, next.accountId === shift.accountId]).toEqual([shift.until, false]);
  }
  for (let at = from; at < until; at += 15 * 60_000) {
    const shift = shifts.find((one) => one.from <= at && at < one.until);
    expect([new Date(at).toISOString(), shift?.accountId]).toEqual([
      new Date(at).toISOString(),
      onCallAt(schedule, at),
    ]);
  }
});
