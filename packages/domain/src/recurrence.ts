import { RRuleTemporal } from 'rrule-temporal';
import { exists } from './wall-clock.ts';

// RFC 5545's RRULE, as far as it makes sense for a maintenance window: never more often than every hour, and bounded in
// what it can cost, whoever wrote it.

export const longestRule = 500;
const mostCount = 1_000;
const mostInterval = 1_000;
/** A part's list is at most this long; 24 hours are the longest that anybody means. */
const mostValues = 31;

const whole = (min: number, max: number) => (value: string) =>
  /^[+-]?[0-9]{1,4}$/u.test(value) && Number(value) >= min && Number(value) <= max;
const signed = (max: number) => (value: string) => Number(value) !== 0 && whole(-max, max)(value);
const list =
  (one: (value: string) => boolean, most = mostValues) =>
  (values: string) => {
    const all = values.split(',');
    return all.length <= most && all.every(one);
  };
const weekday = (value: string): boolean => /^([+-]?([1-9]|[1-4][0-9]|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)$/u.test(value);

/** What may stand in a rule. Seconds, and minutes of which there could be many an hour, may not. */
const parts: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['FREQ', (value: string) => ['HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'].includes(value)],
  ['INTERVAL', whole(1, mostInterval)],
  ['COUNT', whole(1, mostCount)],
  ['UNTIL', (value: string) => untilOf(value) !== null],
  ['BYHOUR', list(whole(0, 23))],
  ['BYMINUTE', list(whole(0, 59), 1)],
  ['BYDAY', list(weekday)],
  ['BYMONTHDAY', list(signed(31))],
  ['BYYEARDAY', list(signed(366))],
  ['BYWEEKNO', list(signed(53))],
  ['BYMONTH', list(whole(1, 12))],
  ['BYSETPOS', list(signed(366))],
  ['WKST', (value: string) => /^(MO|TU|WE|TH|FR|SA|SU)$/u.test(value)],
]);

/** `20270101` or `20270101T000000`, on the wall or (with Z) in UTC. */
const untilPattern = /^([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?$/u;
type Until = Readonly<{ at: Temporal.PlainDateTime; utc: boolean }>;
const untilOf = (value: string): Until | null => {
  const found = untilPattern.exec(value);
  if (found === null) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((digits) => Number(digits ?? Number.NaN));
  if (year === undefined || month === undefined || day === undefined) return null;
  try {
    const date = Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
    // A day alone means all of it.
    const time = found[4] === undefined ? { hour: 23, minute: 59, second: 59 } : { hour, minute, second };
    const plainTime = Temporal.PlainTime.from(time as Temporal.PlainTimeLike, { overflow: 'reject' }); // matched digits
    return { at: date.toPlainDateTime(plainTime), utc: found[7] === 'Z' };
  } catch {
    return null;
  }
};

export type RuleFault = Readonly<{
  code: 'invalid-rule' | 'too-often' | 'too-costly' | 'rule-too-long';
  detail: string;
}>;
const invalid = (detail: string): RuleFault => ({ code: 'invalid-rule', detail });

const pairsOf = (rule: string): readonly (readonly [string, string])[] =>
  rule.split(';').map((part) => {
    const at = part.indexOf('=');
    return at < 1 ? ([part, ''] as const) : ([part.slice(0, at), part.slice(at + 1)] as const);
  });

const partFault = ([name, value]: readonly [string, string]): RuleFault | null => {
  const often = name === 'FREQ' && (value === 'MINUTELY' || value === 'SECONDLY');
  if (often || name === 'BYSECOND' || (name === 'BYMINUTE' && value.includes(',')))
    return { code: 'too-often', detail: 'A window may begin once an hour and not more often.' };
  const isGood = parts.get(name);
  if (isGood === undefined) return invalid(`${name.slice(0, 40)} is no part of a rule that can be used here.`);
  return isGood(value) ? null : invalid(`${name} can not be "${value.slice(0, 40)}".`);
};

const wholeFault = (rule: string, names: readonly string[]): RuleFault | null => {
  if (new Set(names).size !== names.length) return invalid('A part of a rule may stand in it once.');
  if (!names.includes('FREQ')) return invalid('A rule says how often: FREQ is missing.');
  if (names.includes('COUNT') && names.includes('UNTIL')) return invalid('A rule has a COUNT or an UNTIL, not both.');
  const from = Temporal.PlainDateTime.from('2024-01-01T00:00').toZonedDateTime('UTC');
  try {
    engineOf(rule, from);
  } catch {
    return invalid('These parts do not go together in a rule (RFC 5545, 3.3.10).');
  }
  try {
    // A COUNT has to be met within what one look may cost, or the rule would fall silent one day.
    engineOf(rule, from).between(from, from.add({ years: names.includes('COUNT') ? 300 : 1 }), true);
    return null;
  } catch {
    return { code: 'too-costly', detail: 'This rule takes too long to work out. A simpler one says the same.' };
  }
};

/** What keeps a text from being used as a rule (the value of an RRULE, without `RRULE:`); null = nothing. */
export const ruleFault = (rule: string): RuleFault | null => {
  if (rule.length > longestRule)
    return { code: 'rule-too-long', detail: `A rule has at most ${longestRule} characters.` };
  const pairs = pairsOf(rule);
  for (const pair of pairs) {
    const fault = partFault(pair);
    if (fault !== null) return fault;
  }
  return wholeFault(
    rule,
    pairs.map(([name]) => name),
  );
};

type Zoned = ReturnType<Temporal.PlainDateTime['toZonedDateTime']>;
/** UNTIL is kept by us: the engine reckons on a clock that has no zone. */
const engineOf = (rule: string, dtstart: Zoned) => {
  const kept = pairsOf(rule).filter(([name]) => name !== 'UNTIL');
  return new RRuleTemporal({
    rruleString: `RRULE:${kept.map((pair) => pair.join('=')).join(';')}`,
    dtstart,
    strict: true,
    cache: false,
    // One with a COUNT is counted from its beginning each time; the others are entered where they are asked about.
    maxIterations: rule.includes('COUNT=') ? 2_000 : 20_000,
    maxCandidateEvaluations: 20_000,
  });
};

/** Engines are slow to make, and the same few rules are asked again and again. */
const engines = new Map<string, ReturnType<typeof engineOf>>();
const mostEngines = 500;
const cachedEngine = (rule: string, dtstart: Zoned) => {
  const key = `${rule} ${dtstart.toString()}`;
  const known = engines.get(key);
  if (known !== undefined) return known;
  const made = engineOf(rule, dtstart);
  if (engines.size >= mostEngines) engines.clear();
  engines.set(key, made);
  return made;
};

const utcOf = (at: number): Zoned => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC');
/** No zone is further from UTC than this, even in the night it changes. */
const furthestMs = 26 * 3_600_000;

/** A rule's starts between two moments, by the engine; a rule that leads beyond all limits has none. */
const startsOf = (rule: string, dtstart: Zoned, from: number, to: number): readonly number[] => {
  try {
    return cachedEngine(rule, dtstart)
      .between(utcOf(from), utcOf(to), true)
      .map(({ epochMilliseconds }) => epochMilliseconds);
  } catch {
    return []; // the engine's own bounds were reached: an interval of a thousand years, a COUNT that is never met
  }
};

/** The moment at which a zone's clocks show this; null on a day that the zone left out. What they jump over is later. */
const momentOf = (wall: Temporal.PlainDateTime, timeZone: string): number | null => {
  const moment = wall.toZonedDateTime(timeZone);
  if (moment.day !== wall.day && !exists(wall.toPlainDate(), timeZone)) return null;
  return moment.epochMilliseconds;
};

const untilMs = (rule: string, timeZone: string): number => {
  const value = pairsOf(rule).find(([name]) => name === 'UNTIL')?.[1];
  const until = value === undefined ? null : untilOf(value);
  if (until === null) return Number.POSITIVE_INFINITY;
  return until.at.toZonedDateTime(until.utc ? 'UTC' : timeZone).epochMilliseconds;
};

/**
 * The moments (epoch ms, ascending) from `from` up to and without `to` at which a rule begins something, `first` being its
 * DTSTART on the zone's wall clock. Days, weeks, months and years are counted on the calendar and only then given a
 * moment, so that 02:30 stays 02:30; in the night that has no 02:30 it is 03:30, where RFC 5545 would leave it out: who
 * planned for that night wants it. Hours are real hours. `rule` has no `ruleFault`.
 */
export const startsBetween = (
  { rule, first, timeZone }: Readonly<{ rule: string; first: Temporal.PlainDateTime; timeZone: string }>,
  from: number,
  to: number,
): readonly number[] => {
  const last = Math.min(to - 1, untilMs(rule, timeZone));
  if (last < from) return [];
  if (rule.includes('FREQ=HOURLY')) return startsOf(rule, first.toZonedDateTime(timeZone), from, last);
  const onWall = startsOf(rule, first.toZonedDateTime('UTC'), from - furthestMs, last + furthestMs);
  const moments = onWall.flatMap((at) => momentOf(utcOf(at).toPlainDateTime(), timeZone) ?? []);
  return [...new Set(moments)].filter((at) => at >= from && at <= last).toSorted((a, b) => a - b);
};
