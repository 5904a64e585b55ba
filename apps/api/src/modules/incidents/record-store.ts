import type { Effect, Failure } from '@farwatch/domain';
import type { Sql } from '../../db.ts';

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

export type NewIncident = Readonly<{
  id: string;
  organisationId: string;
  monitorId: string;
  startedAt: number;
  openedAt: number;
  cause: Failure;
  regions: readonly string[];
}>;

/** Opens an incident. The partial unique index refuses a second open one: that would be a bug, and undoes the transaction. */
export const openIncident = async (tx: Sql, incident: NewIncident): Promise<void> => {
  await tx.query(
    `INSERT INTO incident (id, organisation_id, monitor_id, started_at, opened_at, cause, regions)
     VALUES ($1, $2, $3, to_timestamp($4::float8 / 1000), to_timestamp($5::float8 / 1000), $6, $7)`,
    [
      incident.id,
      incident.organisationId,
      incident.monitorId,
      incident.startedAt,
      incident.openedAt,
      JSON.stringify(incident.cause),
      incident.regions,
    ],
  );
};

/** Ends the open incident of a monitor and answers its id; null when there is none. */
export const resolveIncident = async (tx: Sql, monitorId: string, resolvedAt: number): Promise<string | null> => {
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE incident SET resolved_at = to_timestamp($2::float8 / 1000), end_reason = 'recovered'
     WHERE monitor_id = $1 AND resolved_at IS NULL RETURNING id`,
    [monitorId, resolvedAt],
  );
  return rows[0]?.id ?? null;
};

/** Moves the start of the open incident of a monitor and answers its id. */
export const moveIncident = async (tx: Sql, monitorId: string, startedAt: number): Promise<string | null> => {
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE incident SET started_at = to_timestamp($2::float8 / 1000)
     WHERE monitor_id = $1 AND resolved_at IS NULL RETURNING id`,
    [monitorId, startedAt],
  );
  return rows[0]?.id ?? null;
};

/** Writes a span as it is now known. */
export const saveSpan = async (tx: Sql, monitorId: string, span: Of<'span'>, code: string): Promise<void> => {
  await tx.query(
    `INSERT INTO span (monitor_id, region, started_at, code, failure, last_seen_at, ended_at)
     VALUES ($1, $2, to_timestamp($3::float8 / 1000), $4, $5, to_timestamp($6::float8 / 1000), to_timestamp($7::float8 / 1000))
     ON CONFLICT (monitor_id, region, started_at)
     DO UPDATE SET last_seen_at = excluded.last_seen_at, ended_at = excluded.ended_at`,
    [monitorId, span.region, span.startedAt, code, JSON.stringify(span.failure), span.lastSeenAt, span.endedAt],
  );
};

/** A late result showed that a span began earlier. */
export const moveSpan = async (tx: Sql, monitorId: string, { region, from, startedAt }: Of<'span-moved'>) => {
  await tx.query(
    `UPDATE span SET started_at = to_timestamp($4::float8 / 1000)
     WHERE monitor_id = $1 AND region = $2 AND started_at = to_timestamp($3::float8 / 1000)`,
    [monitorId, region, from, startedAt],
  );
};
