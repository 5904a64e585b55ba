import { downAncestor, shortlyBeforeMs, togetherMs } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { decide } from './decisions.ts';
import type { AlertedIncident } from './plan-store.ts';
import {
  type Around,
  type Attachment,
  ancestorsOf,
  attachmentOf,
  descendantsOf,
  endAttachment,
  openPartsOf,
  orphansOf,
  saveAttachment,
  unplan,
  wakeLadder,
} from './silence-store.ts';
import { findCause } from './symptoms.ts';

const attach = async (tx: Sql, attachment: Attachment, now: number): Promise<void> => {
  const { incidentId, parentIncidentId, because, shared } = attachment;
  await saveAttachment(tx, attachment, now);
  const isParent = because === 'parent';
  const detail = { incidentId: parentIncidentId, because, ...(shared === null ? {} : { shared }) };
  const code = isParent ? 'parent-down' : 'shared-cause';
  await decide(tx, incidentId, now, { code, key: `${code}:${parentIncidentId}`, detail });
};

/** An ancestor of an open incident is down: it is part of that one's. Said again it changes nothing. */
export const attachToAncestor = async (tx: Sql, incidentId: string, parentIncidentId: string, now: number) => {
  const known = await attachmentOf(tx, incidentId);
  if (known?.because === 'parent' && known.parentIncidentId === parentIncidentId && known.endedAt === null) return;
  await attach(tx, { incidentId, parentIncidentId, because: 'parent', shared: null }, now);
};

/** `sharedSince`: when the one opened with which it shares its cause. */
type Attached = Readonly<{ attached: boolean; sharedSince: Date | null }>;
const alone: Attached = { attached: false, sharedSince: null };

/**
 * What an incident that has just opened is part of, and what is part of it: an ancestor that is down, one that shares its
 * cause; and its descendants, whose alerts may already wait for it. The caller holds the events' order, so of two that
 * open at once the second one sees the first.
 */
export const attachOpened = async (
  tx: Sql,
  incident: AlertedIncident,
  around: Around,
  now: number,
): Promise<Attached> => {
  const { incidentId, monitorId } = incident;
  const below = around.children ? await descendantsOf(tx, monitorId) : [];
  for (const orphan of await orphansOf(tx, below, now - shortlyBeforeMs)) {
    await wakeLadder(tx, orphan, now, false);
    await unplan(tx, orphan, now);
    await attachToAncestor(tx, orphan, incidentId, now);
  }
  const ancestors = around.parents ? await ancestorsOf(tx, monitorId) : [];
  const above = downAncestor(ancestors)?.incidentId ?? null;
  if (above !== null) {
    await attachToAncestor(tx, incidentId, above, now);
    return { attached: true, sharedSince: null };
  }
  if (!around.others) return alone;
  const without = [...below, ...ancestors.map((one) => one.monitorId)];
  const found = await findCause(tx, { incidentId, without, now, withinMs: togetherMs });
  if (found === null) return alone;
  const { because, shared } = found.cause;
  await attach(tx, { incidentId, parentIncidentId: found.cause.incidentId, because, shared }, now);
  return { attached: true, sharedSince: new Date(found.openedAt) };
};

/** An incident is over: those that were part of it, and are still open, go on by themselves. */
export const releaseParts = async (tx: Sql, incidentId: string, now: number): Promise<void> => {
  const parts = await openPartsOf(tx, incidentId);
  for (const { incidentId: part, because } of parts) {
    await wakeLadder(tx, part, now, true);
    await endAttachment(tx, part, now);
    const code = because === 'parent' ? 'parent-over' : 'shared-cause-over';
    await decide(tx, part, now, { code, key: `${code}:${incidentId}`, detail: { incidentId } });
  }
};
