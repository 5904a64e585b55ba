import type { FoldedIncident } from './fold.ts';
import { isCalm, type MonitorState } from './monitor-state.ts';
import type { Policy } from './policy.ts';
import type { Vote } from './vote.ts';

/**
 * Looks reach the log out of order by about so much as a rule: batches wait for company, workers overtake each other, and
 * a transaction that is not committed yet can't be read. Whatever is judged is judged anew from so long before.
 */
export const reorderMs = 10_000;

/** A look that ended so long before the newest one is late: it tells nobody anything. */
export const lateAfterMs = 60_000;

/**
 * The newest of these states that knows nothing of `from` and what came after; null when none is old enough: then it is
 * too late to judge. States may come in any order.
 */
export const startBefore = (checkpoints: readonly MonitorState[], from: number): MonitorState | null =>
  checkpoints
    .filter(({ until }) => until < from - reorderMs)
    .reduce<MonitorState | null>((best, one) => (best === null || one.until > best.until ? one : best), null);

/**
 * The looks that ended after this moment are folded into such a state. After a calm one nothing before `from` matters but
 * looks that were still under way then: what failed in between would have left a newer state.
 */
export const readAfter = (start: MonitorState, from: number, policy: Policy): number =>
  isCalm(start, policy) ? Math.max(start.until, from - policy.timeoutMs - reorderMs - 1) : start.until;

/**
 * Whether new looks are among the newest there are. Late ones enter the log, may move what is known of the past, and
 * alert nobody: the next look in time tells what they changed, if it is still so.
 */
export const isTimely = (looks: readonly Vote[], newestAt: number): boolean =>
  looks.some(({ endedAt }) => endedAt >= newestAt - lateAfterMs);

/** An incident as it is stored, whose end is not known or was not known where the fold began. `told`, `endTold`: whether people were to hear of its beginning and end. */
export type StoredIncident = Readonly<{
  id: string;
  startedAt: number;
  resolvedAt: number | null;
  told: boolean;
  endTold: boolean;
}>;

export type Amendment<S extends StoredIncident> = Readonly<{
  /** Each incident of the history, with the stored one that it is; null = it is new. */
  incidents: readonly Readonly<{ incident: FoldedIncident; stored: S | null }>[];
  /** Later looks showed that these were none. */
  withdrawn: readonly S[];
}>;

type Lasts = Readonly<{ startedAt: number; resolvedAt: number | null }>;
const end = ({ resolvedAt }: Lasts): number => resolvedAt ?? Number.POSITIVE_INFINITY;
const meet = (a: Lasts, b: Lasts): boolean => a.startedAt <= end(b) && b.startedAt <= end(a);

/** One whose end people have heard is not opened again: what goes on then is a new one. */
const mayBe = (incident: FoldedIncident, stored: StoredIncident): boolean =>
  meet(incident, stored) && !(stored.endTold && incident.resolvedAt === null);

/** Which of the stored incidents the history's are: the one that is open goes on, else the one that began nearest. */
export const amend = <S extends StoredIncident>(
  history: readonly FoldedIncident[],
  stored: readonly S[],
): Amendment<S> => {
  const left = new Set(stored);
  const nearest = (incident: FoldedIncident): S | null => {
    const distance = (one: S): number => Math.abs(one.startedAt - incident.startedAt);
    const same = [...left].filter((one) => mayBe(incident, one));
    const open = same.find(({ resolvedAt }) => resolvedAt === null && incident.resolvedAt === null);
    return open ?? same.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
  };
  const incidents = history.map((incident) => {
    const found = nearest(incident);
    if (found !== null) left.delete(found);
    return { incident, stored: found };
  });
  return { incidents, withdrawn: [...left] };
};
