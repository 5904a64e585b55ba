import type { FoldedIncident, History } from './fold.ts';
import { foldBy, joined, type PolicyChange, type PolicyHistory } from './fold-by.ts';
import type { Decision } from './incident.ts';
import { initialState, type MonitorState } from './monitor-state.ts';
import type { FailureSpan } from './observe.ts';
import type { Policy } from './policy.ts';
import { inOrder, type Vote } from './vote.ts';

/** Watching stopped or began, or looks at something else from then on (epoch ms): what was learnt no longer holds. */
export type Reset = Readonly<{ at: number; kind: 'paused' | 'resumed' | 'changed' }>;

export type ReplayedIncident = FoldedIncident & Readonly<{ endReason: 'recovered' | 'paused' | null }>;
export type Replay = Readonly<{
  incidents: readonly ReplayedIncident[];
  spans: readonly FailureSpan[];
  decisions: readonly Decision[];
}>;

/** A pause ends an incident; another URL or method leaves it open. */
const after = (state: MonitorState, { at, kind }: Reset): MonitorState => ({
  ...initialState,
  incident: kind === 'changed' ? state.incident : null,
  from: at,
  until: at,
});

const ended = (incident: FoldedIncident, reset: Reset | undefined): ReplayedIncident => {
  if (incident.resolvedAt !== null) return { ...incident, endReason: 'recovered' };
  if (reset === undefined || reset.kind === 'changed') return { ...incident, endReason: null };
  const resolvedAt = Math.max(reset.at, incident.startedAt);
  return { ...incident, resolvedAt, endKnownAt: reset.at, endReason: 'paused' };
};

/** What ran when watching stopped or turned to something else, ended with that. */
const endedBy = (span: FailureSpan, reset: Reset | undefined): FailureSpan =>
  span.endedAt !== null || reset === undefined
    ? span
    : { ...span, endedAt: Math.max(reset.at, span.lastSeenAt), endKnownAt: reset.at };

export type Log = Readonly<{
  votes: readonly Vote[];
  resets: readonly Reset[];
  /** When the monitor was made (epoch ms): grace is reckoned from there. */
  begins?: number;
  /** When the policy was changed; none: it held all the time. */
  changes?: readonly PolicyChange[];
}>;

/** A log that is judged part by part: what came of it up to `to`, and what goes on. */
export type Replaying = Readonly<{ over: Replay; running: History; to: number }>;

const begun = (state: MonitorState): History => ({
  ...{ state, incidents: [], spans: [], decisions: [], checkpoints: [] },
});
export const beginReplay = ({ begins }: Pick<Log, 'begins'>): Replaying => ({
  over: { incidents: [], spans: [], decisions: [] },
  running: begun({ ...initialState, from: begins ?? 0 }),
  to: Number.NEGATIVE_INFINITY,
});

/** All that is known by now. */
const soFar = ({ over, running }: Replaying, reset?: Reset): Replay => ({
  incidents: [...over.incidents, ...running.incidents.map((incident) => ended(incident, reset))],
  spans: [...over.spans, ...running.spans.map((span) => endedBy(span, reset))],
  decisions: [...over.decisions, ...running.decisions],
});

const goOn = (before: Replaying, votes: readonly Vote[], policies: PolicyHistory, until: number): History => {
  const next = foldBy(before.running.state, votes, policies, until);
  return { ...joined(before.running, next), checkpoints: [] };
};

/** The open one goes on in what comes next. */
const withoutOpen = (replay: Replay, { incident }: MonitorState): Replay =>
  incident === null ? replay : { ...replay, incidents: replay.incidents.slice(0, -1) };

/**
 * Judges the next part of a log: all looks that ended after the last part and by `to` (epoch ms), in any order. What is due
 * by `until` without a look is done.
 */
export const replayPart = (
  before: Replaying,
  log: Omit<Log, 'begins'>,
  policy: Policy,
  { to, until = to }: Readonly<{ to: number; until?: number }>,
): Replaying => {
  const votes = log.votes.toSorted(inOrder);
  const policies = { policy, changes: log.changes ?? [] };
  let now = before;
  const within = log.resets.filter(({ at }) => at > before.to && at <= to).toSorted((a, b) => a.at - b.at);
  for (const reset of within) {
    const part = votes.filter(({ endedAt }) => endedAt > now.to && endedAt <= reset.at);
    const running = goOn(now, part, policies, Math.min(reset.at, until));
    const state = after(running.state, reset);
    const over = withoutOpen(soFar({ ...now, running }, reset), state);
    now = { over, running: begun(state), to: reset.at };
  }
  const rest = votes.filter(({ endedAt }) => endedAt > now.to && endedAt <= to);
  return { ...now, running: goOn(now, rest, policies, until), to };
};

/** What a log came to that was judged part by part. */
export const endReplay = (last: Replaying): Replay => soFar(last);

/**
 * A monitor's history from its log: what the live judgement came to, or, with another policy and no changes of it, what it
 * would have come to. `until` (epoch ms): what is due by then without a look is done.
 */
export const replay = (log: Log, policy: Policy, until: number): Replay =>
  endReplay(replayPart(beginReplay(log), log, policy, { to: Number.POSITIVE_INFINITY, until }));
