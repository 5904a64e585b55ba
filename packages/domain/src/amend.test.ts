import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivalsOf, history } from './histories.fixture.ts';
import { type Arrival, openLive } from './live.fixture.ts';
import type { FailureSpan } from './observe.ts';
import { offline } from './offline.fixture.ts';
import { policyFor, votesOf } from './play.fixture.ts';
import type { Policy } from './policy.ts';

const live = (arrivals: readonly Arrival[], policy: Policy) => {
  const worker = openLive(policy);
  for (const { vote, arrivesAt } of arrivals.toSorted((a, b) => a.arrivesAt - b.arrivesAt))
    worker.take(vote, arrivesAt);
  return worker.end();
};

test('whatever comes late, twice and out of order, the rows end as an offline reading of the sorted log has them', () => {
  fc.assert(
    fc.property(history, (one) => {
      const policy: Policy = { ...policyFor(one.policy.regions), ...one.policy };
      const arrivals = arrivalsOf(one);
      const unique = [...new Map(arrivals.map(({ vote }) => [`${vote.region} ${vote.at}`, vote])).values()];
      const reference = offline(unique, () => policy);
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
