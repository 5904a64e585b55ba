import { downAncestor, sharedCause, togetherMs } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { decide } from './decisions.ts';
import type { AlertedIncident } from './plan-store.ts';
import {
  type Attachment,
  ancestorsOf,
  attachmentOf,
  descendantsOf,
  endAttachment,
  openPartsOf,
  orphansOf,
  saveAttachment,
  wakeLadder,
} from './silence-store.ts';
import { readSymptoms } from './symptoms.ts';

/** A child that opened no longer ago than this before its parent is the parent's, although it was told. */
const shortlyBeforeMs = 60_000;

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

/**
 * What an incident that has just opened is part of, and what is part of it: an ancestor that is down, one that shares its
 * cause; and its descendants, whose alerts may already wait for it. The caller holds the events' order, so of two that
 * open at once the second one sees the first.
 */
export const attachOpened = async (tx: Sql, incident: AlertedIncident, now: number): Promise<void> => {
  const { incidentId, monitorId } = incident;
  const below = await descendantsOf(tx, monitorId);
  for (const orphan of await orphansOf(tx, below, now - shortlyBeforeMs)) {
    await wakeLadder(tx, orphan, now, false);
    await attachToAncestor(tx, orphan, incidentId, now);
  }
  const ancestors = await ancestorsOf(tx, monitorId);
  const above = downAncestor(ancestors)?.incidentId ?? null;
  if (above !== null) return attachToAncestor(tx, incidentId, above, now);
  const without = [...below, ...ancestors.map((one) => one.monitorId)];
  const symptoms = await readSymptoms(tx, { incidentId, without, now, withinMs: togetherMs });
  const cause = symptoms === null ? null : sharedCause(symptoms.fresh, symptoms.others);
  if (cause === null) return;
  const { because, shared } = cause;
  await attach(tx, { incidentId, parentIncidentId: cause.incidentId, because, shared }, now);
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
