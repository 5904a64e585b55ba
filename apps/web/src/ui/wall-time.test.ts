import { afterEach, expect, test, vi } from 'vitest';
import { clockTurn, momentOf, nextDayAt, nextHourAt, wallOf } from './wall-time.ts';

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

test.each([
  ['2027-11-07T01:30', 'America/New_York', 'twice'],
  ['2027-11-07T02:00', 'America/New_York', null],
  ['2027-03-14T02:30', 'America/New_York', 'never'],
  ['2027-04-04T01:45', 'Australia/Lord_Howe', 'twice'], // by half an hour only
  ['2027-04-04T01:15', 'Australia/Lord_Howe', null],
  ['2026-10-04T02:15', 'Australia/Lord_Howe', 'never'],
  ['2027-11-07T01:30', 'Asia/Tokyo', null],
  ['2027-11-07', 'America/New_York', null],
  ['2027-11-07T01:30', 'Nowhere/None', null],
])('%s in %s is shown: %s', (wall, zone, turn) => expect(clockTurn(wall, zone)).toBe(turn));

afterEach(() => void vi.unstubAllEnvs());

test.each([
  ['Europe/Berlin', '2026-03-29T02:00', 'Africa/Cairo', '2026-03-29T00:00:00.000Z'],
  ['Europe/Berlin', '2026-10-25T02:00', 'Europe/London', '2026-10-25T02:00:00.000Z'],
  ['America/New_York', '2026-03-08T02:30', 'America/Havana', '2026-03-08T06:30:00.000Z'],
  ['Australia/Sydney', '2026-04-05T01:00', 'America/Santiago', '2026-04-05T05:00:00.000Z'],
])('on a device in %s whose clock changes that night, %s in %s is %s all the same', (device, wall, zone, at) => {
  vi.stubEnv('TZ', device);
  expect(momentOf(wall, zone)).toBe(at);
  expect(wallOf(at, zone)).toBe(wall);
});

test.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo'])(
  'on a device in %s a time that comes twice is the first one, and one that is skipped is as much later',
  (device) => {
    vi.stubEnv('TZ', device);
    expect(momentOf('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(momentOf('2026-04-05T02:30', 'Pacific/Auckland')).toBe('2026-04-04T13:30:00.000Z');
    expect(momentOf('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(momentOf('2026-04-24T00:00', 'Africa/Cairo')).toBe('2026-04-23T22:00:00.000Z');
  },
);

test('the next whole hour is the clock’s, where that is a quarter behind the world’s too', () => {
  expect(nextHourAt(Date.parse('2026-11-28T23:30:00Z'), 'Asia/Kathmandu')).toBe('2026-11-29T00:15:00.000Z');
  expect(nextHourAt(Date.parse('2026-03-29T00:30:00Z'), 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z');
});

test('a zone that this browser doesn’t know has neither', () => {
  expect([momentOf('2026-11-30T09:00', 'Mars/Olympus'), wallOf('2026-11-30T09:00:00Z', 'Mars/Olympus')]).toEqual([
    null,
    '',
  ]);
});
