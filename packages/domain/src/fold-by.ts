import { fold, type History } from './fold.ts';
import type { MonitorState } from './monitor-state.ts';
import type { FailureSpan } from './observe.ts';
import type { Policy } from './policy.ts';
import type { Vote } from './vote.ts';

/** At a moment (epoch ms) another policy took the place of `before`. */
export type PolicyChange = Readonly<{ at: number; before: Policy }>;
/** A policy, and what it took the place of, in any order. */
export type PolicyHistory = Readonly<{ policy: Policy; changes: readonly PolicyChange[] }>;

type Piece = Readonly<{ policy: Policy; from: number; until: number }>;

/** The stretches of (from, until] that were judged by one policy each, oldest first. */
const piecesOf = ({ policy, changes }: PolicyHistory, from: number, until: number): readonly Piece[] => {
  const within = changes.filter(({ at }) => at > from && at < until).toSorted((a, b) => a.at - b.at);
  // What was changed at or after the end says what held until then.
  const later = changes.filter(({ at }) => at >= until).toSorted((a, b) => a.at - b.at)[0];
  const edges = [from, ...within.map(({ at }) => at), until];
  return edges.slice(0, -1).map((edge, i) => ({
    policy: within[i]?.before ?? later?.before ?? policy,
    from: edge,
    until: edges[i + 1] ?? until,
  }));
};

const keyOf = ({ region, startedAt }: FailureSpan): string => `${startedAt} ${region}`;

/** One history after the other: what ran where the second began goes on in it. */
export const joined = (first: History, second: History): History => {
  // Those that ran stand in the second one, perhaps with an earlier beginning: looks of one region may overlap.
  const over = first.spans.filter(({ endedAt }) => endedAt !== null);
  const spans = new Map([...over, ...second.spans].map((span) => [keyOf(span), span]));
  return {
    state: second.state,
    incidents: [
      ...(first.state.incident === null ? first.incidents : first.incidents.slice(0, -1)),
      ...second.incidents,
    ],
    spans: [...spans.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    decisions: [...first.decisions, ...second.decisions],
    checkpoints: [...first.checkpoints, ...second.checkpoints],
  };
};

/**
 * `fold`, each look and each deadline by the policy of its time. `votes` in order; those after `until` are judged too, as
 * `fold` does.
 */
export const foldBy = (
  start: MonitorState,
  votes: readonly Vote[],
  policies: PolicyHistory,
  until: number,
): History => {
  const end = Math.max(until, start.until, votes.at(-1)?.endedAt ?? until);
  const [first, ...rest] = piecesOf(policies, start.until, end);
  if (first === undefined || rest.length === 0) return fold(start, votes, first?.policy ?? policies.policy, until);
  const early = votes.filter(({ endedAt }) => endedAt <= first.until);
  let history = fold(start, early, first.policy, first.until);
  for (const [i, piece] of rest.entries()) {
    const last = i === rest.length - 1;
    const own = votes.filter(({ endedAt }) => endedAt > piece.from && (last || endedAt <= piece.until));
    history = joined(history, fold(history.state, own, piece.policy, last ? until : piece.until));
  }
  return history;
};
