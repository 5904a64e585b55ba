import type { Maintained } from './maintenance.ts';
import { answerSlackMs } from './tally.ts';

/** An ancestor of a monitor as it is now; `depth` 1 = a parent, 2 = a parent's parent. */
export type AncestorSeen = Readonly<{
  monitorId: string;
  depth: number;
  timeoutMs: number;
  /** Its open incident. */
  incidentId: string | null;
  /** A region sees it fail, or others are being asked: it may be down in a moment. */
  failing: boolean;
}>;

/** What an incident is part of. `endedAt` (epoch ms): that was over then. */
export type AttachmentSeen = Readonly<{
  parentIncidentId: string;
  because: 'parent' | 'host' | 'address' | 'certificate' | 'name-server';
  endedAt: number | null;
  /** The other incident is still open. */
  open: boolean;
  /** Nothing is told of the other one itself, so it can't speak for this one. */
  silent: boolean;
}>;

/** What is looked at before something is told of an open incident. Moments are epoch ms. */
export type Surroundings = Readonly<{
  now: number;
  openedAt: number;
  /** Its monitor's. */
  intervalMs: number;
  timeoutMs: number;
  /** The newest check that saw it fail, by `scheduledAt`; null = not known. */
  failedAt: number | null;
  /** Somebody was told, or was to be told, that it opened. */
  told: boolean;
  maintenance: readonly Maintained[];
  ancestors: readonly AncestorSeen[];
  attachment: AttachmentSeen | null;
}>;

export type HoldReason = 'maintenance' | 'parent-suspected' | 'parent-down' | 'settling' | 'shared-cause';
export type Silence =
  | Readonly<{ kind: 'tell' }>
  /** Nothing before `until`; then it is asked again. */
  | Readonly<{ kind: 'hold'; for: HoldReason; until: number; windowId: string | null; ancestor: AncestorSeen | null }>;

/** What ends without a moment of its own wakes whoever waits for it; should that be lost, they look again after this. */
const lookAgainMs = 60_000;
/** A child that opened no longer ago than this before its parent is the parent's, although it was told. */
export const shortlyBeforeMs = 60_000;
/** While something is about to be known, it is looked at this often. */
const soonMs = 1_000;
/** When the other one is over, this one gets a look of its own first: at most so much of its interval is waited for. */
const longestSettleMs = 30_000;

const hold = (
  reason: HoldReason,
  until: number,
  more: Readonly<{ windowId?: string; ancestor?: AncestorSeen }> = {},
): Silence => ({
  kind: 'hold',
  for: reason,
  until,
  windowId: more.windowId ?? null,
  ancestor: more.ancestor ?? null,
});

/** The nearest ancestor that is down. */
export const downAncestor = (ancestors: readonly AncestorSeen[]): AncestorSeen | null =>
  ancestors.filter(({ incidentId }) => incidentId !== null).toSorted((a, b) => a.depth - b.depth)[0] ?? null;

/** An ancestor may turn out to be down: that is waited for as long as its own confirmation may take, and not longer. */
const suspected = ({ ancestors, openedAt, now }: Surroundings): Silence | null => {
  const [slowest] = ancestors.filter(({ failing }) => failing).toSorted((a, b) => b.timeoutMs - a.timeoutMs);
  if (slowest === undefined) return null;
  const until = openedAt + slowest.timeoutMs + answerSlackMs;
  return now < until ? hold('parent-suspected', Math.min(until, now + soonMs), { ancestor: slowest }) : null;
};

/** So long after the other one is over a check of this one is waited for, in ms. */
export const settleMsOf = ({ intervalMs, timeoutMs }: Pick<Surroundings, 'intervalMs' | 'timeoutMs'>): number =>
  Math.min(intervalMs, longestSettleMs) + timeoutMs + answerSlackMs;

/** The other one is over. A check of this one that was made after it and failed shows that it is down by itself. */
const settling = ({ attachment, failedAt, intervalMs, timeoutMs, now }: Surroundings): Silence | null => {
  const endedAt = attachment?.endedAt ?? null;
  if (endedAt === null || (failedAt !== null && failedAt > endedAt)) return null;
  const until = endedAt + settleMsOf({ intervalMs, timeoutMs });
  return now < until ? hold('settling', Math.min(until, now + soonMs)) : null;
};

/**
 * Whether people may hear of an open incident now. Planned work, and an ancestor that is down, are silence; an incident
 * that shares its cause with another one is told once and then leaves the rest to that one.
 */
export const silenceOf = (seen: Surroundings): Silence => {
  const [window] = seen.maintenance;
  if (window !== undefined) return hold('maintenance', window.until, { windowId: window.windowId });
  const ancestor = downAncestor(seen.ancestors);
  if (ancestor !== null) return hold('parent-down', seen.now + lookAgainMs, { ancestor });
  const waits = (seen.told ? null : suspected(seen)) ?? settling(seen);
  if (waits !== null) return waits;
  const { attachment } = seen;
  const speaks = attachment !== null && attachment.because !== 'parent' && attachment.open && !attachment.silent;
  return speaks && seen.told ? hold('shared-cause', seen.now + lookAgainMs) : { kind: 'tell' };
};
