import type { AncestorSeen, AttachmentSeen, MonitorState } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { type StoredState, stateOf } from '../monitors/stored-state.ts';

const ms = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

/** More levels than this are none that anybody has drawn. */
const deepest = 20;

export type Ancestor = AncestorSeen & Readonly<{ name: string }>;
type AncestorRow = Omit<Ancestor, 'failing'> & Readonly<{ state: StoredState; pausedAt: Date | null }>;

const isFailing = ({ regions, confirmation }: MonitorState): boolean =>
  confirmation?.question === 'down' || Object.values(regions).some(({ verdict }) => verdict === 'down');

/** The parents of a monitor, their parents, and so on, as they are now. */
export const ancestorsOf = async (tx: Sql, monitorId: string): Promise<readonly Ancestor[]> => {
  const { rows } = await tx.query<AncestorRow>(
    `WITH RECURSIVE link AS (
       SELECT p.monitor_id, p.parent_id FROM monitor_parent p JOIN monitor g ON g.id = p.parent_id WHERE g.deleted_at IS NULL),
     up (id, depth) AS (
       SELECT parent_id, 1 FROM link WHERE monitor_id = $1
       UNION SELECT p.parent_id, up.depth + 1 FROM up JOIN link p ON p.monitor_id = up.id WHERE up.depth < $2)
     SELECT m.id AS "monitorId", m.name, m.timeout_ms AS "timeoutMs", m.paused_at AS "pausedAt", s.state,
       min(up.depth) AS depth,
       (SELECT i.id FROM incident i WHERE i.monitor_id = m.id AND i.resolved_at IS NULL) AS "incidentId"
     FROM up JOIN monitor m ON m.id = up.id JOIN monitor_state s ON s.monitor_id = m.id
     GROUP BY m.id, s.monitor_id ORDER BY depth, m.id`,
    [monitorId, deepest],
  );
  return rows.map(({ state, pausedAt, ...row }) => ({
    ...row,
    failing: pausedAt === null && isFailing(stateOf(state)),
  }));
};

/** The monitors below one, whatever the depth. */
export const descendantsOf = async (tx: Sql, monitorId: string): Promise<readonly string[]> => {
  const { rows } = await tx.query<{ id: string }>(
    `WITH RECURSIVE down (id, depth) AS (
       SELECT monitor_id, 1 FROM monitor_parent WHERE parent_id = $1
       UNION SELECT p.monitor_id, down.depth + 1 FROM down JOIN monitor_parent p ON p.parent_id = down.id
       WHERE down.depth < $2)
     SELECT DISTINCT id FROM down WHERE id <> $1`,
    [monitorId, deepest],
  );
  return rows.map(({ id }) => id);
};

/** What an incident is part of; null = nothing. */
export const attachmentOf = async (tx: Sql, incidentId: string): Promise<AttachmentSeen | null> => {
  const { rows } = await tx.query<Omit<AttachmentSeen, 'endedAt'> & { endedAt: Date | null }>(
    `SELECT a.parent_incident_id AS "parentIncidentId", a.because, a.ended_at AS "endedAt",
       p.resolved_at IS NULL AND a.ended_at IS NULL AS open,
       coalesce((SELECT e.held_until IS NOT NULL AND e.held_for <> 'shared-cause' FROM escalation e
         WHERE e.incident_id = p.id), false) AS silent
     FROM incident_attachment a JOIN incident p ON p.id = a.parent_incident_id WHERE a.incident_id = $1`,
    [incidentId],
  );
  const [row] = rows;
  return row === undefined ? null : { ...row, endedAt: row.endedAt?.getTime() ?? null };
};

export type Attachment = Readonly<{
  incidentId: string;
  parentIncidentId: string;
  because: AttachmentSeen['because'];
  shared: string | null;
}>;

/** What there is around an incident at all: most stand by themselves, and cost one look. */
export type Around = Readonly<{
  /** Its organisation has a maintenance window that may be running. */
  windows: boolean;
  parents: boolean;
  children: boolean;
  /** It is part of another one. */
  attached: boolean;
  /** Others of its organisation are open and began within a minute of it. */
  others: boolean;
}>;
export const aroundOf = async (
  tx: Sql,
  {
    incidentId,
    organisationId,
    monitorId,
  }: Readonly<{ incidentId: string; organisationId: string; monitorId: string }>,
  now: number,
): Promise<Around> => {
  const { rows } = await tx.query<Around>(
    `SELECT EXISTS (SELECT 1 FROM maintenance_window WHERE organisation_id = $2 AND due_at <= ${ms(4)}) AS windows,
       EXISTS (SELECT 1 FROM monitor_parent WHERE monitor_id = $3) AS parents,
       EXISTS (SELECT 1 FROM monitor_parent WHERE parent_id = $3) AS children,
       EXISTS (SELECT 1 FROM incident_attachment WHERE incident_id = $1) AS attached,
       EXISTS (SELECT 1 FROM incident x JOIN incident i ON i.organisation_id = $2 AND i.resolved_at IS NULL AND i.id <> $1
         AND i.started_at BETWEEN x.started_at - interval '1 minute' AND x.started_at + interval '1 minute'
         WHERE x.id = $1) AS others`,
    [incidentId, organisationId, monitorId, now],
  );
  return rows[0] ?? { windows: true, parents: true, children: true, attached: true, others: true };
};

/** Makes one incident part of another; what it was part of before is over. */
export const saveAttachment = async (tx: Sql, attachment: Attachment, now: number): Promise<void> => {
  const { incidentId, parentIncidentId, because, shared } = attachment;
  await tx.query(
    `INSERT INTO incident_attachment (incident_id, parent_incident_id, because, shared, attached_at)
     VALUES ($1, $2, $3, $4, ${ms(5)})
     ON CONFLICT (incident_id) DO UPDATE SET parent_incident_id = excluded.parent_incident_id,
       because = excluded.because, shared = excluded.shared, attached_at = excluded.attached_at, ended_at = NULL`,
    [incidentId, parentIncidentId, because, shared, now],
  );
};

/** Says that what this incident was part of is over. */
export const endAttachment = async (tx: Sql, incidentId: string, now: number): Promise<void> => {
  await tx.query(`UPDATE incident_attachment SET ended_at = ${ms(2)} WHERE incident_id = $1 AND ended_at IS NULL`, [
    incidentId,
    now,
  ]);
};

/** The open incidents that are part of this one. */
export const openPartsOf = async (tx: Sql, parentIncidentId: string) => {
  const { rows } = await tx.query<{ incidentId: string; because: AttachmentSeen['because'] }>(
    `SELECT a.incident_id AS "incidentId", a.because
     FROM incident_attachment a JOIN incident i ON i.id = a.incident_id
     WHERE a.parent_incident_id = $1 AND a.ended_at IS NULL AND i.resolved_at IS NULL ORDER BY a.incident_id`,
    [parentIncidentId],
  );
  return rows;
};

/** Open incidents of these monitors that opened a moment ago, or of which nobody has heard yet. */
export const orphansOf = async (tx: Sql, monitorIds: readonly string[], since: number) => {
  if (monitorIds.length === 0) return [];
  const { rows } = await tx.query<{ incidentId: string }>(
    `SELECT i.id AS "incidentId" FROM incident i LEFT JOIN incident_attachment a ON a.incident_id = i.id
     WHERE i.monitor_id = ANY($1::uuid[]) AND i.resolved_at IS NULL
       AND (a.incident_id IS NULL OR a.because <> 'parent' OR a.ended_at IS NOT NULL)
       AND (i.opened_at >= ${ms(2)}
         OR NOT EXISTS (SELECT 1 FROM delivery d WHERE d.incident_id = i.id AND d.event = 'incident.opened'))
     ORDER BY i.id`,
    [monitorIds, since],
  );
  return rows.map(({ incidentId }) => incidentId);
};

/** Has an incident's ladder looked at again; `remind`: whoever was told hears once more that it lasts. */
export const wakeLadder = async (tx: Sql, incidentId: string, now: number, remind: boolean): Promise<void> => {
  await tx.query(
    `UPDATE escalation SET held_until = least(held_until, ${ms(2)}),
       remind_at = CASE WHEN $3 AND (round > 0 OR step > 0) THEN least(remind_at, ${ms(2)}) ELSE remind_at END
     WHERE incident_id = $1`,
    [incidentId, now, remind],
  );
};

/**
 * Takes back what nobody has been told yet of an incident: its ladder begins again. What is on its way is left, and then
 * so is the ladder. Deleted and not dropped, so that it can be planned again.
 */
export const unplan = async (tx: Sql, incidentId: string, now: number): Promise<void> => {
  await tx.query(
    `DELETE FROM delivery WHERE id IN (
       SELECT id FROM delivery WHERE incident_id = $1 AND event = 'incident.opened' AND status = 'pending'
         AND attempt_count = 0 AND lease_until IS NULL FOR UPDATE SKIP LOCKED)`,
    [incidentId],
  );
  await tx.query(
    `UPDATE escalation SET round = 0, step = 0, due_at = ${ms(2)} WHERE incident_id = $1 AND (round > 0 OR step > 0)
       AND NOT EXISTS (SELECT 1 FROM delivery WHERE incident_id = $1 AND event = 'incident.opened')
       AND EXISTS (SELECT 1 FROM incident WHERE id = $1 AND acknowledged_at IS NULL)`,
    [incidentId, now],
  );
};

/** Every ladder of an organisation that is held is looked at again. */
export const wakeHeld = async (tx: Sql, organisationId: string, now: number): Promise<void> => {
  await tx.query(
    `UPDATE escalation SET held_until = ${ms(2)} WHERE incident_id IN (
       SELECT incident_id FROM escalation WHERE organisation_id = $1 AND held_until > ${ms(2)}
       ORDER BY incident_id FOR UPDATE)`,
    [organisationId, now],
  );
};

/** The newest check of a monitor that saw it fail, as the judgement knows it (epoch ms); null = none. */
export const failedAtOf = async (tx: Sql, monitorId: string): Promise<number | null> => {
  const { rows } = await tx.query<{ state: StoredState }>('SELECT state FROM monitor_state WHERE monitor_id = $1', [
    monitorId,
  ]);
  const failing = Object.values(stateOf(rows[0]?.state ?? {}).regions).filter(({ verdict }) => verdict === 'down');
  return failing.length === 0 ? null : Math.max(...failing.map(({ newest }) => newest));
};
