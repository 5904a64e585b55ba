import { type CheckResult, type Failure, failureCode } from './check-result.ts';
import type { Policy, RegionState } from './monitor-state.ts';

/** A change to the record of failure spans; (region, startedAt) names a span. */
export type SpanEffect =
  | Readonly<{
      kind: 'span';
      region: string;
      startedAt: number;
      lastSeenAt: number;
      endedAt: number | null;
      failure: Failure;
    }>
  | Readonly<{ kind: 'span-moved'; region: string; from: number; startedAt: number }>;

/** A check that has a vote: up or degraded says up, down says down. */
export type Vote = Readonly<{ region: string; at: number; verdict: 'up' | 'down'; failure: Failure | null }>;

/** Null for a look that saw nothing (`inconclusive`, `missed`). */
export const voteOf = ({ region, scheduledAt, outcome }: CheckResult): Vote | null => {
  switch (outcome.verdict) {
    case 'up':
    case 'degraded':
      return { region, at: scheduledAt, verdict: 'up', failure: null };
    case 'down':
      return { region, at: scheduledAt, verdict: 'down', failure: outcome.failure };
    case 'inconclusive':
    case 'missed':
      return null;
  }
};

type Observed = readonly [RegionState, readonly SpanEffect[]];
const same = (a: Failure, b: Failure): boolean => failureCode(a) === failureCode(b);

/** A vote newer than all before it. */
const append = (before: RegionState | undefined, { region, at, verdict, failure }: Vote): Observed => {
  const goesOn = before?.verdict === verdict;
  const running = before?.span ?? null;
  const spanGoesOn = running !== null && failure !== null && same(running.failure, failure);
  const spanSince = spanGoesOn ? running.since : at;
  const next: RegionState = {
    verdict,
    streak: goesOn ? before.streak + 1 : 1,
    since: goesOn ? before.since : at,
    newest: at,
    before: goesOn ? before.before : (before?.newest ?? null),
    cause: goesOn ? before.cause : failure,
    span: failure === null ? null : { failure, since: spanSince },
  };
  const effects: SpanEffect[] = [];
  if (before !== undefined && running !== null && !spanGoesOn) {
    const { failure: ended, since: startedAt } = running;
    effects.push({ kind: 'span', region, startedAt, lastSeenAt: before.newest, endedAt: at, failure: ended });
  }
  if (failure !== null) {
    effects.push({ kind: 'span', region, startedAt: spanSince, lastSeenAt: at, endedAt: null, failure });
  }
  return [next, effects];
};

/** How much older than a streak's start a late result may be and still belong to it: one slot, one look, and slack. */
const reach = ({ intervalMs, timeoutMs }: Policy): number => intervalMs + timeoutMs + 5_000;

/** A late vote that lengthens the running streak at its beginning; null when it says nothing new about it. */
const prepend = (before: RegionState, { region, at, verdict, failure }: Vote, policy: Policy): Observed | null => {
  const { since, streak, span } = before;
  const belongs = verdict === before.verdict && at < since && (before.before === null || at > before.before);
  if (!belongs || since - at > reach(policy)) return null;
  const next: RegionState = { ...before, since: at, streak: streak + 1, cause: failure };
  if (failure === null || span === null) return [next, []];
  if (span.since === since && same(span.failure, failure)) {
    const moved = { kind: 'span-moved', region, from: since, startedAt: at } as const;
    return [{ ...next, span: { ...span, since: at } }, [moved]];
  }
  return [next, [{ kind: 'span', region, startedAt: at, lastSeenAt: at, endedAt: since, failure }]];
};

/** Folds one vote into what is known of its region. Null = a repetition, or too late to matter. */
export const observe = (before: RegionState | undefined, vote: Vote, policy: Policy): Observed | null => {
  if (before === undefined || vote.at > before.newest) return append(before, vote);
  return prepend(before, vote, policy);
};
