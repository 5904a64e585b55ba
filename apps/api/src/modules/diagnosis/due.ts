import type { DiagnosisVersion } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';

export type Why = DiagnosisVersion['why'];

/** `news`: how often something has come; what comes while a version is made is not in it, and keeps it due. */
export type Due = Readonly<{ incidentId: string; dueAt: Date | null; why: Why; news: number }>;

// Whoever writes here holds the events' order already, or records no event afterwards (see events/store.ts): two that
// wait for each other can't be.

/** A new incident is to be diagnosed: written with it, so that none is forgotten. */
export const openDue = async (tx: Sql, incidentId: string, now: number): Promise<void> => {
  await tx.query(
    `INSERT INTO diagnosis_due (incident_id, due_at, why) VALUES ($1, to_timestamp($2::float8 / 1000), 'opened')
     ON CONFLICT DO NOTHING`,
    [incidentId, now],
  );
};

/** What is still to be told of as opened stays so. */
const note = `due_at = least(d.due_at, to_timestamp($2::float8 / 1000)), news = d.news + 1,
  why = CASE WHEN d.why = 'opened' AND d.due_at <= to_timestamp($2::float8 / 1000) THEN d.why ELSE $3 END`;

/** Something about an incident has changed. */
export const noteNews = async (tx: Sql, incidentId: string, why: Why, now: number): Promise<void> => {
  await tx.query(`UPDATE diagnosis_due d SET ${note} WHERE d.incident_id = $1`, [incidentId, now, why]);
};

/** New evidence has come of monitors, of which some may be down. */
export const noteEvidence = async (tx: Sql, monitorIds: readonly string[], now: number): Promise<void> => {
  if (monitorIds.length === 0) return;
  await tx.query(
    `UPDATE diagnosis_due d SET ${note} FROM incident i
     WHERE i.id = d.incident_id AND i.monitor_id = ANY($1::uuid[]) AND i.resolved_at IS NULL`,
    [monitorIds, now, 'evidence' satisfies Why],
  );
};

/** An incident of before there were diagnoses has none. */
export const findDue = async (sql: Sql, incidentId: string): Promise<Due | null> => {
  const { rows } = await sql.query<Due>(
    `SELECT incident_id AS "incidentId", due_at AS "dueAt", why, news FROM diagnosis_due WHERE incident_id = $1`,
    [incidentId],
  );
  return rows[0] ?? null;
};

/** Nothing is due before `nextAt` (epoch ms; null = until something comes), unless more came than was known. */
export const settleDue = async (tx: Sql, due: Due, nextAt: number | null): Promise<void> => {
  await tx.query(
    `UPDATE diagnosis_due SET due_at = to_timestamp($3::float8 / 1000), why = 'evidence'
     WHERE incident_id = $1 AND news = $2`,
    [due.incidentId, due.news, nextAt],
  );
};

/** One that could not be made is tried again after a while. */
export const postpone = async (sql: Sql, incidentId: string, until: number): Promise<void> => {
  await sql.query('UPDATE diagnosis_due SET due_at = to_timestamp($2::float8 / 1000) WHERE incident_id = $1', [
    incidentId,
    until,
  ]);
};

/** The incidents that are due, longest waiting first. */
export const dueIncidents = async (sql: Sql, now: number, most: number): Promise<readonly string[]> => {
  const { rows } = await sql.query<{ id: string }>(
    `SELECT incident_id AS id FROM diagnosis_due WHERE due_at <= to_timestamp($1::float8 / 1000)
     ORDER BY due_at LIMIT $2`,
    [now, most],
  );
  return rows.map(({ id }) => id);
};
