import type { Failure } from './check-result.ts';

/** What the judgement remembers of one region. Moments are a check's `scheduledAt`. */
export type RegionState = Readonly<{
  verdict: 'up' | 'down';
  /** Checks in a row with this verdict. */
  streak: number;
  /** First check of the streak. */
  since: number;
  /** Newest check seen. */
  newest: number;
  /** Newest check of the streak before this one; null when there was none. */
  before: number | null;
  /** While down: what the first check of the streak saw. */
  cause: Failure | null;
  /** While down: the latest failure and the first check of its unbroken run. */
  span: Readonly<{ failure: Failure; since: number }> | null;
}>;

/** A question put to the other regions, or to the only one again: is it down too, is it up again too? */
export type Confirmation = Readonly<{
  question: 'down' | 'up';
  /** The region whose check raised the question, and that check's `scheduledAt`. */
  region: string;
  at: number;
  /** A check from here on is an answer; no answer counts after the deadline. */
  askedAt: number;
  deadlineAt: number;
  /** 2 = nobody else answered, so everybody was asked once more; then the raising region decides by its streak. */
  round: 1 | 2;
}>;

export type MonitorState = Readonly<{
  regions: Readonly<Record<string, RegionState>>;
  incident: Readonly<{ startedAt: number }> | null;
  confirmation: Confirmation | null;
  /** Checks scheduled before this moment looked at something else (another URL, or before a pause) and have no vote. */
  from?: number;
}>;

export const initialState: MonitorState = { regions: {}, incident: null, confirmation: null };

/** What it takes to change the judgement. One region alone goes by streaks, several by majority. */
export type Policy = Readonly<{
  regions: readonly string[];
  failuresToOpen: number;
  successesToResolve: number;
  intervalMs: number;
  timeoutMs: number;
}>;

export const defaultStreaks = { failuresToOpen: 2, successesToResolve: 2 } as const;

/** Nothing is going on: one more good result changes nothing, so such a monitor needs no lock. */
export const isSettled = ({ regions, incident, confirmation }: MonitorState, policy: Policy): boolean =>
  incident === null && confirmation === null && policy.regions.every((region) => regions[region]?.verdict === 'up');

/** The word shown for a monitor that is not paused. A failure that is not yet an incident leaves it as it was. */
export const statusOf = ({ regions, incident }: MonitorState): 'pending' | 'up' | 'down' => {
  if (incident !== null) return 'down';
  const everUp = ({ verdict, before }: RegionState): boolean => verdict === 'up' || before !== null;
  return Object.values(regions).some(everUp) ? 'up' : 'pending';
};
