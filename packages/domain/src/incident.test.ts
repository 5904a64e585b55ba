import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from './fold.ts';
import { initialState, isCalm, statusOf } from './monitor-state.ts';
import { parse, play, policyFor, resultOf, story, votesOf } from './play.fixture.ts';
import { votesIn } from './vote.ts';

const alone = policyFor(['fra']);
const three = policyFor(['fra', 'iad', 'sin']);
const five = policyFor(['ams', 'fra', 'iad', 'sin', 'syd']);

/** What is asked after each look of a line, in seconds. */
const asks = (line: string, policy = alone): readonly string[] => {
  const { votes, until } = votesOf(line);
  const asked = new Set<string>();
  votes.forEach((_, i) => {
    const state = fold(initialState, votes.slice(0, i + 1), policy, votes[i]?.endedAt ?? 0).state;
    for (const { region, at } of state.confirmation?.asks ?? []) asked.add(`${region}@${Math.floor(at / 1_000)}`);
  });
  const last = fold(initialState, votes, policy, until).state;
  for (const { region, at } of last.confirmation?.asks ?? []) asked.add(`${region}@${Math.floor(at / 1_000)}`);
  return [...asked];
};

describe('one region goes by streaks', () => {
  test.each([
    ['fra:down fra:down fra:up fra:up', 'opened@0 resolved@60'],
    ['fra:up fra:down fra:up fra:down fra:up', ''],
    ['fra:down fra:down fra:up fra:down fra:up fra:up', 'opened@0 resolved@120'],
    ['fra:down fra:blind fra:missed fra:down', 'opened@0'],
    ['fra:down fra:down fra:degraded fra:up', 'opened@0 resolved@60'],
    ['fra:504 fra:timeout', 'opened@0'],
    ['nyc:down nyc:down', ''],
  ])('%s → %s', (line, expected) => expect(story(play(line, alone))).toBe(expected));

  test('the second look is asked for 2 s after the first failure, and again after the first good check', () => {
    expect(asks('0 fra:down, 2.1 fra:down, 30 fra:up, 32.1 fra:up')).toEqual(['fra@2', 'fra@32']);
  });
  test('a second look that never came is asked for once more, then the slots go on', () => {
    expect(asks('0 fra:down, 14.1 deadline')).toEqual(['fra@2', 'fra@14']);
    expect(play('0 fra:down, 27 deadline', alone).state.confirmation).toBeNull();
    expect(story(play('0 fra:down, 27 deadline, 30 fra:down', alone))).toBe('opened@0');
  });
  test('a look that took long is followed by another after it, not in the past', () => {
    expect(asks('0 fra:timeout')).toEqual(['fra@12']);
  });
  test('the cause is the first failure of the incident', () => {
    expect(play('fra:504 fra:down', alone).incidents[0]).toMatchObject({
      cause: { kind: 'status', status: 504 },
      regions: ['fra'],
    });
  });
  test('three in a row when three are wanted, each asked for 2 s after the one before', () => {
    const strict = { ...alone, failuresToOpen: 3 };
    expect(asks('0 fra:down, 2.1 fra:down', strict)).toEqual(['fra@2', 'fra@4']);
    expect(story(play('0 fra:down, 2 fra:down', strict))).toBe('');
    expect(story(play('0 fra:down, 2 fra:down, 4 fra:down', strict))).toBe('opened@0');
  });
});

describe('several regions go by the majority of those that answer', () => {
  test('the first failure asks every other region at once', () => {
    expect(play('0 fra:down', three).state.confirmation).toMatchObject({
      question: 'down',
      region: 'fra',
      asks: [
        { region: 'iad', at: 10 },
        { region: 'sin', at: 10 },
      ],
      deadlineAt: 12_010,
    });
  });
  test.each([
    ['two of three are enough, and the third has a second to contradict', '0 fra:down, 0.1 iad:down, 1 deadline', ''],
    ['… and is not waited for any longer', '0 fra:down, 0.1 iad:down, 1.1 deadline', 'opened@0'],
    ['… nor at all when it says the same', '0 fra:down, 0.1 iad:down, 0.2 sin:down', 'opened@0'],
    [
      'where one contradicts, the others must fail once more',
      '0 fra:down, 0.1 sin:up, 0.2 iad:down, 2.3 fra:down, 14 deadline',
      '',
    ],
    ['… and then it is one', '0 fra:down, 0.1 sin:up, 0.2 iad:down, 2.3 fra:down, 2.4 iad:down', 'opened@0'],
    ['one region alone is not an incident', '0 fra:down, 0.1 iad:up, 0.2 sin:up, 12.1 deadline', ''],
    ['one of two that answer is not a majority', '0 fra:down, 0.1 iad:up, 12.1 deadline', ''],
    ['a look from before the question is no answer', '0 iad:up, 1 fra:down, 1.2 sin:down, 3 deadline', 'opened@1'],
    [
      'alone with nobody answering, all are asked again and the same region must have failed twice',
      '0 fra:down, 12.2 fra:down, 24.2 deadline',
      'opened@0',
    ],
    [
      'a question that was lost on the way is not an answer: the others are heard in the second round',
      '0 fra:down, 12.2 fra:down, 12.3 iad:up, 12.4 sin:up, 24.2 deadline',
      '',
    ],
    ['… and a good second look ends the doubt', '0 fra:down, 12.2 fra:up, 30 deadline', ''],
    ['a blind region has no vote', '0 fra:down, 0.1 iad:blind, 0.2 sin:down, 2 deadline', 'opened@0'],
    [
      'regions that fail one after another add up, and it begins where the others no longer saw it well',
      '0 fra:down, 0.1 iad:up, 0.2 sin:up, 10 iad:down, 10.2 fra:down, 12 deadline',
      'opened@10',
    ],
    [
      'a region’s own failure a moment before an outage is not its beginning',
      '0 fra:down, 0.1 iad:up, 0.2 sin:up, 10 sin:down, 10.1 fra:down, 12 deadline',
      'opened@10',
    ],
    ['recovery is confirmed likewise', '0 fra:down, 0.1 iad:down, 30 fra:up, 30.1 iad:up', 'opened@0 resolved@30'],
    [
      'one region that recovers is not a recovery',
      '0 fra:down, 0.1 iad:down, 30 fra:up, 30.1 iad:down, 30.2 sin:down',
      'opened@0',
    ],
    [
      'recovery with a dark third region',
      '0 fra:down, 0.1 iad:down, 30 fra:up, 42.2 fra:up, 60 iad:up',
      'opened@0 resolved@30',
    ],
    [
      'an old regional trouble is not the start of a later incident',
      '0 fra:down, 0.1 iad:up, 0.2 sin:up, 30 fra:down, 30.1 iad:up, 30.2 sin:up, 300 fra:down, 310 iad:down',
      'opened@310',
    ],
  ])('%s', (_, line, expected) => expect(story(play(line, three))).toBe(expected));

  test('of five with two dark, two failures against one good answer open it at the deadline', () => {
    expect(story(play('0 fra:down, 0.1 iad:down, 0.2 sin:up, 12.1 deadline', five))).toBe('opened@0');
  });
  test('nothing is decided before the deadline while answers could still change it', () => {
    expect(story(play('0 fra:down, 0.1 iad:down, 0.2 sin:up, 11.9 deadline', five))).toBe('');
  });
  test('a good result from before the incident is no recovery', () => {
    expect(story(play('10 fra:down, 10.1 iad:down, 9 sin:up, 12 deadline', three))).toBe('opened@10');
  });
  test('a monitor is calm when every region that was ever heard is up and nothing is asked', () => {
    expect(isCalm(initialState, three)).toBe(false);
    expect(isCalm(play('fra:up', three).state, three)).toBe(true);
    expect(isCalm(play('fra:up iad:up sin:up fra:down', three).state, three)).toBe(false);
  });
});

describe('other rules than the majority', () => {
  const line = '0 ams:down, 0.1 fra:up, 0.2 iad:up, 0.3 sin:up, 0.4 syd:up';
  test('any: one region that fails is enough, without asking anybody; all must be well again', () => {
    const any = { ...five, agree: 'any' } as const;
    expect(story(play('0 ams:down', any))).toBe('opened@0');
    expect(story(play(`${line}, 0.5 ams:down, 30 fra:up, 31 deadline`, any))).toBe('opened@0');
    const well = '30 ams:up, 30.1 fra:up, 30.2 iad:up, 30.3 sin:up, 30.4 syd:up';
    expect(story(play(`0 ams:down, ${well}`, any))).toBe('opened@0 resolved@30');
  });
  test('all: one good answer is enough against it', () => {
    const all = { ...three, agree: 'all' } as const;
    expect(story(play('0 fra:down, 0.1 iad:down, 0.2 sin:up, 13 deadline', all))).toBe('');
    expect(story(play('0 fra:down, 0.1 iad:down, 0.2 sin:down', all))).toBe('opened@0');
    expect(story(play('0 fra:down, 0.1 iad:down, 13 deadline', all))).toBe('opened@0'); // all that live
    expect(story(play('0 fra:down, 0.1 iad:down, 0.2 sin:down, 30 fra:up', all))).toBe('opened@0 resolved@30');
  });
  test('a number: so many regions, or all that answer when fewer live', () => {
    const two = { ...five, agree: 2 };
    expect(
      story(play('0 ams:down, 0.1 fra:up, 0.2 iad:up, 0.3 sin:up, 0.4 syd:down, 2.5 ams:down, 2.6 syd:down', two)),
    ).toBe('opened@0');
    expect(story(play(`${line}, 13 deadline`, two))).toBe('');
  });
  test('two failures in a row per region: those that failed once are asked again 2 s later', () => {
    const twice = { ...three, failuresToOpen: 2 };
    expect(story(play('0 fra:down, 0.1 iad:down, 0.2 sin:down', twice))).toBe('');
    expect(asks('0 fra:down, 0.1 iad:down', twice)).toEqual(['iad@0', 'sin@0', 'fra@2', 'iad@2']);
    expect(story(play('0 fra:down, 0.1 iad:down, 2.1 fra:down, 2.2 iad:down, 4 deadline', twice))).toBe('opened@0');
  });
  test('in its first minutes nothing opens when so much grace is given', () => {
    const graceful = { ...three, graceMs: 60_000 };
    expect(story(play('0 fra:down, 0.1 iad:down, 0.2 sin:down', graceful))).toBe('');
    expect(story(play('60 fra:down, 60.1 iad:down, 62 deadline', graceful))).toBe('opened@60');
  });
});

test.each([
  ['', 'pending'],
  ['fra:down', 'pending'],
  ['fra:up', 'up'],
  ['fra:up fra:down', 'up'],
  ['fra:up fra:down fra:down', 'down'],
  ['fra:down fra:down fra:up', 'down'],
  ['fra:down fra:down fra:up fra:up', 'up'],
  ['fra:up fra:degraded fra:degraded', 'up'],
  ['fra:up fra:degraded fra:degraded fra:degraded', 'degraded'],
  ['fra:degraded fra:degraded fra:degraded fra:up', 'up'],
])('after "%s" the monitor is shown as %s', (line, status) => expect(statusOf(play(line, alone).state)).toBe(status));

describe('flapping', () => {
  const round = 'fra:down fra:down fra:up fra:up ';
  test('more than six changes within half an hour are one state, and calm ends it', () => {
    expect(statusOf(play(round.repeat(3), alone).state)).toBe('up');
    const four = play(round.repeat(4), alone);
    expect(statusOf(four.state)).toBe('flapping');
    expect(four.decisions.map(({ kind }) => kind)).toContain('flapping');
    const calm = play(`${round.repeat(4)}, 2400 deadline`, alone);
    expect(statusOf(calm.state)).toBe('up');
    expect(calm.decisions.at(-1)).toMatchObject({ kind: 'calm', status: 'up', at: 450_010 + 1_800_000 });
  });
  test('as many changes spread over hours are none', () => {
    expect(statusOf(play(round.repeat(8), alone, { stepS: 300 }).state)).toBe('up');
  });
});

test('each code has its own span, from the first failing check to the first other one', () => {
  expect(play('0 fra:down, 30 fra:down, 60 fra:504, 90 fra:up', alone).spans).toMatchObject([
    { startedAt: 0, lastSeenAt: 30_000, endedAt: 60_000, failure: { status: 502 } },
    { startedAt: 60_000, lastSeenAt: 60_000, endedAt: 90_000, failure: { status: 504 } },
  ]);
  expect(play('0 fra:down', alone).spans).toMatchObject([{ startedAt: 0, lastSeenAt: 0, endedAt: null }]);
});

test('a decision is kept with what each region said', () => {
  const { decisions } = play('0 fra:up, 30 fra:down, 30.1 iad:504, 60 fra:down, 60.1 iad:up, 60.2 sin:up', three);
  expect(decisions).toMatchObject([
    { kind: 'first-good', at: 0, status: 'up', witnesses: [{ region: 'fra', verdict: 'up' }] },
    {
      kind: 'opened',
      at: 30_000,
      decidedAt: 31_010, // the third had a second to contradict
      status: 'down',
      witnesses: [
        { region: 'fra', code: '502' },
        { region: 'iad', code: '504' },
      ],
    },
    { kind: 'resolved', at: 60_100, status: 'up' },
  ]);
  const alone502 = play('0 fra:down, 0.1 iad:up, 0.2 sin:up', three).decisions.at(-1);
  expect(alone502).toMatchObject({
    kind: 'unconfirmed',
    witnesses: [{ region: 'fra' }, { region: 'iad' }, { region: 'sin' }],
  });
});

test('checks of before a reset have no vote, neither for an incident nor for a recovery', () => {
  const from = 100_000;
  const reset = { ...initialState, from };
  const early = votesIn([0, 30, 60].map((second) => resultOf('fra:down', second * 1_000)));
  expect(fold(reset, early, alone, from)).toMatchObject({ state: { regions: {}, incident: null }, spans: [] });
  const cause = { kind: 'status', status: 502 } as const;
  const open = { ...reset, incident: { startedAt: 50_000, cause, regions: ['fra'] } };
  expect(fold(open, votesIn([resultOf('fra:up', 90_000)]), alone, from).state.regions).toEqual({});
  expect(fold(open, votesIn([resultOf('fra:up', 100_000)]), alone, from).state.regions).not.toEqual({});
});

const word = fc.constantFrom('down', '504', 'timeout', 'up', 'up', 'blind');
const lineOf = (regions: readonly string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...regions), word), { maxLength: 60 })
    .map((steps) => steps.map(([region, verdict]) => `${region}:${verdict}`).join(' '));

describe('for any history', () => {
  /** Two in a row open, two in a row resolve, looked up in the finished log: an independent reference. */
  const reference = (line: string): string => {
    const votes = parse(line, 30).filter(([, w]) => w !== 'fra:blind');
    const down = votes.map(([, w]) => w !== 'fra:up');
    const said: string[] = [];
    let open = false;
    votes.forEach(([at], i) => {
      if (i === 0 || down[i] !== down[i - 1] || down[i] === open) return;
      let first = i;
      while (first > 0 && down[first - 1] === down[i]) first--;
      open = down[i] === true;
      said.push(`${open ? 'opened' : 'resolved'}@${(votes[first]?.[0] ?? at) / 1_000}`);
    });
    return said.join(' ');
  };
  test('one region gives the same incidents as an offline reading of the log', () => {
    fc.assert(
      fc.property(lineOf(['fra']), (line) => {
        expect(story(play(line, alone))).toBe(reference(line));
      }),
      { numRuns: 1_000 },
    );
  });

  test('incidents follow each other, end after they start, and spans are whole', () => {
    fc.assert(
      fc.property(lineOf(five.regions), fc.constantFrom(0.1, 3, 6, 30), (line, stepS) => {
        const { incidents, spans } = play(line, five, { stepS });
        incidents.forEach(({ startedAt, resolvedAt }, i) => {
          if (i < incidents.length - 1) expect(resolvedAt).not.toBeNull();
          expect(resolvedAt ?? startedAt).toBeGreaterThanOrEqual(startedAt);
        });
        for (const { startedAt, lastSeenAt, endedAt } of spans) {
          expect(lastSeenAt).toBeGreaterThanOrEqual(startedAt);
          expect(endedAt ?? lastSeenAt).toBeGreaterThanOrEqual(lastSeenAt);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('one broken region among several that answer never opens an incident', () => {
    const ups = fc.array(fc.constantFrom('iad', 'sin', 'fra'), { maxLength: 80 });
    fc.assert(
      fc.property(ups, (regions) => {
        // Everybody answers a failure at once, as living probes do.
        const line = regions.flatMap((region, i) => {
          const at = i * 7;
          if (region !== 'fra') return [`${at} ${region}:up`];
          return [`${at} fra:down`, `${at + 0.2} iad:up`, `${at + 0.3} sin:up`];
        });
        expect(story(play(line.join(', '), three))).toBe('');
      }),
    );
  });
});
