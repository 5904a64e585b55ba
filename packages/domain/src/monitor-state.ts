import type { Failure } from './check-result.ts';
import { flapping, type Policy } from './policy.ts';

/** What the judgement remembers of one region. Moments are a check's `scheduledAt`. */
export type RegionState = Readonly<{
  verdict: 'up' | 'down';
  /** Failures in a row; of good looks those in a row since the incident opened, none while there is no incident. */
  streak: number;
  /** First check of the run of this verdict. */
  since: number;
  /** While down: when the others saw it well, so that this run began as the region's own trouble; null = they never did. */
  refutedAt: number | null;
  /** Newest check seen. */
  newest: number;
  /** Degraded looks in a row. */
  slow: number;
  /** While down: what the first check of the run saw. */
  cause: Failure | null;
  /** While down: the latest failure, and the first and last check of its unbroken run. */
  span: Readonly<{ failure: Failure; since: number; lastSeenAt: number }> | null;
}>;

/** A look that somebody should take out of turn, not before `at`. */
export type Ask = Readonly<{ region: string; at: number }>;

/** A question put to the other regions, or to the only one again: is it down too, is it up again too? */
export type Confirmation = Readonly<{
  question: 'down' | 'up';
  /** The region whose check raised the question, and that check's `scheduledAt`. */
  region: string;
  at: number;
  /** A check scheduled from here on is an answer; none counts that ends after the deadline. */
  askedAt: number;
  deadlineAt: number;
  /** Failures in a row that a region must have seen to agree: one more than usual once some other saw it well. */
  needs: number;
  /** Enough agree; by then it is acted upon, unless somebody who has not answered yet contradicts. Null: not enough do. */
  actAt: number | null;
  /** 2 = nobody else answered, so everybody was asked once more; then the raising region decides by its streak. */
  round: 1 | 2;
  asks: readonly Ask[];
}>;

export type OpenIncident = Readonly<{ startedAt: number; cause: Failure; regions: readonly string[] }>;

/** What is remembered of a monitor. A pure fold of its log: the same looks give the same state. */
export type MonitorState = Readonly<{
  regions: Readonly<Record<string, RegionState>>;
  incident: OpenIncident | null;
  /** When the newest incident ended; the next one can't have begun before. */
  endedAt: number;
  confirmation: Confirmation | null;
  /** Whether any look was ever good. */
  seenUp: boolean;
  degradedSince: number | null;
  /** When incidents opened and ended lately, and since when that is more than may be. */
  changes: readonly number[];
  flappingSince: number | null;
  /** Checks scheduled before this moment looked at something else (another URL, or before a pause) and have no vote. */
  from: number;
  /** The end of the last look, or the deadline, that is folded in. */
  until: number;
}>;

export const initialState: MonitorState = {
  regions: {},
  incident: null,
  endedAt: 0,
  confirmation: null,
  seenUp: false,
  degradedSince: null,
  changes: [],
  flappingSince: null,
  from: 0,
  until: 0,
};

/** Nothing is going on: one more good look changes nothing, so such a monitor needs no lock. */
export const isCalm = (state: MonitorState, { regions }: Policy): boolean => {
  const { incident, confirmation, flappingSince, degradedSince, seenUp } = state;
  if (incident !== null || confirmation !== null || flappingSince !== null || degradedSince !== null) return false;
  return seenUp && regions.every((name) => isWell(state.regions[name]));
};
const isWell = (region: RegionState | undefined): boolean =>
  region === undefined || (region.verdict === 'up' && region.slow === 0);

/**
 * A calm state without what no longer matters: calm is calm whatever came before, so a fold may begin at any moment that
 * was calm, without the looks that led there.
 */
export const settle = (state: MonitorState, policy: Policy): MonitorState =>
  isCalm(state, policy) ? { ...state, regions: {}, changes: recent(state.changes, state.until) } : state;

/** Of these moments, those that still count towards flapping at `at`. */
export const recent = (changes: readonly number[], at: number): readonly number[] =>
  changes.filter((change) => change > at - flapping.withinMs);

export type JudgedStatus = 'pending' | 'up' | 'degraded' | 'down' | 'flapping';
/** The word shown for a monitor that is not paused. A failure that is not yet an incident leaves it as it was. */
export const statusOf = ({ incident, seenUp, degradedSince, flappingSince }: MonitorState): JudgedStatus => {
  if (flappingSince !== null) return 'flapping';
  if (incident !== null) return 'down';
  if (degradedSince !== null) return 'degraded';
  return seenUp ? 'up' : 'pending';
};

/** The next moment at which something is decided though no look comes; infinity when there is none. */
export const nextTickAt = ({ confirmation, flappingSince, changes }: MonitorState): number =>
  Math.min(
    confirmation?.deadlineAt ?? Number.POSITIVE_INFINITY,
    confirmation?.actAt ?? Number.POSITIVE_INFINITY,
    flappingSince === null ? Number.POSITIVE_INFINITY : (changes.at(-1) ?? flappingSince) + flapping.withinMs,
  );
