import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, expire } from './incident.ts';
import { initialState, isSettled, type MonitorState, statusOf } from './monitor-state.ts';
import { changes, parse, play, policyOf, resultOf, story } from './play.fixture.ts';

const alone = policyOf(['fra']);
const three = policyOf(['fra', 'iad', 'sin']);
const five = policyOf(['ams', 'fra', 'iad', 'sin', 'syd']);

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
    const { effects } = play('0 fra:down, 2 fra:down, 30 fra:up, 32 fra:up', alone);
    const asked = effects.flatMap((effect) => (effect.kind === 'ask' ? [effect.scheduledAt] : []));
    expect(asked).toEqual([2_000, 32_000]);
  });

  test('a second look that never came is asked for once more, then the slots go on', () => {
    const { effects, state } = play('0 fra:down, 14 deadline, 26 deadline', alone);
    const asked = effects.flatMap((effect) => (effect.kind === 'ask' ? [effect.scheduledAt] : []));
    expect(asked).toEqual([2_000, 14_000]);
    expect(state.confirmation).toBeNull();
    expect(story(play('0 fra:down, 14 deadline, 26 deadline, 30 fra:down', alone))).toBe('opened@0');
  });

  test('a look that took long is not asked to have been repeated in the past', () => {
    const [, effects] = advance(initialState, resultOf('fra:timeout', 0), alone, 10_050);
    expect(effects.at(-1)).toMatchObject({ kind: 'ask', scheduledAt: 10_050 });
  });

  test('the cause is the first failure of the incident', () => {
    expect(changes(play('fra:504 fra:down', alone))[0]).toMatchObject({
      cause: { kind: 'status', status: 504 },
      regions: ['fra'],
    });
  });
});

describe('several regions go by the majority of those that answer', () => {
  test('the first failure asks every other region at once', () => {
    const { effects, state } = play('0 fra:down', three);
    expect(effects.at(-1)).toEqual({ kind: 'ask', regions: ['iad', 'sin'], scheduledAt: 1, expiresAt: 12_001 });
    expect(state.confirmation).toMatchObject({ question: 'down', region: 'fra', deadlineAt: 12_001 });
  });
  test.each([
    ['two of three are enough, the third need not be waited for', '0 fra:down, 0.1 iad:down', 'opened@0'],
    ['one region alone is not an incident', '0 fra:down, 0.1 iad:up, 0.2 sin:up, 12.1 deadline', ''],
    ['one of two that answer is not a majority', '0 fra:down, 0.1 iad:up, 12.1 deadline', ''],
    ['a look from before the question is no answer', '0 iad:up, 1 fra:down, 1.2 sin:down', 'opened@1'],
    [
      'alone with nobody answering, all are asked again and the same region must have failed twice',
      '0 fra:down, 12.1 deadline, 12.2 fra:down, 24.2 deadline',
      'opened@0',
    ],
    [
      'a question that was lost on the way is not an answer: the others are heard in the second round',
      '0 fra:down, 12.1 deadline, 12.2 fra:down, 12.3 iad:up, 12.4 sin:up, 24.2 deadline',
      '',
    ],
    ['… and a good second look ends the doubt', '0 fra:down, 12.1 deadline, 12.2 fra:up, 30 deadline', ''],
    ['a blind region has no vote', '0 fra:down, 0.1 iad:blind, 0.2 sin:down', 'opened@0'],
    ['regions that fail one after another add up', '0 fra:down, 0.1 iad:up, 0.2 sin:up, 10 iad:down', 'opened@0'],
    ['recovery is confirmed likewise', '0 fra:down, 0.1 iad:down, 30 fra:up, 30.1 iad:up', 'opened@0 resolved@30'],
    [
      'one region that recovers is not a recovery',
      '0 fra:down, 0.1 iad:down, 30 fra:up, 30.1 iad:down, 30.2 sin:down',
      'opened@0',
    ],
    [
      'recovery with a dark third region',
      '0 fra:down, 0.1 iad:down, 30 fra:up, 42.1 deadline, 42.2 fra:up, 60 iad:up',
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
  test('a settled monitor is one where all regions are up and nothing is asked', () => {
    expect(isSettled(play('fra:up iad:up', three).state, three)).toBe(false);
    expect(isSettled(play('fra:up iad:up sin:up', three).state, three)).toBe(true);
    expect(isSettled(play('fra:up iad:up sin:up fra:down', three).state, three)).toBe(false);
  });
  test('a good result from before the incident is no recovery', () => {
    expect(story(play('10 fra:down, 10.1 iad:down, 9 sin:up', three))).toBe('opened@10');
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
])('after "%s" the monitor is shown as %s', (line, status) => expect(statusOf(play(line, alone).state)).toBe(status));

describe('spans', () => {
  const spans = (line: string) =>
    play(line, alone).effects.filter(({ kind }) => kind === 'span' || kind === 'span-moved');
  test('each code has its own from and to, from the first failing check on', () => {
    expect(spans('0 fra:down, 30 fra:down, 60 fra:504, 90 fra:up')).toMatchObject([
      { startedAt: 0, lastSeenAt: 0, endedAt: null },
      { startedAt: 0, lastSeenAt: 30_000, endedAt: null },
      { startedAt: 0, lastSeenAt: 30_000, endedAt: 60_000, failure: { status: 502 } },
      { startedAt: 60_000, lastSeenAt: 60_000, endedAt: null, failure: { status: 504 } },
      { startedAt: 60_000, lastSeenAt: 60_000, endedAt: 90_000 },
    ]);
  });
  test('a late result of the same failure begins the span earlier', () => {
    expect(spans('2 fra:down, 0 fra:down').at(-1)).toEqual({
      kind: 'span-moved',
      region: 'fra',
      from: 2_000,
      startedAt: 0,
    });
  });
  test('a late result of another failure is a span of its own', () => {
    expect(spans('2 fra:down, 0 fra:504').at(-1)).toMatchObject({ startedAt: 0, lastSeenAt: 0, endedAt: 2_000 });
  });
});

test('checks of before a reset have no vote, neither for an incident nor for a recovery', () => {
  const from = 100_000;
  const reset = { ...initialState, from };
  const old = [0, 30, 60].map((second) => resultOf('fra:down', second * 1_000));
  for (const result of old) expect(advance(reset, result, alone, from)).toEqual([reset, []]);
  const open = { ...reset, incident: { startedAt: 50_000 } };
  expect(advance(open, resultOf('fra:up', 90_000), alone, from)).toEqual([open, []]);
  expect(advance(open, resultOf('fra:up', 100_000), alone, from)[1]).not.toEqual([]);
});

test('an outage that is judged late, after the worker was away, is an outage', () => {
  const late = 1_200_000;
  const words = ['0 fra', '10 iad', '20 sin', '30 fra', '40 iad', '50 sin'];
  let state: MonitorState = initialState;
  const kinds: string[] = [];
  for (const word of words) {
    const [second, region] = word.split(' ');
    const [next, effects] = advance(state, resultOf(`${region}:down`, Number(second) * 1_000), three, late);
    state = next;
    kinds.push(...effects.map(({ kind }) => kind));
  }
  expect(kinds).toContain('opened');
  expect(state.incident).toEqual({ startedAt: 0 });
});

describe('late results', () => {
  test('two failures open an incident in whichever order they come', () => {
    expect(story(play('2 fra:down, 0 fra:down', alone))).toBe('opened@0');
  });
  test('a late first failure moves the start of the open incident, once', () => {
    const late = '30 fra:down, 32 fra:down, 28 fra:down, 28 fra:down';
    expect(story(play(late, alone))).toBe('opened@30 moved@28');
  });
  test('a late good result does not interrupt a failing streak', () => {
    expect(story(play('0 fra:up, 60 fra:down, 30 fra:up, 62 fra:down', alone))).toBe('opened@60');
  });
  test('a failure from before the last good check is not part of the streak', () => {
    expect(story(play('30 fra:up, 60 fra:down, 20 fra:down', alone))).toBe('');
  });
});

const word = fc.constantFrom('down', '504', 'timeout', 'up', 'up', 'blind');
const lineOf = (regions: readonly string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...regions), word), { maxLength: 60 })
    .map((steps) => steps.map(([region, verdict]) => `${region}:${verdict}`).join(' '));

describe('for any history', () => {
  test('replaying the past after every check changes nothing', () => {
    for (const policy of [alone, three]) {
      fc.assert(
        fc.property(lineOf(policy.regions), fc.constantFrom(0.5, 10, 30), (line, stepS) => {
          const once = play(line, policy, { stepS });
          expect(play(line, policy, { stepS, repeat: true })).toEqual(once);
        }),
      );
    }
  });

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

  test('incidents open and resolve in turn, never end before they start, and spans lie within their order', () => {
    fc.assert(
      fc.property(lineOf(five.regions), fc.constantFrom(0.1, 3, 6, 30), (line, stepS) => {
        const played = changes(play(line, five, { stepS })).filter(({ kind }) => kind !== 'moved');
        played.forEach((effect, i) => {
          expect(effect.kind).toBe(i % 2 === 0 ? 'opened' : 'resolved');
          if (effect.kind === 'resolved') expect(effect.resolvedAt).toBeGreaterThanOrEqual(effect.startedAt);
        });
      }),
      { numRuns: 1_000 },
    );
  });

  test('one broken region among several that answer never opens an incident', () => {
    const ups = fc.array(fc.constantFrom('iad:up', 'sin:up', 'iad:up', 'sin:up', 'fra:down'), { maxLength: 80 });
    fc.assert(
      fc.property(ups, (words) => {
        let state: MonitorState = initialState;
        let at = 0;
        // Everybody answers what is asked, as living probes do.
        const hand = (w: string): void => {
          at += 200;
          const [next, effects] = advance(state, resultOf(w, at), three, at);
          state = next;
          for (const effect of effects) {
            expect(effect.kind).not.toBe('opened');
            if (effect.kind === 'ask') for (const r of effect.regions) hand(r === 'fra' ? 'fra:down' : `${r}:up`);
          }
        };
        for (const w of words) {
          hand(w);
          at += 5_000;
          state = expire(state, three, at)[0];
        }
      }),
    );
  });
});
