import { advance, type Decision, type Effect, type Step, tick } from './incident.ts';
import { isCalm, type MonitorState, nextTickAt, type OpenIncident, settle } from './monitor-state.ts';
import { type FailureSpan, runningSpan } from './observe.ts';
import type { Policy } from './policy.ts';
import type { Vote } from './vote.ts';

/** `endKnownAt`: the end of the look, or the deadline, by which the end was decided. */
export type FoldedIncident = OpenIncident & Readonly<{ resolvedAt: number | null; endKnownAt: number | null }>;

/** A stretch of a monitor's history: what a fold of its log came to. */
export type History = Readonly<{
  state: MonitorState;
  /** The one that was open at the beginning included; only the last can be open. */
  incidents: readonly FoldedIncident[];
  /** Those that ran at the beginning included. */
  spans: readonly FailureSpan[];
  decisions: readonly Decision[];
  /** States on the way, from which a later fold may begin: every look that ended by `until` is in them. */
  checkpoints: readonly MonitorState[];
}>;

/** A restless monitor's states are kept this often: so much of its log is folded again at most. */
export const checkpointEveryMs = 60_000;

const spanKey = ({ region, startedAt }: FailureSpan): string => `${startedAt} ${region}`;

const open = { resolvedAt: null, endKnownAt: null };

/** Collects what the steps did. */
const historian = (start: MonitorState) => {
  const incidents: FoldedIncident[] = start.incident === null ? [] : [{ ...start.incident, ...open }];
  const spans = new Map<string, FailureSpan>();
  const decisions: Decision[] = [];
  const take = (effect: Effect): void => {
    const last = incidents.at(-1);
    switch (effect.kind) {
      case 'span':
        spans.set(spanKey(effect.span), effect.span);
        return;
      case 'opened': {
        const { startedAt, cause, regions } = effect;
        incidents.push({ startedAt, cause, regions, ...open });
        return;
      }
      case 'resolved':
        if (last !== undefined)
          incidents[incidents.length - 1] = { ...last, resolvedAt: effect.resolvedAt, endKnownAt: effect.knownAt };
        return;
      case 'decided':
        decisions.push(effect.decision);
        return;
    }
  };
  const running = (state: MonitorState): readonly FailureSpan[] =>
    Object.entries(state.regions).flatMap(([name, region]) => runningSpan(name, region) ?? []);
  return {
    take,
    told: (state: MonitorState) => {
      for (const span of running(state)) spans.set(spanKey(span), span);
      const inTime = (a: FailureSpan, b: FailureSpan): number => (spanKey(a) < spanKey(b) ? -1 : 1);
      return { incidents, spans: [...spans.values()].toSorted(inTime), decisions };
    },
  };
};

/**
 * Folds votes into a state, in order, and does in between what is due though no look comes, up to `until` (epoch ms).
 * The same votes give the same history, whether at once or, from a checkpoint on, again.
 */
export const fold = (start: MonitorState, votes: readonly Vote[], policy: Policy, until: number): History => {
  const book = historian(start);
  const checkpoints: MonitorState[] = [];
  let state = start;
  let keptAt = start.until;
  let wasCalm = isCalm(start, policy);
  const step = ([next, effects]: Step): void => {
    state = next;
    for (const effect of effects) book.take(effect);
  };
  const keep = (): void => {
    if (nextTickAt(state) <= state.until) return; // something is still to be done at this very moment
    const calm = isCalm(state, policy);
    const due = calm !== wasCalm || state.until - keptAt >= checkpointEveryMs;
    wasCalm = calm;
    if (!due) return;
    state = settle(state, policy);
    checkpoints.push(state);
    keptAt = state.until;
  };
  const pass = (to: number): void => {
    while (nextTickAt(state) <= to) {
      keep();
      step(tick(state, policy));
    }
  };
  for (const vote of votes) {
    pass(vote.endedAt - 1);
    if (vote.endedAt > state.until) keep(); // not between looks that ended together
    step(advance(state, vote, policy));
  }
  pass(until);
  const told = book.told(state);
  keep();
  state = settle(state, policy);
  return { state, ...told, checkpoints };
};
