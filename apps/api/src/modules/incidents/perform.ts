import type { Sql } from '../../db.ts';
import type { Actor } from '../alerts/planner.ts';
import type { ModuleDeps } from '../module-deps.ts';
import type { CommentRow } from './comment-store.ts';
import { type IncidentRow, incidentView } from './view.ts';

export type DeedDeps = Readonly<{ log: Pick<ModuleDeps['log'], 'warn'> }> &
  Pick<ModuleDeps, 'db' | 'incidents' | 'comments' | 'events' | 'alerts' | 'deliveryQueue'>;

/** More than the story of any incident needs; a script that writes without end is stopped. */
export const maxLines = 1_000;

/** Somebody does something about an incident; `now` is epoch ms. */
export type Deed = Readonly<{ organisationId: string; incidentId: string; by: Actor; now: number }>;
/** What came of it: a line for the incident's story, and the deliveries that are due by it. Null: nothing changed. */
export type Change = Readonly<{
  kind: CommentRow['kind'];
  text: string;
  due?: readonly string[];
  /** Of a snooze. */
  snoozedUntil?: number | null;
}> | null;
export type Performed = Readonly<{ before: IncidentRow; after: IncidentRow; commentId: string | null }>;

const tell = async ({ events, incidents }: DeedDeps, tx: Sql, before: IncidentRow): Promise<IncidentRow> => {
  const { organisationId, monitorId, id } = before;
  const after = await incidents.find(tx, { organisationId, id });
  if (after === null) throw new Error(`incident ${id} is gone inside the transaction that locked it`);
  await events.record(tx, { organisationId, monitorId, type: 'incident.updated', data: incidentView(after) });
  return after;
};

/** Sends what became due. Nothing is lost when the queue is away: the sweep finds it. */
export const sendDue = async (
  { deliveryQueue, log }: Pick<DeedDeps, 'deliveryQueue' | 'log'>,
  deliveryIds: readonly string[],
): Promise<void> => {
  try {
    await Promise.all(deliveryIds.map((deliveryId) => deliveryQueue.send({ deliveryId, attempt: 1 })));
  } catch (err) {
    log.warn({ err, deliveries: deliveryIds.length }, 'deliveries wait for the sweep: the queue is away');
  }
};

/**
 * One deed, in one transaction, done even where the story is too long already to say so: `change` sees the incident locked and as it is; what it changed becomes a line of the
 * story and an event, and what is due by it is sent after the commit. Null: there is no such incident.
 */
export const perform = async (
  deps: DeedDeps,
  { organisationId, incidentId, by, now }: Deed,
  change: (tx: Sql, before: IncidentRow) => Promise<Change>,
): Promise<Performed | null> => {
  const done = await deps.db.transaction(async (tx) => {
    const before = await deps.incidents.lock(tx, { organisationId, id: incidentId });
    if (before === null) return null;
    const made = await change(tx, before);
    if (made === null) return { before, after: before, commentId: null, due: [] };
    const { due = [], ...line } = made;
    const full = (await deps.comments.lines(tx, incidentId)) >= maxLines;
    const commentId = full ? null : await deps.comments.insert(tx, { incidentId, by, now, ...line });
    return { before, after: await tell(deps, tx, before), commentId, due };
  });
  if (done === null) return null;
  const { due, ...performed } = done;
  await sendDue(deps, due);
  return performed;
};
