import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldBy, type PolicyChange } from './fold-by.ts';
import { arrivalsOf, history } from './histories.fixture.ts';
import { type Arrival, openLive } from './live.fixture.ts';
import { initialState } from './monitor-state.ts';
import type { FailureSpan } from './observe.ts';
import { offline } from './offline.fixture.ts';
import { policyFor, story, votesOf } from './play.fixture.ts';
import type { Policy } from './policy.ts';
import { beginReplay, endReplay, type Reset, replay, replayPart } from './replay.ts';
import { inOrder } from './vote.ts';

const settings = fc.record({
  agree: fc.constantFrom<Policy['agree']>('majority', 'any', 'all', 2),
  failuresToOpen: fc.constantFrom(1, 1, 2, 4),
  successesToResolve: fc.constantFrom(1, 2, 3),
  degradedAfter: fc.constantFrom(1, 3),
  graceMs: fc.constantFrom(0, 0, 60_000),
  intervalMs: fc.constantFrom(30_000, 300_000),
  timeoutMs: fc.constantFrom(1_000, 10_000, 60_000),
});
/** A policy that is changed up to four times while the looks come in. */
const changedHistory = fc.record({
  one: history,
  policies: fc.array(settings, { minLength: 2, maxLength: 5 }),
  moments: fc.array(fc.nat(1_000), { minLength: 4, maxLength: 4 }),
});

type Changed = typeof changedHistory extends fc.Arbitrary<infer C> ? C : never;
const storyOf = ({ one, policies, moments }: Changed) => {
  const all = policies.map((over) => policyFor(one.policy.regions, over));
  const last = all.at(-1) ?? policyFor(one.policy.regions);
  const plain = arrivalsOf(one);
  const length = Math.max(1_000, ...plain.map(({ vote }) => vote.endedAt));
  const ats = moments.toSorted((a, b) => a - b);
  const changes = all
    .slice(0, -1)
    .map((before, i): PolicyChange => ({ before, at: Math.ceil(((ats[i] ?? 0) * length) / 1_000) + i }));
  const policyAt = (moment: number): Policy => changes.find(({ at }) => moment <= at)?.before ?? last;
  /** A look without an answer lasts as long as the timeout that held as it began. */
  const waited = ({ vote, arrivesAt }: Arrival): Arrival => {
    if (vote.failure?.kind !== 'timeout') return { vote, arrivesAt };
    const endedAt = vote.startedAt + policyAt(vote.startedAt).timeoutMs;
    return { vote: { ...vote, endedAt }, arrivesAt: arrivesAt + endedAt - vote.endedAt };
  };
  const arrivals = plain.map(waited).toSorted((a, b) => a.arrivesAt - b.arrivesAt);
  const unique = [...new Map(arrivals.map(({ vote }) => [`${vote.region} ${vote.at}`, vote])).values()];
  return { arrivals, votes: unique.toSorted(inOrder), last, changes, policyAt };
};

const byKey = (a: FailureSpan, b: FailureSpan): number => a.startedAt - b.startedAt || (a.region < b.region ? -1 : 1);
const bounds = (rows: readonly Readonly<{ startedAt: number; resolvedAt: number | null }>[]) =>
  rows
    .map(({ startedAt, resolvedAt }) => ({ startedAt, resolvedAt }))
    .toSorted((a, b) => a.startedAt - b.startedAt || (a.resolvedAt ?? Infinity) - (b.resolvedAt ?? Infinity));

test('with a policy that is changed on the way, live and replayed come to what the sorted log comes to, each look by the policy of its time', () => {
  fc.assert(
    fc.property(changedHistory, (one) => {
      const { arrivals, votes, last, changes, policyAt } = storyOf(one);
      const { incidents, open, spans, running, decisions } = offline(votes, policyAt);
      const seen = [...spans, ...running].toSorted(byKey);
      const expected = bounds([...incidents, ...(open === null ? [] : [{ startedAt: open, resolvedAt: null }])]);

      const again = replay({ votes, resets: [], changes }, last, 10 ** 15);
      expect(bounds(again.incidents)).toEqual(expected);
      expect(again.spans.toSorted(byKey)).toEqual(seen);
      expect(again.decisions).toEqual(decisions);

      const worker = openLive(last, changes);
      for (const { vote, arrivesAt } of arrivals) worker.take(vote, arrivesAt);
      const live = worker.end();
      expect(bounds(live.rows)).toEqual(expected);
      expect(live.spans.toSorted(byKey)).toEqual(seen);
      expect(live.decisions).toEqual(decisions);
    }),
    { numRuns: 5_000 },
  );
}, 120_000);

const edges = fc.array(fc.nat(1_000), { maxLength: 6 });
const kinds = fc.array(fc.constantFrom<Reset['kind']>('changed', 'paused', 'resumed'), { maxLength: 3 });
test('a log that is judged part by part comes to what the whole of it comes to', () => {
  fc.assert(
    fc.property(changedHistory, edges, kinds, edges, (one, parts, resetKinds, resetAts) => {
      const { votes, last, changes } = storyOf(one);
      const length = Math.max(1_000, ...votes.map(({ endedAt }) => endedAt));
      const momentOf = (share: number | undefined): number => Math.ceil(((share ?? 0) * length) / 1_000);
      const resets = resetKinds.map((kind, i): Reset => ({ kind, at: momentOf(resetAts[i]) }));
      const log = { votes, resets, changes };
      let now = beginReplay({});
      for (const to of parts.map(momentOf).toSorted((a, b) => a - b)) {
        const part = votes.filter(({ endedAt }) => endedAt > now.to && endedAt <= to);
        now = replayPart(now, { ...log, votes: part }, last, { to });
      }
      const rest = votes.filter(({ endedAt }) => endedAt > now.to);
      const end = { to: Number.POSITIVE_INFINITY, until: 10 ** 15 };
      const got = endReplay(replayPart(now, { ...log, votes: rest }, last, end));
      expect(got).toEqual(replay(log, last, 10 ** 15));
    }),
    { numRuns: 2_000 },
  );
}, 120_000);

test('a look that ended just after a change is judged by what holds since, though no deadline has passed by then', () => {
  const before = policyFor(['fra'], { failuresToOpen: 1 });
  const policies = { policy: policyFor(['fra'], { failuresToOpen: 2 }), changes: [{ at: 29_900, before }] };
  const { votes } = votesOf('0 fra:up, 30 fra:down');
  expect(story(foldBy(initialState, votes, policies, 29_500))).toBe('');
  expect(story(foldBy(initialState, votes, { ...policies, changes: [{ at: 30_100, before }] }, 29_500))).toBe(
    'opened@30',
  );
});
