import fc from 'fast-check';
import { expect, test } from 'vitest';
import { onCallAt, type Rotation, type Schedule, shiftsBetween } from './on-call.ts';
import { isTimeZone } from './wall-clock.ts';

const rotationOf = (over: Partial<Rotation> = {}): Rotation => ({
  participants: ['ann', 'bob'],
  timeZone: 'Europe/Berlin',
  startsAt: '2026-01-05T09:00',
  shift: { unit: 'days', length: 1 },
  window: null,
  ...over,
});
const scheduleOf = (...rotations: readonly Rotation[]): Schedule => ({ rotations, overrides: [] });

/** The moment a wall clock shows this. */
const at = (wall: string, timeZone = 'Europe/Berlin'): number =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone).epochMilliseconds;
const wallOf = (moment: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone).toPlainDateTime().toString().slice(0, 16);

/** `who@wall-clock hand-over`, from one wall clock to another. */
const story = (schedule: Schedule, timeZone: string, from: string, until: string): readonly string[] =>
  shiftsBetween(schedule, at(from, timeZone), at(until, timeZone), 100).map(
    (shift) => `${shift.accountId}@${wallOf(shift.from, timeZone)}`,
  );

test.each<[string, string, string]>([
  ['Berlin, spring', 'Europe/Berlin', '2026-03-27T09:00'],
  ['Berlin, autumn', 'Europe/Berlin', '2026-10-23T09:00'],
  ['New York, spring', 'America/New_York', '2026-03-06T09:00'],
  ['New York, autumn', 'America/New_York', '2026-10-30T09:00'],
  ['Lord Howe, half an hour in spring', 'Australia/Lord_Howe', '2026-10-02T09:00'],
  ['Lord Howe, half an hour in autumn', 'Australia/Lord_Howe', '2026-04-03T09:00'],
  ['Kathmandu, 5:45 ahead and never changing', 'Asia/Kathmandu', '2026-03-27T09:00'],
])('%s: a daily hand-over at 09:00 is at 09:00 on both sides of the change', (_, timeZone, from) => {
  const day = Temporal.PlainDateTime.from(from);
  const until = day.add({ days: 5 }).toString();
  const shifts = story(scheduleOf(rotationOf({ timeZone, startsAt: from })), timeZone, from, until);
  const expected = [0, 1, 2, 3, 4].map(
    (n) => `${['ann', 'bob'][n % 2]}@${day.add({ days: n }).toString().slice(0, 16)}`,
  );
  expect(shifts).toEqual(expected);
});

test.each<[string, string, string, readonly number[]]>([
  ['Berlin loses an hour', 'Europe/Berlin', '2026-03-28T09:00', [23, 24]],
  ['Berlin gains an hour', 'Europe/Berlin', '2026-10-24T09:00', [25, 24]],
  ['Lord Howe loses half an hour', 'Australia/Lord_Howe', '2026-10-03T09:00', [23.5, 24]],
  ['Lord Howe gains half an hour', 'Australia/Lord_Howe', '2026-04-04T09:00', [24.5, 24]],
])('%s: the shift over the change is as long as the day', (_, timeZone, startsAt, hours) => {
  const from = at(startsAt, timeZone);
  const shifts = shiftsBetween(scheduleOf(rotationOf({ timeZone, startsAt })), from, from + 5 * 86_400_000, 2);
  expect(shifts.map((shift) => (shift.until - shift.from) / 3_600_000)).toEqual(hours);
});

test('shifts of hours are hours, whatever the wall clock does', () => {
  const rotation = rotationOf({ startsAt: '2026-03-28T21:00', shift: { unit: 'hours', length: 8 } });
  expect(story(scheduleOf(rotation), 'Europe/Berlin', '2026-03-28T21:00', '2026-03-29T22:00')).toEqual([
    'ann@2026-03-28T21:00',
    'bob@2026-03-29T06:00',
    'ann@2026-03-29T14:00',
  ]);
});

test('a hand-over at an hour that is skipped comes an hour later on that day alone', () => {
  const rotation = rotationOf({ startsAt: '2026-03-29T02:30' }); // the very first is the one that is skipped
  expect(story(scheduleOf(rotation), 'Europe/Berlin', '2026-03-29T00:00', '2026-04-01T00:00')).toEqual([
    'null@2026-03-29T00:00',
    'ann@2026-03-29T03:30',
    'bob@2026-03-30T02:30',
    'ann@2026-03-31T02:30',
  ]);
});

test('a hand-over at an hour that comes twice is at the first of the two', () => {
  const schedule = scheduleOf(rotationOf({ startsAt: '2026-10-24T02:30' }));
  const twice = Date.parse('2026-10-25T00:30:00Z'); // 02:30 in summer time; in winter time it is an hour later
  expect([onCallAt(schedule, twice - 1), onCallAt(schedule, twice)]).toEqual(['ann', 'bob']);
  expect(onCallAt(schedule, twice + 3_600_000)).toBe('bob');
});

test('the day that Apia skipped is nobody’s: its turn passes at once', () => {
  const rotation = rotationOf({
    timeZone: 'Pacific/Apia',
    startsAt: '2011-12-28T09:00',
    participants: ['a', 'b', 'c'],
  });
  expect(story(scheduleOf(rotation), 'Pacific/Apia', '2011-12-28T09:00', '2012-01-02T09:00')).toEqual([
    'a@2011-12-28T09:00',
    'b@2011-12-29T09:00', // until the 31st, by the calendar the next day but one
    'a@2011-12-31T09:00',
    'b@2012-01-01T09:00',
  ]);
});

test('years after its start a rotation is asked as quickly as on its first day', () => {
  const schedule = scheduleOf(rotationOf({ startsAt: '1990-01-01T09:00', shift: { unit: 'hours', length: 1 } }));
  const from = at('2090-06-01T00:00');
  const began = performance.now();
  for (let i = 0; i < 500; i++) onCallAt(schedule, from + i * 1_234_567);
  expect(performance.now() - began).toBeLessThan(2_000); // a walk from the start would be 440 million hand-overs
});

const night: Rotation['window'] = { days: [5], from: '22:00', until: '06:00' };
const table: readonly (readonly [string, Schedule, string, string | null])[] = [
  ['before the first hand-over', scheduleOf(rotationOf()), '2026-01-05T08:59', null],
  ['at the first hand-over', scheduleOf(rotationOf()), '2026-01-05T09:00', 'ann'],
  ['nobody takes part', scheduleOf(rotationOf({ participants: [] })), '2026-01-06T09:00', null],
  ['a zone that is no zone', scheduleOf(rotationOf({ timeZone: 'Mars/Base' })), '2026-01-06T09:00', null],
  ['a window over midnight', scheduleOf(rotationOf({ window: night })), '2026-01-10T05:59', 'ann'],
  ['after it', scheduleOf(rotationOf({ window: night })), '2026-01-10T06:00', null],
  ['another night', scheduleOf(rotationOf({ window: night })), '2026-01-11T05:59', null],
  [
    'an earlier rotation wins while it has somebody',
    scheduleOf(rotationOf({ window: night, participants: ['nil'] }), rotationOf({ participants: ['day'] })),
    '2026-01-10T05:59',
    'nil',
  ],
  [
    'else the later one',
    scheduleOf(rotationOf({ window: night, participants: ['nil'] }), rotationOf({ participants: ['day'] })),
    '2026-01-10T06:00',
    'day',
  ],
];
test.each(table)('%s', (_, schedule, wall, who) => expect(onCallAt(schedule, at(wall))).toBe(who));

test('the latest override in the list wins, over every rotation, and ends on the dot', () => {
  const schedule: Schedule = {
    rotations: [rotationOf()],
    overrides: [
      { from: at('2026-01-06T10:00'), until: at('2026-01-06T14:00'), accountId: 'early' },
      { from: at('2026-01-06T12:00'), until: at('2026-01-06T16:00'), accountId: 'late' },
    ],
  };
  expect(story(schedule, 'Europe/Berlin', '2026-01-06T09:00', '2026-01-07T09:00')).toEqual([
    'bob@2026-01-06T09:00',
    'early@2026-01-06T10:00',
    'late@2026-01-06T12:00',
    'bob@2026-01-06T16:00',
  ]);
});

test('no more shifts than asked for', () => {
  const from = at('2026-01-05T09:00');
  expect(shiftsBetween(scheduleOf(rotationOf()), from, from + 100 * 86_400_000, 3)).toHaveLength(3);
  expect(shiftsBetween(scheduleOf(rotationOf()), from, from, 3)).toEqual([]);
});

test.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['Asia/Kathmandu', true],
  ['Mars/Base', false],
  ['+02:00', false], // an offset is no zone: it knows no summer
  ['', false],
  ['Europe/Berlin\n', false],
  ['__proto__', false],
  [`A${'a'.repeat(10_000)}`, false],
])('is %j a time zone? %s', (text, yes) => expect(isTimeZone(text)).toBe(yes));

const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
);
const time = fc
  .tuple(fc.nat(23), fc.constantFrom('00', '30', '45'))
  .map(([hour, minutes]) => `${String(hour).padStart(2, '0')}:${minutes}`);
const day = fc.integer({ min: 1, max: 28 }).map((n) => String(n).padStart(2, '0'));
const rotations = fc.record({
  participants: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
  timeZone: zone,
  startsAt: fc
    .tuple(fc.constantFrom('2011-12', '2026-03', '2026-04', '2026-10', '2019-11'), day, time)
    .map(([month, d, t]) => `${month}-${d}T${t}`),
  shift: fc.record({
    unit: fc.constantFrom('hours' as const, 'days' as const, 'weeks' as const),
    length: fc.integer({ min: 1, max: 9 }),
  }),
  window: fc.option(
    fc.record({
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 7 }),
      from: time,
      until: time,
    }),
  ),
});
const start = fc
  .tuple(fc.constantFrom('2011-12-20', '2026-03-05', '2026-03-25', '2026-10-01', '2026-10-22'), fc.nat(10_000))
  .map(([date, minutes]) => Date.parse(`${date}T00:00:00Z`) + minutes * 60_000);

test('shifts have no hole and no overlap, neighbours differ, and each moment is whose onCallAt says', () => {
  const overrides = fc.array(
    fc.record({ offset: fc.nat(10_000), length: fc.nat(3_000), accountId: fc.constantFrom('x', 'a') }),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(fc.array(rotations, { maxLength: 3 }), overrides, start, (some, over, from) => {
      const until = from + 11 * 86_400_000;
      const schedule: Schedule = {
        rotations: some,
        overrides: over.map(({ offset, length, accountId }) => {
          const begins = from + offset * 60_000;
          return { from: begins, until: begins + length * 60_000, accountId };
        }),
      };
      const shifts = shiftsBetween(schedule, from, until, 10_000);
      expect([shifts[0]?.from, shifts.at(-1)?.until]).toEqual([from, until]);
      for (const [i, shift] of shifts.entries()) {
        const before = shifts[i - 1];
        if (before !== undefined)
          expect([before.until, before.accountId === shift.accountId]).toEqual([shift.from, false]);
        expect(shift.until).toBeGreaterThan(shift.from);
        const inside = [shift.from, Math.floor((shift.from + shift.until) / 2), shift.until - 1];
        expect(inside.map((moment) => onCallAt(schedule, moment))).toEqual(inside.map(() => shift.accountId));
      }
    }),
    { numRuns: 150 },
  );
});
