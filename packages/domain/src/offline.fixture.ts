import { advance, type Decision, tick } from './incident.ts';
import { initialState, type MonitorState, nextTickAt } from './monitor-state.ts';
import { type FailureSpan, runningSpan } from './observe.ts';
import type { Policy } from './policy.ts';
import { inOrder, type Vote } from './vote.ts';

/**
 * For tests: the log read offline, every look in order, one after the other, without checkpoints and without a calm state;
 * each look and each deadline by the policy of its moment.
 */
export const offline = (votes: readonly Vote[], policyAt: (at: number) => Policy) => {
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
    while (nextTickAt(state) < vote.endedAt) take(tick(state, policyAt(nextTickAt(state))));
    take(advance(state, vote, policyAt(vote.endedAt)));
  }
  while (Number.isFinite(nextTickAt(state))) take(tick(state, policyAt(nextTickAt(state))));
  const running = Object.entries(state.regions).flatMap(([name, region]) => runningSpan(name, region) ?? []);
  return { incidents, open: state.incident?.startedAt ?? null, decisions, spans, running };
};
