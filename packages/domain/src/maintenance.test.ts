import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type MaintenanceTimes,
  type MaintenanceWindow,
  maintenanceOf,
  nextStart,
  occurrenceAt,
  occurrencesBetween,
  plannedSince,
} from './maintenance.ts';
import { isFor } from './scope.ts';

const hour = 3_600_000;
const day = 24 * hour;
const at = (text: string): number => Date.parse(text);
const timesOf = (over: Partial<MaintenanceTimes> = {}): MaintenanceTimes => ({
  startsAt: '2026-01-04T02:30',
  timeZone: 'Europe/Berlin',
  durationMs: 2 * hour,
  rule: 'FREQ=WEEKLY;BYDAY=SU',
  cuts: [],
  ...over,
});
const wallOf = (moment: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone).toPlainDateTime().toString().slice(0, 16);
const story = (times: MaintenanceTimes, from: string, to: string): readonly string[] =>
  occurrencesBetween(times, at(from), at(to), 100).map(
    ({ from: begin, until }) => `${wallOf(begin, times.timeZone)} +${(until - begin) / hour}h`,
  );

describe('the wall clock stays, whatever the clocks do', () => {
  test.each<[string, string, string, string, readonly string[]]>([
    ['Berlin, an hour less', 'Europe/Berlin', '03:30', '2026-03-28', ['28T03:30', '29T03:30', '30T03:30']],
    ['Berlin, an hour more', 'Europe/Berlin', '03:30', '2026-10-24', ['24T03:30', '25T03:30', '26T03:30']],
    ['New York, an hour less', 'America/New_York', '03:00', '2026-03-07', ['07T03:00', '08T03:00', '09T03:00']],
    ['New York, an hour more', 'America/New_York', '01:30', '2026-10-31', ['31T01:30', '01T01:30', '02T01:30']],
    [
      'Lord Howe, half an hour less',
      'Australia/Lord_Howe',
      '04:00',
      '2026-10-03',
      ['03T04:00', '04T04:00', '05T04:00'],
    ],
    [
      'Lord Howe, half an hour more',
      'Australia/Lord_Howe',
      '04:00',
      '2026-04-04',
      ['04T04:00', '05T04:00', '06T04:00'],
    ],
    ['Kathmandu, 5:45 and never', 'Asia/Kathmandu', '02:30', '2026-03-28', ['28T02:30', '29T02:30', '30T02:30']],
    [
      'in the night that has no 02:30 it is 03:30',
      'Europe/Berlin',
      '02:30',
      '2026-03-28',
      ['28T02:30', '29T03:30', '30T02:30'],
    ],
    [
      '… and 02:15 is 02:45 where the clocks jump half an hour',
      'Australia/Lord_Howe',
      '02:15',
      '2026-10-03',
      ['03T02:15', '04T02:45', '05T02:15'],
    ],
    [
      'the day that Samoa left out has none',
      'Pacific/Apia',
      '09:00',
      '2011-12-29',
      ['29T09:00', '31T09:00', '01T09:00'],
    ],
  ])('%s', (_, timeZone, time, first, expected) => {
    const times = timesOf({ startsAt: `${first}T${time}`, timeZone, rule: 'FREQ=DAILY' });
    const from = Temporal.PlainDateTime.from(`${first}T00:00`).toZonedDateTime(timeZone).epochMilliseconds;
    const found = occurrencesBetween(times, from, from + 5 * day, 3);
    expect(found.map((one) => wallOf(one.from, timeZone).slice(8))).toEqual(expected);
    expect(found.map(({ from: begin, until }) => until - begin)).toEqual([2 * hour, 2 * hour, 2 * hour]);
  });

  test('an hour that comes twice has one window, at its first coming', () => {
    const times = timesOf({ startsAt: '2026-10-25T02:30', rule: null });
    expect(occurrencesBetween(times, at('2026-10-24'), at('2026-10-26'), 9)).toEqual([
      { from: at('2026-10-25T00:30Z'), until: at('2026-10-25T02:30Z') },
    ]);
  });
});

test.each<[string, Partial<MaintenanceTimes>, readonly string[]]>([
  ['weekly', {}, ['2026-01-04T02:30 +2h', '2026-01-11T02:30 +2h', '2026-01-18T02:30 +2h', '2026-01-25T02:30 +2h']],
  ['the second Tuesday', { rule: 'FREQ=MONTHLY;BYDAY=+2TU' }, ['2026-01-13T02:30 +2h']],
  ['the last working day', { rule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' }, ['2026-01-30T02:30 +2h']],
  ['so often', { rule: 'FREQ=WEEKLY;COUNT=2' }, ['2026-01-04T02:30 +2h', '2026-01-11T02:30 +2h']],
  ['until a day, all of it', { rule: 'FREQ=WEEKLY;UNTIL=20260111' }, ['2026-01-04T02:30 +2h', '2026-01-11T02:30 +2h']],
  ['until a moment in UTC', { rule: 'FREQ=WEEKLY;UNTIL=20260111T012959Z' }, ['2026-01-04T02:30 +2h']],
  [
    'until that moment',
    { rule: 'FREQ=WEEKLY;UNTIL=20260111T013000Z' },
    ['2026-01-04T02:30 +2h', '2026-01-11T02:30 +2h'],
  ],
  ['every other week', { rule: 'FREQ=WEEKLY;INTERVAL=2' }, ['2026-01-04T02:30 +2h', '2026-01-18T02:30 +2h']],
  ['once, by the wall', { rule: null }, ['2026-01-04T02:30 +2h']],
  ['once, by a moment', { rule: null, startsAt: '2026-01-04T02:30:00.000Z' }, ['2026-01-04T03:30 +2h']],
  ['a day that is never', { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, []],
  ['a zone that is none', { timeZone: 'Mars/Base' }, []],
])('%s', (_, over, expected) => {
  expect(story(timesOf(over), '2026-01-01', '2026-01-31T12:00Z')).toEqual(expected);
});

test('what somebody ended ends there, and the next one is whole', () => {
  const times = timesOf({ cuts: [at('2026-01-04T02:00Z')] });
  expect(story(times, '2026-01-01', '2026-01-12')).toEqual(['2026-01-04T02:30 +0.5h', '2026-01-11T02:30 +2h']);
  expect(occurrenceAt(times, at('2026-01-04T01:59Z'))?.until).toBe(at('2026-01-04T02:00Z'));
  expect(occurrenceAt(times, at('2026-01-04T02:00Z'))).toBeNull();
});

test('a start is inside, an end is not', () => {
  const times = timesOf();
  const [from, until] = [at('2026-01-04T01:30Z'), at('2026-01-04T03:30Z')];
  expect([from - 1, from, until - 1, until].map((moment) => occurrenceAt(times, moment) !== null)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(nextStart(times, from - 1, day)).toBe(from);
  expect(nextStart(times, from, day)).toBeNull();
  expect(nextStart(times, from, 8 * day)).toBe(from + 7 * day);
});

test('a monitor is in every window that means it, the one that ends last first', () => {
  const window = (id: string, over: Partial<MaintenanceWindow>): MaintenanceWindow => ({
    ...timesOf(),
    appliesTo: { kind: 'all' },
    id,
    ...over,
  });
  const windows = [
    window('all', {}),
    window('tag', { appliesTo: { kind: 'tags', tags: ['db', 'shop'] }, durationMs: 3 * hour }),
    window('other', { appliesTo: { kind: 'monitors', monitorIds: ['x'] } }),
    window('past', { rule: null, startsAt: '2025-01-04T02:30' }),
  ];
  const held = maintenanceOf(windows, { id: 'm', tags: ['shop'] }, at('2026-01-04T02:00Z'));
  expect(held.map(({ windowId, until }) => `${windowId} ${new Date(until).toISOString()}`)).toEqual([
    'tag 2026-01-04T04:30:00.000Z',
    'all 2026-01-04T03:30:00.000Z',
  ]);
  expect(isFor({ kind: 'monitors', monitorIds: ['m'] }, { id: 'm', tags: [] })).toBe(true);
});

const zones = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
);
const rules = fc.oneof(
  fc.constant(null),
  fc
    .tuple(
      fc.constantFrom('HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY'),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom('', ';BYDAY=SU,FR', ';COUNT=9', ';UNTIL=20111231T000000Z', ';BYHOUR=1,2,3'),
    )
    .map(([freq, interval, more]) => `FREQ=${freq};INTERVAL=${interval}${more}`),
);
const starts = fc
  .tuple(fc.constantFrom('2011-12-28', '2012-03-09', '2012-03-23', '2012-09-29', '2012-10-26'), fc.nat(23), fc.nat(59))
  .map(([date, h, m]) => `${date}T${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
const windows = fc
  .record({ startsAt: starts, timeZone: zones, rule: rules, durationMs: fc.integer({ min: 60_000, max: 3 * day }) })
  .map((some): MaintenanceTimes => ({ ...some, cuts: [] }));

test('pieces of a range hold what the whole range holds, and each moment is in what the range says', () => {
  fc.assert(
    fc.property(windows, fc.nat(9 * 24), fc.double({ min: 0, max: 1, noNaN: true }), (times, offset, share) => {
      const from = at(`${times.startsAt}Z`) - 2 * day + offset * hour;
      const to = from + 5 * day;
      const cut = Math.floor(from + (to - from) * share);
      const key = ({ from: begin, until }: { from: number; until: number }) => `${begin} ${until}`;
      const whole = occurrencesBetween(times, from, to, 10_000);
      const parts = [...occurrencesBetween(times, from, cut, 10_000), ...occurrencesBetween(times, cut, to, 10_000)];
      expect([...new Set(parts.map(key))]).toEqual(whole.map(key));
      expect(whole.map((one) => one.from)).toEqual(whole.map((one) => one.from).toSorted((a, b) => a - b));
      const holding = whole.filter((one) => one.from <= cut && cut < one.until).map(({ until }) => until);
      expect(occurrenceAt(times, cut)?.until ?? null).toBe(
        cut < to ? (holding.length === 0 ? null : Math.max(...holding)) : (occurrenceAt(times, to)?.until ?? null),
      );
      const next = nextStart(times, from, 5 * day);
      const later = occurrencesBetween({ ...times, durationMs: 60_000 }, from + 60_000, from + 1 + 5 * day, 1)[0];
      if (later !== undefined && later.from > from + 60_000) expect(next).toBeLessThanOrEqual(later.from);
    }),
    { numRuns: 400 },
  );
});

test.each<[string, string, string]>([
  ['FREQ=DAILY', '2026-12-24T02:00', '2026-11-01T02:00:00'],
  ['FREQ=WEEKLY;INTERVAL=3', '2026-12-20T02:00', '2026-10-18T02:00:00'],
  ['FREQ=MONTHLY', '2027-01-31T02:00', '2026-10-31T02:00:00'],
  ['FREQ=DAILY;COUNT=3', '2026-12-24T02:00', '2026-12-24T02:00'],
  ['FREQ=DAILY', '2026-01-01T02:00', '2026-01-01T02:00:00'],
])('%s from %s, as if it had been planned by November, begins %s', (rule, startsAt, began) => {
  const times = { startsAt, timeZone: 'Europe/Berlin', durationMs: 3_600_000, rule, cuts: [] };
  expect(plannedSince(times, Date.parse('2026-11-01T12:00:00Z')).startsAt).toBe(began);
});
