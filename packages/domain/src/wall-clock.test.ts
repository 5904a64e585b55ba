import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTimeZone, type WallWindow, windowEdgeAfter, windowEnd } from './wall-clock.ts';

const at = (text: string): number => Date.parse(text);
const iso = (moment: number | null): string | null => (moment === null ? null : new Date(moment).toISOString());
const everyDay = [1, 2, 3, 4, 5, 6, 7];

describe('time zones', () => {
  test.each([
    ['Europe/Berlin', true],
    ['Asia/Kathmandu', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Etc/GMT+5', true],
    ['UTC', true],
    ['utc', true],
    ['Europe/Atlantis', false],
    ['+02:00', false],
    ['2026-01-01T00:00[Europe/Berlin]', false],
    ['Europe/Berlin\n', false],
    ['', false],
    ['Z', false],
    ['__proto__', false],
    ['Éurope/Berlin', false],
  ])('%j: %s', (text, known) => expect(isTimeZone(text)).toBe(known));

  test('every zone that is listed here is one', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !isTimeZone(zone))).toEqual([]);
  });

  test('whatever the text, the answer is yes or no, the same again, and what is a zone can be used as one', () => {
    const parts = fc.constantFrom(...'Europe Berlin UTC / + - _ 02:00 [ ] 5 z \0'.split(' '), ' ');
    const units = fc.array(fc.nat(0xffff), { maxLength: 80 }).map((all) => String.fromCharCode(...all));
    const nearly = fc.array(parts, { maxLength: 6 }).map((some) => some.join(''));
    fc.assert(
      fc.property(fc.oneof(units, fc.string({ maxLength: 80 }), nearly), (text) => {
        const known = isTimeZone(text);
        expect(isTimeZone(text)).toBe(known);
        if (!known) return;
        expect(windowEnd({ days: everyDay, from: '00:00', until: '00:00' }, text, 0)).toBeGreaterThan(0);
        expect(() => new Intl.DateTimeFormat('en', { timeZone: text })).not.toThrow();
      }),
      { numRuns: 2_000, endOnFailure: true },
    );
  });
});

const night: WallWindow = { days: everyDay, from: '22:00', until: '07:00' };
const early: WallWindow = { days: everyDay, from: '02:30', until: '06:00' };
describe('windows', () => {
  test.each<[string, WallWindow, string, string, string | null]>([
    ['in the evening', night, 'Europe/Berlin', '2026-06-01T20:00Z', '2026-06-02T05:00:00.000Z'],
    ['a moment before it', night, 'Europe/Berlin', '2026-06-01T19:59:59.999Z', null],
    ['after midnight', night, 'Europe/Berlin', '2026-06-02T04:59:59.999Z', '2026-06-02T05:00:00.000Z'],
    ['its end is not in it', night, 'Europe/Berlin', '2026-06-02T05:00Z', null],
    ['the night that is an hour short', night, 'Europe/Berlin', '2026-03-28T21:00Z', '2026-03-29T05:00:00.000Z'],
    ['the night that is an hour long', night, 'Europe/Berlin', '2026-10-24T20:00Z', '2026-10-25T06:00:00.000Z'],
    ['half an hour longer', night, 'Australia/Lord_Howe', '2026-04-04T11:00Z', '2026-04-04T20:30:00.000Z'],
    ['a zone of 5:45', night, 'Asia/Kathmandu', '2026-06-01T16:15Z', '2026-06-02T01:15:00.000Z'],
    ['a start that the clocks jump over is as much later', early, 'Europe/Berlin', '2026-03-29T01:29Z', null],
    ['… and holds from then', early, 'Europe/Berlin', '2026-03-29T01:30Z', '2026-03-29T04:00:00.000Z'],
    [
      'a start that comes twice counts the first time',
      early,
      'Europe/Berlin',
      '2026-10-25T00:30Z',
      '2026-10-25T05:00:00.000Z',
    ],
    ['the day that Samoa skipped', { ...night, days: [5] }, 'Pacific/Apia', '2011-12-30T10:30Z', null],
    [
      '… nor, by day, the one after it',
      { days: [5], from: '09:00', until: '17:00' },
      'Pacific/Apia',
      '2011-12-30T20:00Z',
      null,
    ],
    ['of one day, by its weekday', { ...night, days: [1] }, 'UTC', '2026-06-02T03:00Z', '2026-06-02T07:00:00.000Z'],
    ['on other days not', { ...night, days: [2] }, 'UTC', '2026-06-02T03:00Z', null],
    [
      'from = until is the whole day',
      { days: [2], from: '09:00', until: '09:00' },
      'UTC',
      '2026-06-03T08:59Z',
      '2026-06-03T09:00:00.000Z',
    ],
    ['no days are never', { ...night, days: [] }, 'UTC', '2026-06-02T03:00Z', null],
  ])('%s', (_, window, zone, moment, end) => expect(iso(windowEnd(window, zone, at(moment)))).toBe(end));

  const zones = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Apia',
  );
  const time = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
  const windows = fc.record({ days: fc.subarray(everyDay), from: time, until: time });
  const moments = fc.integer({ min: at('2011-12-20T00:00Z'), max: at('2012-12-31T00:00Z') });
  test('between two edges nothing changes, an end is an edge, and edges go forward', () => {
    fc.assert(
      fc.property(
        windows,
        zones,
        moments,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (window, zone, moment, share) => {
          const edge = windowEdgeAfter(window, zone, moment);
          const end = windowEnd(window, zone, moment);
          if (window.days.length === 0) expect([edge, end]).toEqual([null, null]);
          if (edge === null) return;
          expect(edge).toBeGreaterThan(moment);
          const between = moment + Math.floor((edge - moment) * share);
          expect(windowEnd(window, zone, between) === null).toBe(end === null);
          if (end !== null) expect(end).toBeGreaterThanOrEqual(edge);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
