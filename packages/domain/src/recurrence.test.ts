import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextStart, occurrenceAt, occurrencesBetween } from './maintenance.ts';
import { ruleFault } from './recurrence.ts';

test.each<[string, string | null]>([
  ['FREQ=WEEKLY;BYDAY=SU', null],
  ['FREQ=HOURLY', null],
  ['FREQ=DAILY;BYHOUR=1,13;BYMINUTE=30', null],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', null],
  ['FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24,25;WKST=MO', null],
  ['FREQ=DAILY;UNTIL=20271231', null],
  ['FREQ=DAILY;UNTIL=20271231T235959Z', null],
  ['FREQ=DAILY;COUNT=1000', null],
  ['FREQ=DAILY;COUNT=100;BYHOUR=1,2;BYSETPOS=366', 'too-costly'],
  ['FREQ=DAILY;COUNT=1000;BYMONTH=2;BYMONTHDAY=29', 'too-costly'],
  ['FREQ=MINUTELY', 'too-often'],
  ['FREQ=SECONDLY;INTERVAL=7200', 'too-often'],
  ['FREQ=DAILY;BYMINUTE=0,30', 'too-often'],
  ['FREQ=DAILY;BYSECOND=1', 'too-often'],
  ['FREQ=DAILY;COUNT=1001', 'invalid-rule'],
  ['FREQ=DAILY;COUNT=0', 'invalid-rule'],
  ['FREQ=DAILY;INTERVAL=999999999', 'invalid-rule'],
  ['FREQ=DAILY;INTERVAL=0', 'invalid-rule'],
  ['FREQ=DAILY;COUNT=2;UNTIL=20271231', 'invalid-rule'],
  ['FREQ=DAILY;UNTIL=20270231', 'invalid-rule'],
  ['FREQ=DAILY;UNTIL=tomorrow', 'invalid-rule'],
  ['FREQ=DAILY;FREQ=WEEKLY', 'invalid-rule'],
  ['FREQ=DAILY;BYSETPOS=1', 'invalid-rule'],
  ['FREQ=DAILY;BYWEEKNO=1', 'invalid-rule'],
  ['FREQ=DAILY;BYDAY=XX', 'invalid-rule'],
  ['FREQ=DAILY;X-EVIL=1', 'invalid-rule'],
  ['RRULE:FREQ=DAILY', 'invalid-rule'],
  ['FREQ=DAILY\nDTSTART:20260101T000000', 'invalid-rule'],
  ['RSCALE=GREGORIAN;FREQ=DAILY', 'invalid-rule'],
  ['freq=daily', 'invalid-rule'],
  ['BYDAY=MO', 'invalid-rule'],
  ['', 'invalid-rule'],
  [';', 'invalid-rule'],
  [`FREQ=DAILY;BYHOUR=${'1,'.repeat(300)}1`, 'rule-too-long'],
])('%s: %s', (rule, code) => expect(ruleFault(rule)?.code ?? null).toBe(code));

const number = fc.oneof(fc.integer({ min: -400, max: 400 }), fc.constantFrom(0, 999_999_999, -1, 366, 53));
const numbers = fc.array(number, { minLength: 1, maxLength: 30 }).map((all) => all.join(','));
const part = fc.oneof(
  fc.tuple(
    fc.constantFrom('INTERVAL', 'COUNT', 'BYHOUR', 'BYMINUTE', 'BYSECOND', 'BYMONTHDAY', 'BYYEARDAY'),
    fc.oneof(numbers, number.map(String)),
  ),
  fc.tuple(fc.constantFrom('BYWEEKNO', 'BYMONTH', 'BYSETPOS'), fc.oneof(numbers, number.map(String))),
  fc.tuple(fc.constantFrom('BYDAY', 'WKST'), fc.constantFrom('MO', '-1FR', '53SU', 'MO,TU,WE,TH,FR,SA,SU', '')),
  fc.tuple(fc.constant('UNTIL'), fc.constantFrom('20260101', '99991231T235959Z', '00010101', '20261301')),
  fc.tuple(fc.string({ maxLength: 8 }), fc.string({ maxLength: 20 })),
);
const hostile = fc
  .tuple(
    fc.constantFrom('HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY', 'MINUTELY', 'x'),
    fc.array(part, { maxLength: 6 }),
  )
  .map(([freq, parts]) => [['FREQ', freq], ...parts].map((pair) => pair.join('=')).join(';'));

test('whatever is called a rule is refused or has few starts an hour at the most, and never throws', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom('2000-02-29T23:59', '2026-11-01T01:30'), (rule, startsAt) => {
      if (ruleFault(rule) !== null) return;
      const times = { startsAt, timeZone: 'America/New_York', durationMs: 60_000, rule, cuts: [] };
      const from = Date.parse('2026-10-25T00:00Z');
      const found = occurrencesBetween(times, from, from + 14 * 86_400_000, 1_000);
      for (const [i, one] of found.entries())
        expect(one.from - (found[i - 1]?.from ?? 0)).toBeGreaterThanOrEqual(3_600_000);
      occurrenceAt({ ...times, durationMs: 30 * 86_400_000 }, from);
      nextStart(times, from, 60 * 86_400_000);
    }),
    { numRuns: 500 },
  );
});
