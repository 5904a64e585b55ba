import { type CheckResult, type Evidence, type Failure, failureCode, type LookDetails } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import type { Shown } from './seen-before.ts';

type Key = Pick<CheckResult, 'monitorId' | 'scheduledAt' | 'region' | 'family'>;
type Range = Readonly<{ monitorId: string; from: number; until: number }>;

export const keyText = ({ scheduledAt, region, family }: Omit<Key, 'monitorId'>): string =>
  `${scheduledAt} ${region} ${family}`;

type FlagRow = Omit<Key, 'scheduledAt' | 'monitorId'> & { at: Date; answered: boolean; twin: boolean };
const mostFlags = 500;

/** Of which looks of a stretch an answer, or the origin's own, was kept: by `keyText`. */
export const keptLooks = async (
  sql: Sql,
  { monitorId, from, until }: Range,
): Promise<ReadonlyMap<string, Readonly<{ answered: boolean; twin: boolean }>>> => {
  const { rows } = await sql.query<FlagRow>(
    `SELECT scheduled_at AS at, region, family, evidence IS NOT NULL AS answered,
       coalesce(details ? 'twin', false) AS twin
     FROM evidence WHERE monitor_id = $1 AND scheduled_at BETWEEN to_timestamp($2::float8 / 1000) AND to_timestamp($3::float8 / 1000)
     ORDER BY scheduled_at LIMIT ${mostFlags}`,
    [monitorId, from, until],
  );
  return new Map(
    rows.map(({ at, region, family, answered, twin }) => [
      keyText({ scheduledAt: at.getTime(), region, family }),
      { answered, twin },
    ]),
  );
};

/** What was kept of one look itself. */
export const keptOfLook = async (
  sql: Sql,
  { monitorId, scheduledAt, region, family }: Key,
): Promise<Readonly<{ evidence: Evidence | null; details: LookDetails | null }>> => {
  const { rows } = await sql.query<{ evidence: Evidence | null; details: LookDetails | null }>(
    `SELECT evidence, details FROM evidence
     WHERE monitor_id = $1 AND scheduled_at = to_timestamp($2::float8 / 1000) AND region = $3 AND family = $4`,
    [monitorId, scheduledAt, region, family],
  );
  return rows[0] ?? { evidence: null, details: null };
};

const mostShown = 200;

/** What the newest looks in full of a stretch showed. */
export const shownBetween = async (sql: Sql, { monitorId, from, until }: Range): Promise<readonly Shown[]> => {
  const { rows } = await sql.query<{ at: Date; certificate: string | null; address: string | null }>(
    `SELECT scheduled_at AS at, details #>> '{hops,-1,tls,certificate,sha256}' AS certificate,
       details #>> '{hops,-1,address}' AS address
     FROM evidence WHERE monitor_id = $1 AND details IS NOT NULL
       AND scheduled_at BETWEEN to_timestamp($2::float8 / 1000) AND to_timestamp($3::float8 / 1000)
     ORDER BY scheduled_at DESC LIMIT ${mostShown}`,
    [monitorId, from, until],
  );
  return rows.map(({ at, ...shown }) => ({ at: at.getTime(), ...shown }));
};

/** Earlier incidents of a monitor, oldest first; those that were none are left out. */
export const incidentsBefore = async (sql: Sql, { monitorId, from, until }: Range) => {
  const { rows } = await sql.query<{ startedAt: Date; resolvedAt: Date | null; cause: Failure }>(
    `SELECT started_at AS "startedAt", resolved_at AS "resolvedAt", cause FROM incident
     WHERE monitor_id = $1 AND end_reason IS DISTINCT FROM 'withdrawn'
       AND started_at >= to_timestamp($2::float8 / 1000) AND started_at < to_timestamp($3::float8 / 1000)
     ORDER BY started_at DESC LIMIT 100`,
    [monitorId, from, until],
  );
  return rows.toReversed().map(({ startedAt, resolvedAt, cause }) => ({
    startedAt: startedAt.getTime(),
    resolvedAt: resolvedAt?.getTime() ?? null,
    code: failureCode(cause),
  }));
};
