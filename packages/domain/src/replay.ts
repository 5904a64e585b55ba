import type { FoldedIncident } from './fold.ts';
import { foldBy, type PolicyChange } from './fold-by.ts';
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

/**
 * A monitor's history from its log: what the live judgement came to, or, with another policy and no changes of it, what it
 * would have come to. `until` (epoch ms): what is due by then without a look is done.
 */
export const replay = (log: Log, policy: Policy, until: number): Replay => {
  const votes = log.votes.toSorted(inOrder);
  const resets = log.resets.toSorted((a, b) => a.at - b.at);
  let state: MonitorState = { ...initialState, from: log.begins ?? 0 };
  const incidents: ReplayedIncident[] = [];
  const spans: FailureSpan[] = [];
  const decisions: Decision[] = [];
  for (const [i, reset] of [...resets, undefined].entries()) {
    const from = i === 0 ? Number.NEGATIVE_INFINITY : state.until;
    const to = reset?.at ?? Number.POSITIVE_INFINITY;
    const part = votes.filter(({ endedAt }) => endedAt > from && endedAt <= to);
    const history = foldBy(state, part, { policy, changes: log.changes ?? [] }, Math.min(to, until));
    if (state.incident !== null) incidents.pop(); // it goes on
    incidents.push(...history.incidents.map((incident) => ended(incident, reset)));
    spans.push(...history.spans.map((span) => endedBy(span, reset)));
    decisions.push(...history.decisions);
    state = reset === undefined ? history.state : after(history.state, reset);
  }
  return { incidents, spans, decisions };
};
