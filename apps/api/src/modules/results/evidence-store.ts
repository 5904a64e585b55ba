import type { getResult, ReplyOf } from '@farwatch/contracts';
import type { CheckResult, LookDetails } from '@farwatch/domain';
import type { Sql } from '../../db.ts';

type Reply = ReplyOf<typeof getResult>;
/** What was kept of a look. `detailsAt`: the look that the details are of; the newest before it, where it has none. */
export type Kept = Readonly<{
  evidence: Reply['evidence'];
  details: LookDetails | null;
  detailsAt: number | null;
}>;
type Key = Pick<CheckResult, 'monitorId' | 'scheduledAt' | 'region' | 'family'>;
const textOf = ({ monitorId, scheduledAt, region, family }: Key): string =>
  `${monitorId} ${scheduledAt} ${region} ${family}`;

const keyArrays = (keys: readonly Key[]): readonly unknown[] => [
  keys.map(({ monitorId }) => monitorId),
  keys.map(({ scheduledAt }) => scheduledAt),
  keys.map(({ region }) => region),
  keys.map(({ family }) => family),
];

/** Keeps the evidence and the details that came with these results. */
export const insertEvidence = async (tx: Sql, results: readonly CheckResult[]): Promise<void> => {
  const kept = results.filter(({ evidence, details }) => evidence !== undefined || details !== undefined);
  if (kept.length === 0) return;
  await tx.query(
    `INSERT INTO evidence (monitor_id, scheduled_at, region, family, evidence, details)
     SELECT m, to_timestamp(s / 1000), r, f, e, d
     FROM unnest($1::uuid[], $2::float8[], $3::text[], $4::address_family[], $5::jsonb[], $6::jsonb[])
       AS k (m, s, r, f, e, d)
     ON CONFLICT DO NOTHING`,
    [
      ...keyArrays(kept),
      kept.map(({ evidence }) => JSON.stringify(evidence) ?? null),
      kept.map(({ details }) => JSON.stringify(details) ?? null),
    ],
  );
};

/** Answers of which of these results there is evidence: only of looks that failed, so only those are looked up. */
export const whichHaveEvidence = async (sql: Sql, all: readonly CheckResult[]): Promise<(result: Key) => boolean> => {
  const results = all.filter(({ outcome }) => outcome.verdict !== 'up' && outcome.verdict !== 'missed');
  if (results.length === 0) return () => false;
  const { rows } = await sql.query<Omit<Key, 'scheduledAt'> & { scheduledAt: Date }>(
    `SELECT e.monitor_id AS "monitorId", e.scheduled_at AS "scheduledAt", e.region, e.family
     FROM unnest($1::uuid[], $2::float8[], $3::text[], $4::address_family[]) AS k (m, s, r, f)
     JOIN evidence e ON e.monitor_id = k.m AND e.scheduled_at = to_timestamp(k.s / 1000) AND e.region = k.r AND e.family = k.f
       AND e.evidence IS NOT NULL`,
    keyArrays(results),
  );
  const kept = new Set(rows.map((row) => textOf({ ...row, scheduledAt: row.scheduledAt.getTime() })));
  return (result) => kept.has(textOf(result));
};

/** What was kept of one result. */
export const keptOf = async (sql: Sql, key: Key): Promise<Kept> => {
  const values = [key.monitorId, key.scheduledAt, key.region, key.family];
  const { rows: own } = await sql.query<{ evidence: Reply['evidence'] }>(
    `SELECT evidence FROM evidence
     WHERE monitor_id = $1 AND scheduled_at = to_timestamp($2::float8 / 1000) AND region = $3 AND family = $4`,
    values,
  );
  const { rows: newest } = await sql.query<{ details: LookDetails; at: Date }>(
    `SELECT details, scheduled_at AS at FROM evidence
     WHERE monitor_id = $1 AND scheduled_at <= to_timestamp($2::float8 / 1000) AND region = $3 AND family = $4
       AND details IS NOT NULL
     ORDER BY scheduled_at DESC LIMIT 1`,
    values,
  );
  const [last] = newest;
  return {
    evidence: own[0]?.evidence ?? null,
    details: last?.details ?? null,
    detailsAt: last?.at.getTime() ?? null,
  };
};

export const forgetEvidence = async (tx: Sql, monitorId: string): Promise<void> => {
  await tx.query('DELETE FROM evidence WHERE monitor_id = $1', [monitorId]);
};
