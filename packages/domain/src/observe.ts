import { type Failure, failureCode } from './check-result.ts';
import type { RegionState } from './monitor-state.ts';
import type { Vote } from './vote.ts';

/** One unbroken run of the same failure in one region; (region, startedAt) names it. `endedAt`: the first other look. */
export type FailureSpan = Readonly<{
  region: string;
  startedAt: number;
  lastSeenAt: number;
  endedAt: number | null;
  /** When its end became known: the end of that look. */
  endKnownAt: number | null;
  failure: Failure;
}>;

/** The span that is running in a region; null while it is up. */
export const runningSpan = (region: string, { span }: RegionState): FailureSpan | null =>
  span === null
    ? null
    : {
        region,
        startedAt: span.since,
        lastSeenAt: span.lastSeenAt,
        endedAt: null,
        endKnownAt: null,
        failure: span.failure,
      };

const same = (a: Failure, b: Failure): boolean => failureCode(a) === failureCode(b);

type Span = NonNullable<RegionState['span']>;
const longer = (span: Span, at: number): Span => ({
  ...span,
  since: Math.min(span.since, at),
  lastSeenAt: Math.max(span.lastSeenAt, at),
});

const streakOf = (before: RegionState | undefined, { verdict }: Vote, inIncident: boolean): number => {
  if (verdict === 'up' && !inIncident) return 0;
  return before?.verdict === verdict ? before.streak + 1 : 1;
};

/** Folds one vote into what is known of its region, and answers the span that it ended. */
export const observe = (
  before: RegionState | undefined,
  vote: Vote,
  inIncident: boolean,
): readonly [RegionState, FailureSpan | null] => {
  const { region, at, verdict, failure, degraded } = vote;
  const goesOn = before?.verdict === verdict;
  const running = before?.span ?? null;
  const spanGoesOn = running !== null && failure !== null && same(running.failure, failure);
  const next: RegionState = {
    verdict,
    streak: streakOf(before, vote, inIncident),
    since: goesOn ? Math.min(before.since, at) : at, // looks of one region may overlap
    refutedAt: goesOn ? before.refutedAt : null,
    newest: goesOn ? Math.max(before.newest, at) : at,
    slow: degraded ? (before?.slow ?? 0) + 1 : 0,
    cause: goesOn ? before.cause : failure,
    span: failure === null ? null : spanGoesOn ? longer(running, at) : { failure, since: at, lastSeenAt: at },
  };
  const ended = before === undefined || spanGoesOn ? null : runningSpan(region, before);
  return [next, ended && { ...ended, endedAt: Math.max(at, ended.lastSeenAt), endKnownAt: vote.endedAt }];
};
