import type { CheckResult, Outcome } from '@farwatch/domain';
import type { Sql } from '../../db.ts';

type Key = Pick<CheckResult, 'monitorId' | 'region' | 'family' | 'scheduledAt'>;
/** Names a result: at least once from the queue, at most once in the log. */
export const keyOf = ({ monitorId, region, family, scheduledAt }: Key): string =>
  `${monitorId} ${scheduledAt} ${region} ${family}`;

const micros = (ms: number | null): number | null => (ms === null ? null : Math.round(ms * 1_000));
/** The outcome without its verdict, which has a column of its own. */
const detail = ({ verdict: _, ...rest }: Outcome): string | null =>
  Object.keys(rest).length === 0 ? null : JSON.stringify(rest);

/** Column, its type on the wire, how it reads there, and its value: one array a column, so one statement whatever the batch. */
const columns: readonly (readonly [
  name: string,
  type: string,
  value: (result: CheckResult) => unknown,
  read?: string,
])[] = [
  ['monitor_id', 'uuid', (r) => r.monitorId],
  ['scheduled_at', 'float8', (r) => r.scheduledAt, 'to_timestamp(scheduled_at / 1000)'],
  ['started_at', 'float8', (r) => r.startedAt, 'to_timestamp(started_at / 1000)'],
  ['total_us', 'int4', (r) => micros(r.totalMs)],
  ['dns_us', 'int4', (r) => micros(r.phases.dnsMs)],
  ['connect_us', 'int4', (r) => micros(r.phases.connectMs)],
  ['tls_us', 'int4', (r) => micros(r.phases.tlsMs)],
  ['first_byte_us', 'int4', (r) => micros(r.phases.firstByteMs)],
  ['download_us', 'int4', (r) => micros(r.phases.downloadMs)],
  ['bytes', 'int4', (r) => r.bytes],
  ['family', 'address_family', (r) => r.family],
  ['trigger', 'check_trigger', (r) => r.trigger],
  ['verdict', 'verdict', (r) => r.outcome.verdict],
  ['status', 'int2', (r) => r.status],
  ['region', 'text', (r) => r.region],
  ['remote_address', 'inet', (r) => r.remoteAddress],
  ['detail', 'jsonb', (r) => detail(r.outcome)],
];
const names = columns.map(([name]) => name).join(', ');
const insertSql = `INSERT INTO check_result (${names})
  SELECT ${columns.map(([name, , , read]) => read ?? name).join(', ')}
  FROM unnest(${columns.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')}) AS r (${names})
  ON CONFLICT DO NOTHING
  RETURNING monitor_id, scheduled_at, region, family`;

type InsertedRow = { monitor_id: string; scheduled_at: Date; region: string; family: CheckResult['family'] };

/** Writes the batch in one statement and answers those that were not there already. */
export const insertResults = async (tx: Sql, results: readonly CheckResult[]): Promise<readonly CheckResult[]> => {
  if (results.length === 0) return [];
  const unique = new Map(results.map((result) => [keyOf(result), result]));
  // One order for every worker, so that two that hold the same results can't wait for each other.
  const ordered = [...unique.keys()].sort().flatMap((key) => unique.get(key) ?? []);
  const arrays = columns.map(([, , value]) => ordered.map(value));
  const { rows } = await tx.query<InsertedRow>(insertSql, arrays);
  if (rows.length === ordered.length) return ordered;
  const fresh = new Set(
    rows.map((row) => keyOf({ ...row, monitorId: row.monitor_id, scheduledAt: row.scheduled_at.getTime() })),
  );
  return ordered.filter((result) => fresh.has(keyOf(result)));
};

/** Keeps the evidence that came with these results. */
export const insertEvidence = async (tx: Sql, results: readonly CheckResult[]): Promise<void> => {
  const kept = results.filter(({ evidence }) => evidence !== undefined);
  if (kept.length === 0) return;
  await tx.query(
    `INSERT INTO evidence (monitor_id, scheduled_at, region, family, evidence)
     SELECT m, to_timestamp(s / 1000), r, f, e
     FROM unnest($1::uuid[], $2::float8[], $3::text[], $4::address_family[], $5::jsonb[]) AS k (m, s, r, f, e)
     ON CONFLICT DO NOTHING`,
    [
      kept.map(({ monitorId }) => monitorId),
      kept.map(({ scheduledAt }) => scheduledAt),
      kept.map(({ region }) => region),
      kept.map(({ family }) => family),
      kept.map(({ evidence }) => JSON.stringify(evidence)),
    ],
  );
};
