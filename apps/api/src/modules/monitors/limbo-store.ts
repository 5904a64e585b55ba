import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';
import type { Cursor } from '../../plugins/paging.ts';

// Where deleted monitors are until they are brought back or forgotten: an organisation of its own, of which nobody is a
// member. What asks for an organisation's monitors, incidents or deliveries finds theirs no more, wherever it asks.

/** So long a deleted monitor can be brought back. */
export const limboHours = 24;

/** A monitor, and the organisation it goes to. */
type Move = Readonly<{ id: string; to: string }>;

/** Its log is kept for as long as the organisation's own. */
export const openLimbo = async (tx: Sql, organisationId: string): Promise<string> => {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO organisation (id, name, time_zone, weekly_report, log_days, limbo_of)
     SELECT $1, name, time_zone, false, log_days, id FROM organisation WHERE id = $2
     ON CONFLICT (limbo_of) DO UPDATE SET log_days = excluded.log_days RETURNING id`,
    [newId(), organisationId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`organisation ${organisationId} is gone`);
  return row.id;
};

const moveWhatHangsOnIt = async (tx: Sql, { id, to }: Move): Promise<void> => {
  await tx.query('UPDATE incident SET organisation_id = $2 WHERE monitor_id = $1', [id, to]);
  await tx.query('UPDATE delivery SET organisation_id = $2 WHERE monitor_id = $1', [id, to]);
};

/** What is kept of how it logs in opens only in its own row of its own organisation. */
type Sealed = Readonly<{ authSealed: string | null }>;

/** Takes a monitor out of its organisation. What was still to be sent about it is not. `authSealed` for where it goes. */
export const bury = async (tx: Sql, move: Move, { authSealed }: Sealed, at: Date): Promise<void> => {
  await tx.query('DELETE FROM delivery WHERE monitor_id = $1 AND settled_at IS NULL', [move.id]);
  await tx.query('UPDATE monitor SET organisation_id = $2, deleted_at = $3, auth_sealed = $4 WHERE id = $1', [
    ...[move.id, move.to, at, authSealed],
  ]);
  await moveWhatHangsOnIt(tx, move);
};

type Buried = Sealed & Readonly<{ limboId: string; deletedAt: Date; pausedAt: Date | null }>;

/** A deleted monitor of an organisation that can still be brought back; its row is held. */
export const findBuried = async (tx: Sql, { organisationId, id }: Readonly<{ organisationId: string; id: string }>) => {
  const { rows } = await tx.query<Buried>(
    `SELECT m.organisation_id AS "limboId", m.auth_sealed AS "authSealed", m.deleted_at AS "deletedAt",
       m.paused_at AS "pausedAt"
     FROM monitor m JOIN organisation o ON o.id = m.organisation_id
     WHERE m.id = $1 AND o.limbo_of = $2 AND m.deleted_at > now() - make_interval(hours => $3) FOR UPDATE OF m`,
    [id, organisationId, limboHours],
  );
  return rows[0] ?? null;
};

export type DeletedRow = Readonly<{ id: string; name: string; url: string; deletedAt: Date; keptUntil: Date }>;
type Range = Readonly<{ organisationId: string; cursor: Cursor | null; limit: number }>;

/** What can still be brought back, last deleted first; at most `limit` rows, in the cursor's direction. */
export const listBuried = async (
  sql: Sql,
  { organisationId, cursor, limit }: Range,
): Promise<readonly DeletedRow[]> => {
  const backwards = cursor?.direction === 'previous';
  const [at, id] = cursor?.keys ?? [];
  const way = backwards ? 'ASC' : 'DESC';
  const { rows } = await sql.query<DeletedRow>(
    `SELECT m.id, m.name, m.url, m.deleted_at AS "deletedAt",
       m.deleted_at + make_interval(hours => $2) AS "keptUntil"
     FROM monitor m JOIN organisation o ON o.id = m.organisation_id
     WHERE o.limbo_of = $1 AND m.deleted_at > now() - make_interval(hours => $2)
       AND ($3::timestamptz IS NULL OR (m.deleted_at, m.id) ${backwards ? '>' : '<'} ($3, $4::uuid))
     ORDER BY m.deleted_at ${way}, m.id ${way} LIMIT $5`,
    [organisationId, limboHours, at === undefined ? null : new Date(Number(at)), id ?? null, limit],
  );
  return rows;
};

/** False when the organisation has `limit` monitors already. */
export const bringBack = async (tx: Sql, move: Move, { authSealed }: Sealed, limit: number): Promise<boolean> => {
  await tx.query('SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE', [move.to]);
  const { rowCount } = await tx.query(
    `UPDATE monitor SET organisation_id = $2, deleted_at = NULL, auth_sealed = $3
     WHERE id = $1 AND (SELECT count(*) FROM monitor WHERE organisation_id = $2) < $4`,
    [move.id, move.to, authSealed, limit],
  );
  if (rowCount !== 1) return false;
  await moveWhatHangsOnIt(tx, move);
  return true;
};

/** Deleted monitors whose time is over, a few. */
export const overdue = async (sql: Sql, count: number): Promise<readonly string[]> => {
  const { rows } = await sql.query<{ id: string }>(
    'SELECT id FROM monitor WHERE deleted_at < now() - make_interval(hours => $1) ORDER BY deleted_at LIMIT $2',
    [limboHours, count],
  );
  return rows.map(({ id }) => id);
};

/** Whether it still is; its row is held until the transaction ends. */
export const isOverdue = async (tx: Sql, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query(
    'SELECT 1 FROM monitor WHERE id = $1 AND deleted_at < now() - make_interval(hours => $2) FOR UPDATE',
    [id, limboHours],
  );
  return rowCount === 1;
};
