import { expect, test } from 'vitest';
import type { CheckResult } from './check-result.ts';
import { parse, policyFor, resultOf, story } from './play.fixture.ts';
import type { Policy } from './policy.ts';
import { replay } from './replay.ts';
import { cutShort, isBeyond, isGivenUp, sparser } from './replay-looks.ts';
import { phaseOf } from './schedule.ts';
import { votesIn } from './vote.ts';

const took = (word: string, totalMs: number): CheckResult => ({ ...resultOf(word, 0), totalMs });
const rhythm = (intervalMs: number, regions: readonly string[] = ['fra']) => ({
  intervalMs,
  timeoutMs: 10_000,
  regions,
});
/** Looks of a line, in seconds after the first slot of a rhythm of two minutes. */
const origin = phaseOf({ monitorId: 'm', intervalMs: 120_000, regions: ['fra'] }, 'fra');
const looksOf = (line: string): readonly CheckResult[] =>
  parse(line, 30).map(([at, word]) => resultOf(word, origin + at));
const told = (looks: readonly CheckResult[]): string =>
  looks.map(({ region, scheduledAt }) => `${region}@${(scheduledAt - origin) / 1_000}`).join(' ');

test.each([
  ['fra:up', 2_001, true],
  ['fra:up', 2_000, false], // as long as it is given
  ['fra:degraded', 5_000, true],
  ['fra:down', 5_000, true], // the 502 would not have been waited for
  ['fra:down', 20, false],
  ['fra:blind', 5_000, false], // it had no vote, and gets none
  ['fra:missed', 5_000, false],
])('%s after %d ms is cut short by 2 s: %s', (word, totalMs, is) => {
  const look = took(word, totalMs);
  expect(isBeyond(look, 2_000)).toBe(is);
  const [shorter] = cutShort([look], 2_000);
  if (is)
    expect(shorter).toMatchObject({
      ...{ totalMs: 2_000, outcome: { verdict: 'down', failure: { kind: 'timeout', afterMs: 2_000 } } },
    });
  else expect(shorter).toEqual(look);
});

const asking = (word: string, at: number, totalMs = 10): CheckResult => ({
  ...resultOf(word, at),
  ...{ totalMs, trigger: 'confirmation' },
});
const placed = (looks: readonly CheckResult[]): string =>
  looks.map(({ region, scheduledAt }) => `${region}@${scheduledAt / 1_000}`).join(' ');

test('a failure that ends sooner asks sooner, and what its answers ask comes sooner too', () => {
  const looks = [
    { ...took('fra:timeout', 10_000.4), startedAt: 3 }, // known at 10.004
    asking('iad:timeout', 10_004, 10_000),
    asking('fra:down', 12_004, 300),
    asking('iad:down', 22_004), // what the first answer asked
    resultOf('sin:down', 10_500), // of its own slot: it stays
    asking('sin:up', 10_700), // and what nobody here asked
  ];
  expect(placed(cutShort(looks, 2_000))).toBe('fra@0 iad@2.003 sin@10.5 sin@10.7 fra@4.003 iad@6.003');
  expect(cutShort(looks, 2_000).map(({ startedAt }) => startedAt)).toEqual([3, 2_003, 10_500, 10_700, 4_003, 6_003]);
  expect(placed(cutShort(looks, 20_000))).toBe('fra@0 iad@10.004 sin@10.5 sin@10.7 fra@12.004 iad@22.004');
});

test('over two families a region asks when the later of them ends', () => {
  const pair = [
    { ...took('fra:down', 20), family: 'ipv4' as const },
    { ...took('fra:up', 3_000), family: 'ipv6' as const },
  ];
  expect(placed(cutShort([...pair, asking('iad:down', 3_000)], 2_000))).toBe('fra@0 fra@0 iad@2');
});

const replayed = (looks: readonly CheckResult[], policy: Policy) =>
  replay({ votes: votesIn(looks), resets: [] }, policy, 6_000_000).incidents;

test.each([10_000, 30_000])('a shorter timeout and a longer interval together find what each finds: %d ms', (ms) => {
  const both = ['fra', 'iad'];
  const present = { ...policyFor(both), intervalMs: 300_000, timeoutMs: ms, failuresToOpen: 1, successesToResolve: 1 };
  const first = phaseOf({ monitorId: 'm', intervalMs: 600_000, regions: both }, 'fra');
  const slots = [0, 1, 2, 3, 4, 5].flatMap((k) => [
    { ...resultOf(k === 2 ? 'fra:timeout' : 'fra:up', first + k * 300_000), totalMs: k === 2 ? ms : 50 },
    resultOf('iad:up', first + k * 300_000 + 150_000),
  ]);
  const askedAt = first + 600_000 + ms;
  const looks = [...slots, asking('iad:timeout', askedAt, ms), asking('fra:timeout', askedAt + 2_000, ms)];
  const found = (timeoutMs: number, intervalMs: number) => {
    const wanted = { ...present, timeoutMs, intervalMs };
    const cut = cutShort(looks, timeoutMs);
    return replayed(intervalMs === present.intervalMs ? cut : sparser('m', cut, wanted), wanted);
  };
  for (const timeoutMs of [ms, 2_000, 500])
    for (const intervalMs of [300_000, 600_000])
      expect(found(timeoutMs, intervalMs)).toMatchObject([{ startedAt: first + 600_000 }]);
});

test('where a shorter timeout changes no verdict, it changes no judgement', () => {
  const policy = { ...policyFor(['fra', 'iad', 'sin']), intervalMs: 300_000, timeoutMs: 30_000, failuresToOpen: 1 };
  const slots = parse('0 fra:up, 100 iad:up, 200 sin:up, 300 fra:timeout, 400 iad:up, 500 sin:up', 300);
  const looks = [
    ...slots.map(([at, word]) => ({ ...resultOf(word, at), totalMs: word === 'fra:timeout' ? 30_000 : 50 })),
    ...[asking('iad:timeout', 330_000, 30_000), asking('sin:timeout', 330_000, 30_000), asking('fra:up', 332_000)],
  ];
  expect(replayed(looks, policy)).toEqual([]);
  expect(replayed(cutShort(looks, 20_000), { ...policy, timeoutMs: 20_000 })).toEqual([]);
});

test('only what was given up sooner than it would have been is not known', () => {
  expect(isGivenUp(took('fra:timeout', 10_000), 20_000)).toBe(true);
  expect(isGivenUp(took('fra:timeout', 10_000), 10_000)).toBe(false);
  expect(isGivenUp(took('fra:down', 10_000), 20_000)).toBe(false);
});

test('a sparser rhythm keeps the first look of each of its slots', () => {
  const looks = looksOf('fra:up fra:up fra:up fra:up fra:up fra:up fra:up fra:up fra:up');
  expect(told(sparser('m', looks, rhythm(120_000)))).toBe('fra@0 fra@120 fra@240');
  expect(told(sparser('m', looks.toReversed(), rhythm(120_000)))).toBe('fra@0 fra@120 fra@240');
  expect(sparser('m', looks, rhythm(30_000))).toHaveLength(9);
});

test('a slot whose first look is missing is seen by its next one, and both families are one look', () => {
  const [first, ...rest] = looksOf('0 fra:up, 30 fra:up, 150 fra:up, 180 fra:up');
  const pair =
    first === undefined
      ? []
      : [
          { ...first, family: 'ipv4' as const },
          { ...first, family: 'ipv6' as const },
        ];
  expect(told(sparser('m', [...pair, ...rest], rhythm(120_000)))).toBe('fra@0 fra@0 fra@150');
});

test('what a dropped look asked is not known, what a kept one asked is', () => {
  const confirmed = (word: string, at: number) => ({
    ...resultOf(word, origin + at),
    trigger: 'confirmation' as const,
  });
  const slots = looksOf('0 fra:up, 30 fra:down, 60 fra:up, 120 fra:down, 150 fra:up');
  // Each failure ended 10 ms after it began and asked then.
  const looks = [
    ...slots,
    confirmed('iad:down', 30_010),
    confirmed('iad:down', 120_010),
    confirmed('fra:down', 122_010),
  ];
  expect(told(sparser('m', looks, rhythm(120_000, ['fra', 'iad'])))).toBe('fra@0 fra@120 iad@120.01 fra@122.01');
});

test('where nobody was asked, the next look of another region answers', () => {
  const both = ['fra', 'iad'];
  const phase = phaseOf({ monitorId: 'm', intervalMs: 120_000, regions: both }, 'fra');
  const looks = parse(
    '0 fra:up, 5 iad:up, 120 fra:down, 125 iad:down, 128 iad:down, 150 fra:down, 155 iad:down',
    30,
  ).map(([at, word]) => resultOf(word, phase + at));
  const kept = sparser('m', looks, rhythm(120_000, both)).map(
    ({ region, scheduledAt }) => `${region}@${(scheduledAt - phase) / 1_000}`,
  );
  expect(kept).toEqual(['fra@0', 'iad@5', 'fra@120', 'iad@125']);
});

test('a region that would not look raises no question', () => {
  const looks = looksOf('0 fra:up, 55 iad:down, 60 fra:down, 120 fra:up');
  expect(told(sparser('m', looks, rhythm(120_000)))).toBe('fra@0 fra@120');
});

/** Judged after two failures or good looks in a row, of one region. */
const twice = { ...policyFor(['fra']), intervalMs: 120_000, failuresToOpen: 2, successesToResolve: 2 };
const afterTwice = (looks: readonly CheckResult[]) =>
  replay({ votes: votesIn(sparser('m', looks, twice)), resets: [] }, twice, origin + 1_000_000).incidents;

test.each([
  ['ipv4', 'ipv6'],
  ['ipv6', 'ipv4'],
] as const)('a region is down while one of its families is, in whatever order they are read: %s, %s', (...families) => {
  const pair = (six: string, at: number, trigger: CheckResult['trigger'] = 'schedule') =>
    families.map((family) => ({
      ...{ ...resultOf(family === 'ipv6' ? six : 'fra:up', origin + at), family, trigger },
      totalMs: family === 'ipv6' ? 10 : 25, // the question comes when the later one ends
    }));
  const looks = [
    ...pair('fra:up', 0),
    ...[...pair('fra:down', 120_000), ...pair('fra:down', 122_025, 'confirmation')],
    ...[...pair('fra:up', 240_000), ...pair('fra:up', 242_025, 'confirmation'), ...pair('fra:up', 360_000)],
  ];
  expect(sparser('m', looks, twice)).toEqual(looks);
  expect(afterTwice(looks)).toMatchObject([{ startedAt: origin + 120_000, resolvedAt: origin + 240_000 }]);
});

test.each(['fra:blind', 'fra:missed'])('%s says nothing of what the region saw before, and asks nothing', (word) => {
  const confirmed = (look: string, at: number) => asking(look, origin + at);
  const looks = [
    ...[resultOf('fra:down', origin), confirmed('fra:down', 2_010), resultOf(word, origin + 120_000)],
    ...[confirmed('fra:up', 122_010), resultOf('fra:up', origin + 240_000), confirmed('fra:up', 242_010)],
    resultOf('fra:up', origin + 360_000),
  ];
  expect(told(sparser('m', looks, twice))).toBe('fra@0 fra@2.01 fra@120 fra@240 fra@242.01 fra@360');
  const [found] = afterTwice(looks);
  expect(found).toMatchObject({ resolvedAt: origin + 240_000, endKnownAt: origin + 242_020 });
});

test('an outage between two looks of a sparser rhythm is not seen', () => {
  const policy = { ...policyFor(['fra']), intervalMs: 120_000, failuresToOpen: 1, successesToResolve: 1 };
  const short = looksOf('fra:up fra:down fra:down fra:up fra:up fra:up');
  const long = looksOf('fra:up fra:down fra:down fra:down fra:down fra:down fra:down fra:up fra:up');
  const after = (looks: readonly CheckResult[]) =>
    replay({ votes: votesIn(sparser('m', looks, policy)), resets: [] }, policy, origin + 1_000_000);
  expect(story(after(short))).toBe('');
  const [found] = after(long).incidents;
  expect(found).toMatchObject({ startedAt: origin + 120_000, resolvedAt: origin + 240_000 });
});
