import type { CheckResult, Outcome } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { type CheckResultRow, resultColumns, resultOf } from './view.ts';

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
const keyColumns = ['monitor_id', 'scheduled_at', 'region', 'family'];
const others = columns.map(([name]) => name).filter((name) => !keyColumns.includes(name));
const named = (list: readonly string[], write: (name: string) => string): string => list.map(write).join(', ');
// A look that was reported as missed, by a probe that had been killed, and then arrives after all, was not missed.
const insertSql = `INSERT INTO check_result (${names})
  SELECT ${columns.map(([name, , , read]) => read ?? name).join(', ')}
  FROM unnest(${columns.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')}) AS r (${names})
  ON CONFLICT (${keyColumns.join(', ')}) DO UPDATE SET ${named(others, (name) => `${name} = excluded.${name}`)}
  WHERE check_result.verdict = 'missed' AND excluded.verdict <> 'missed'`;

const plain = /^[\w.:-]+$/;
/** One element of an array literal. Nearly all are numbers, ids and words, which need no quotes. */
const element = (value: unknown): string => {
  if (value === null) return 'NULL';
  const text = String(value);
  return plain.test(text) && text.toUpperCase() !== 'NULL' ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
};
/** PostgreSQL's array literal: a third of the work that pg's own, which quotes everything, makes of it. */
const literal = (results: readonly CheckResult[], value: (result: CheckResult) => unknown): string =>
  `{${results.map((result) => element(value(result))).join(',')}}`;

type KeyRow = { monitor_id: string; scheduled_at: Date; region: string; family: CheckResult['family'] };

/** Those of these results whose rows this very transaction wrote. */
const writtenHere = async (tx: Sql, results: readonly CheckResult[]): Promise<ReadonlySet<string>> => {
  const { rows } = await tx.query<KeyRow>(
    `SELECT r.monitor_id, r.scheduled_at, r.region, r.family
     FROM unnest($1::uuid[], $2::float8[], $3::text[], $4::address_family[]) AS k (m, s, r, f)
     JOIN check_result r ON r.monitor_id = k.m AND r.scheduled_at = to_timestamp(k.s / 1000) AND r.region = k.r AND r.family = k.f
     WHERE r.xmin = pg_current_xact_id()::xid`,
    [
      results.map(({ monitorId }) => monitorId),
      results.map(({ scheduledAt }) => scheduledAt),
      results.map(({ region }) => region),
      results.map(({ family }) => family),
    ],
  );
  return new Set(
    rows.map((row) => keyOf({ ...row, monitorId: row.monitor_id, scheduledAt: row.scheduled_at.getTime() })),
  );
};

/** Writes the batch in one statement and answers those that were not there already. */
export const insertResults = async (tx: Sql, results: readonly CheckResult[]): Promise<readonly CheckResult[]> => {
  if (results.length === 0) return [];
  const missedFirst = results.toSorted(
    (a, b) => Number(b.outcome.verdict === 'missed') - Number(a.outcome.verdict === 'missed'),
  );
  const unique = new Map(missedFirst.map((result) => [keyOf(result), result]));
  // One order for every worker, so that two that hold the same results can't wait for each other.
  const ordered = [...unique.keys()].sort().flatMap((key) => unique.get(key) ?? []);
  const arrays = columns.map(([, , value]) => literal(ordered, value));
  const { rowCount } = await tx.query(insertSql, arrays);
  if (rowCount === ordered.length) return ordered;
  const fresh = rowCount === 0 ? new Set() : await writtenHere(tx, ordered);
  return ordered.filter((result) => fresh.has(keyOf(result)));
};

/** A monitor's votes in the log from a moment (epoch ms) on. */
export type VotesFrom = Readonly<{ monitorId: string; from: number }>;

/** The looks that have a vote, of each of these monitors from its moment on, oldest first. */
export const votesOf = async (tx: Sql, wanted: readonly VotesFrom[]): Promise<ReadonlyMap<string, CheckResult[]>> => {
  const { rows } = await tx.query<CheckResultRow>(
    `SELECT ${resultColumns} FROM unnest($1::uuid[], $2::float8[]) AS k (m, s)
     JOIN check_result r ON r.monitor_id = k.m AND r.scheduled_at >= to_timestamp(k.s / 1000)
     WHERE r.verdict IN ('up', 'degraded', 'down') ORDER BY r.scheduled_at, r.region`,
    [wanted.map(({ monitorId }) => monitorId), wanted.map(({ from }) => from)],
  );
  return Map.groupBy(rows.map(resultOf), ({ monitorId }) => monitorId);
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
