import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance, type Decision, tick } from './incident.ts';
import { type Arrival, openLive } from './live.fixture.ts';
import { initialState, type MonitorState, nextTickAt } from './monitor-state.ts';
import type { FailureSpan } from './observe.ts';
import { policyFor, resultOf, votesOf } from './play.fixture.ts';
import type { Policy } from './policy.ts';
import { inOrder, type Vote, voteOf } from './vote.ts';

/** The log read offline: every look in order, one after the other, without checkpoints and without a calm state. */
const offline = (votes: readonly Vote[], policy: Policy) => {
  let state: MonitorState = initialState;
  const incidents: Readonly<{ startedAt: number; resolvedAt: number }>[] = [];
  const decisions: Decision[] = [];
  const spans: FailureSpan[] = [];
  const take = ([next, effects]: ReturnType<typeof advance>): void => {
    state = next;
    for (const effect of effects) {
      if (effect.kind === 'resolved') incidents.push({ startedAt: effect.startedAt, resolvedAt: effect.resolvedAt });
      if (effect.kind === 'decided') decisions.push(effect.decision);
      if (effect.kind === 'span') spans.push(effect.span);
    }
  };
  for (const vote of votes.toSorted(inOrder)) {
    while (nextTickAt(state) < vote.endedAt) take(tick(state, policy));
    take(advance(state, vote, policy));
  }
  while (Number.isFinite(nextTickAt(state))) take(tick(state, policy));
  return { incidents, open: state.incident?.startedAt ?? null, decisions, spans };
};

const live = (arrivals: readonly Arrival[], policy: Policy) => {
  const worker = openLive(policy);
  for (const { vote, arrivesAt } of arrivals.toSorted((a, b) => a.arrivesAt - b.arrivesAt))
    worker.take(vote, arrivesAt);
  return worker.end();
};

const regionsOf = fc.constantFrom(['fra'], ['fra', 'iad', 'sin'], ['ams', 'fra', 'iad', 'sin', 'syd']);
/** Mostly good, in runs, so that incidents come and go; some slow, some very late, some twice. */
const history = regionsOf.chain((regions) =>
  fc.record({
    policy: fc.record({
      regions: fc.constant(regions),
      agree: fc.constantFrom<Policy['agree']>('majority', 'majority', 'any', 'all', 2),
      failuresToOpen: fc.constantFrom(1, 1, 2, 3),
      successesToResolve: fc.constantFrom(1, 2),
    }),
    looks: fc.array(
      fc.record({
        region: fc.constantFrom(...regions),
        word: fc.constantFrom('up', 'up', 'up', 'down', 'down', '504', 'timeout', 'degraded'),
        run: fc.integer({ min: 1, max: 6 }),
        stepMs: fc.constantFrom(170, 2_000, 6_000, 30_000, 290_000),
        lateMs: fc.constantFrom(0, 0, 0, 40, 900, 4_000, 30_000, 600_000, 7_800_000),
        times: fc.constantFrom(1, 1, 1, 2, 5),
      }),
      { minLength: 1, maxLength: 40 },
    ),
    blackout: fc.option(fc.record({ region: fc.constantFrom(...regions), from: fc.nat(40), length: fc.nat(30) })),
  }),
);

const arrivalsOf = ({ looks, blackout }: typeof history extends fc.Arbitrary<infer H> ? H : never): Arrival[] => {
  let at = 0;
  const seen = new Set<string>();
  return looks.flatMap(({ region, word, run, stepMs, lateMs, times }, i) =>
    Array.from({ length: run }, () => {
      at += stepMs;
      const dark =
        blackout !== null && blackout.region === region && i >= blackout.from && i < blackout.from + blackout.length;
      const vote = voteOf(resultOf(`${region}:${word}`, at));
      if (dark || vote === null || seen.has(`${region} ${at}`)) return [];
      seen.add(`${region} ${at}`);
      return Array.from({ length: times }, (_, n) => ({ vote, arrivesAt: vote.endedAt + lateMs + n * 1_300 }));
    }).flat(),
  );
};

test('whatever comes late, twice and out of order, the rows end as an offline reading of the sorted log has them', () => {
  fc.assert(
    fc.property(history, (one) => {
      const policy: Policy = { ...policyFor(one.policy.regions), ...one.policy };
      const arrivals = arrivalsOf(one);
      const unique = [...new Map(arrivals.map(({ vote }) => [`${vote.region} ${vote.at}`, vote])).values()];
      const reference = offline(unique, policy);
      const got = live(arrivals, policy);
      const expected = [
        ...reference.incidents,
        ...(reference.open === null ? [] : [{ startedAt: reference.open, resolvedAt: null }]),
      ];
      const byStart = (a: { startedAt: number }, b: { startedAt: number }): number => a.startedAt - b.startedAt;
      expect(got.rows.toSorted(byStart)).toEqual(expected.toSorted(byStart));
      const ended = got.spans.filter(({ endedAt }) => endedAt !== null);
      const byKey = (a: FailureSpan, b: FailureSpan): number => byStart(a, b) || (a.region < b.region ? -1 : 1);
      expect(ended.toSorted(byKey)).toEqual(reference.spans.toSorted(byKey));
      expect(got.decisions).toEqual(reference.decisions);
      const told = got.alerts.map(({ id, kind }) => `${kind} ${id}`);
      expect(new Set(told).size).toBe(told.length);
      // Late looks wake nobody; but whoever heard that it is down hears that it is over, however that was learnt.
      expect(got.alerts.filter(({ late, kind }) => late && kind === 'opened')).toEqual([]);
      const heard = new Set(told);
      const owed = got.rowsTold.filter(({ id, resolvedAt }) => resolvedAt !== null && !heard.has(`resolved ${id}`));
      expect(owed.filter(({ id }) => heard.has(`opened ${id}`))).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
}, 120_000);

test('who heard that it is down hears that it is over, when that is learnt from looks that come late', () => {
  const policy = policyFor(['fra', 'iad', 'sin']);
  const late = new Set(['fra 140', 'sin 141']);
  const line = [
    ...[10, 100].flatMap((s) => ['fra', 'iad', 'sin'].map((region) => `${s} ${region}:${s === 10 ? 'up' : 'down'}`)),
    ...[130, 160, 190, 220, 250, 280].map((s) => `${s} iad:down`),
    ...['140 fra:up', '141 sin:up', '310 iad:down', '320 fra:up', '330 sin:up', '340 iad:up'],
  ].join(', ');
  const arrivals = votesOf(line).votes.map((vote) => ({
    vote,
    arrivesAt: late.has(`${vote.region} ${vote.at / 1_000}`) ? 290_000 : vote.endedAt,
  }));
  const { alerts } = live(arrivals, policy);
  const count = (kind: string): number => alerts.filter((alert) => alert.kind === kind).length;
  expect([count('opened') > 0, count('opened')]).toEqual([true, count('resolved')]);
});

test('one region’s spool that is drained first wakes nobody: the others’ looks are only not there yet', () => {
  const policy = policyFor(['fra', 'iad', 'sin']);
  const back = 200_000;
  const ups = votesOf('10 fra:up, 10 iad:up, 10 sin:up').votes.map((vote) => ({ vote, arrivesAt: vote.endedAt }));
  const failed = votesOf('30 fra:down, 60 fra:down, 90 fra:down, 120 fra:down, 150 fra:down').votes;
  const well = votesOf(
    '40 iad:up, 50 sin:up, 70 iad:up, 80 sin:up, 100 iad:up, 110 sin:up, 130 iad:up, 140 sin:up',
  ).votes;
  const arrivals = [
    ...ups,
    ...failed.map((vote, i) => ({ vote, arrivesAt: back + i })),
    ...well.map((vote, i) => ({ vote, arrivesAt: back + 1_000 + i })),
  ];
  expect(live(arrivals, policy).alerts).toEqual([]);
});

test('a look in time tells what a late one changed', () => {
  const policy = policyFor(['fra']);
  const { votes } = votesOf('0 fra:up, 30 fra:down, 95 fra:down, 130 fra:down');
  const arrivals = votes.map((vote, i) => ({ vote, arrivesAt: i === 1 ? 100_000 : vote.endedAt }));
  expect(live(arrivals, policy).alerts.map(({ kind }) => kind)).toEqual(['opened']);
  expect(live(arrivals.slice(0, 3), policy).alerts).toEqual([]);
});
