import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type QuietHours, quietUntil } from './quiet-hours.ts';

const at = (wall: string, timeZone = 'Europe/Berlin'): number =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone).epochMilliseconds;
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const nights: QuietHours = {
  timeZone: 'Europe/Berlin',
  windows: [{ days: everyDay, from: '22:00', until: '07:00' }],
  except: ['down'],
};
const weekend: QuietHours = {
  ...nights,
  windows: [...nights.windows, { days: [6, 7], from: '00:00', until: '00:00' }],
};

// 2026-06-05 is a Friday.
test.each<[string, QuietHours, string, string | null]>([
  ['before the night', nights, '2026-06-03T21:59', null],
  ['from its first minute', nights, '2026-06-03T22:00', '2026-06-04T07:00'],
  ['after midnight', nights, '2026-06-04T03:00', '2026-06-04T07:00'],
  ['its end is not quiet any more', nights, '2026-06-04T07:00', null],
  ['a Friday night, the weekend and the night to Monday are one', weekend, '2026-06-05T23:00', '2026-06-08T07:00'],
  ['a whole day begins at midnight', weekend, '2026-06-06T12:00', '2026-06-08T07:00'],
  ['no windows', { ...nights, windows: [] }, '2026-06-04T03:00', null],
  [
    'a window of no days',
    { ...nights, windows: [{ days: [], from: '00:00', until: '00:00' }] },
    '2026-06-04T03:00',
    null,
  ],
  ['a zone that isn’t known', { ...nights, timeZone: 'Mars/Base' }, '2026-06-04T03:00', null],
])('%s', (_, quiet, wall, until) => {
  expect(quietUntil(quiet, 'degraded', at(wall))).toBe(until === null ? null : at(until));
});

test('what is excepted comes through', () => {
  expect(quietUntil(nights, 'down', at('2026-06-04T03:00'))).toBeNull();
  expect(quietUntil(nights, 'region-dark', at('2026-06-04T03:00'))).not.toBeNull();
});

test.each([
  ['Europe/Berlin', '2026-03-28T22:00', 8],
  ['Europe/Berlin', '2026-10-24T22:00', 10],
  ['America/New_York', '2026-03-07T22:00', 8],
  ['Australia/Lord_Howe', '2026-10-03T22:00', 8.5],
  ['Asia/Kathmandu', '2026-03-28T22:00', 9],
])('%s: the night from %s ends at seven by the wall clock, %d hours later', (timeZone, wall, hours) => {
  const from = at(wall, timeZone);
  expect(quietUntil({ ...nights, timeZone }, 'degraded', from)).toBe(from + hours * 3_600_000);
});

const clock = (minutes: number): string => Temporal.PlainTime.from('00:00').add({ minutes }).toString().slice(0, 5);
test.each<[string, QuietHours['windows']]>([
  ['in one window', [{ days: everyDay, from: '00:00', until: '00:00' }]],
  [
    'in fourteen that adjoin', // 98 stretches a week
    Array.from({ length: 14 }, (_, i) => ({
      days: everyDay,
      from: clock(i * 103),
      until: clock(i === 13 ? 0 : (i + 1) * 103),
    })),
  ],
])('a quiet that never ends is let go after seven days: %s', (_, windows) => {
  const now = at('2026-06-04T03:21');
  expect(quietUntil({ ...nights, windows }, 'degraded', now)).toBe(now + 7 * 86_400_000);
});

const time = fc
  .tuple(fc.nat(23), fc.constantFrom('00', '15', '30', '59'))
  .map(([hour, minutes]) => `${String(hour).padStart(2, '0')}:${minutes}`);
const quiets = fc.record({
  timeZone: fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Apia',
  ),
  windows: fc.array(fc.record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 7 })), from: time, until: time }), {
    maxLength: 14,
  }),
  except: fc.constant([]),
});

test('until the end it is quiet with the same end, and at the end it is not, unless a week has passed', () => {
  fc.assert(
    fc.property(
      quiets,
      fc.constantFrom('2011-12-26', '2026-03-27', '2026-10-22', '2026-06-01'),
      fc.nat(10_080),
      fc.nat(999).map((n) => n / 1_000),
      (quiet, date, minutes, share) => {
        const now = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000;
        const until = quietUntil(quiet, 'degraded', now);
        if (until === null) return;
        expect(until).toBeGreaterThan(now);
        expect(until).toBeLessThanOrEqual(now + 7 * 86_400_000);
        if (until === now + 7 * 86_400_000) return;
        expect(quietUntil(quiet, 'degraded', now + Math.floor((until - now) * share))).toBe(until);
        expect(quietUntil(quiet, 'degraded', until)).toBeNull();
      },
    ),
    { numRuns: 300 },
  );
});
