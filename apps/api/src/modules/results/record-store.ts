import type { CheckResult } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { noteBatch } from './batch-store.ts';
import { keysFor } from './log-keys.ts';
import { fiveMinutes } from './roll-up-lengths.ts';
import { dayMs, type RegionNames, resultOf, type StoredResult, storedColumns, storedOf } from './stored-result.ts';

export { insertEvidence } from './evidence-store.ts';

/** A result on its way into the log. */
type Row = Readonly<{ monitor: number; stored: StoredResult; result: CheckResult }>;

const dayOf = ({ scheduledAt }: StoredResult): number => Math.floor(scheduledAt / dayMs);
const atMsOf = ({ scheduledAt }: StoredResult): number => scheduledAt % dayMs;

/** Column, its type on the wire and its value: one array a column, so one statement whatever the batch. */
const columns: readonly (readonly [name: string, type: string, value: (row: Row) => string | number | null])[] = [
  ['monitor', 'int4', (r) => r.monitor],
  ['at_ms', 'int4', (r) => atMsOf(r.stored)],
  ['total_us', 'int4', (r) => r.stored.totalUs],
  ['dns_us', 'int4', (r) => r.stored.dnsUs],
  ['connect_us', 'int4', (r) => r.stored.connectUs],
  ['tls_us', 'int4', (r) => r.stored.tlsUs],
  ['first_byte_us', 'int4', (r) => r.stored.firstByteUs],
  ['download_us', 'int4', (r) => r.stored.downloadUs],
  ['bytes', 'int4', (r) => r.stored.bytes],
  ['delay_ms', 'int4', (r) => r.stored.delayMs],
  ['day', 'int2', (r) => dayOf(r.stored)],
  ['place', 'int2', (r) => r.stored.place],
  ['kind', 'int2', (r) => r.stored.kind],
  ['status', 'int2', (r) => r.stored.status],
  ['remote_address', 'inet', (r) => r.stored.remoteAddress],
  ['rare', 'text', (r) => r.stored.rare],
];
const names = columns.map(([name]) => name).join(', ');
const keyColumns = ['monitor', 'day', 'at_ms', 'place'];
const others = columns.map(([name]) => name).filter((name) => !keyColumns.includes(name));
const missed = 4;
const insertSql = `WITH marked AS (
    INSERT INTO roll_up_mark (length_s, slot, monitors)
    SELECT ${fiveMinutes}, slot, monitors::int4[] FROM unnest($${columns.length + 1}::int4[], $${columns.length + 2}::text[]) AS k (slot, monitors))
  INSERT INTO fresh_result (${names})
  SELECT * FROM unnest(${columns.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')})`;
// A look that was reported as missed, by a probe that had been killed, and then arrives after all, was not missed.
const insertNewSql = `${insertSql}
  ON CONFLICT (${keyColumns.join(', ')}) DO UPDATE SET ${others.map((name) => `${name} = excluded.${name}`).join(', ')}
  WHERE fresh_result.kind & 7 = ${missed} AND excluded.kind & 7 <> ${missed}`;

const plain = /^[\w.:-]+$/;
/** One element of an array literal. Nearly all are numbers and addresses, which need no quotes. */
const element = (value: string | number | null): string | number => {
  if (typeof value === 'number') return value;
  if (value === null) return 'NULL';
  return plain.test(value) && value.toUpperCase() !== 'NULL' ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
};
/** PostgreSQL's array literal: a third of the work that pg's own, which quotes everything, makes of it. */
const literal = (values: readonly (string | number | null)[]): string => `{${values.map(element).join(',')}}`;

/** The slots of five minutes that these results lie in, each with its monitors. */
const slotsOf = (rows: readonly Row[]): ReadonlyMap<number, Set<number>> => {
  const slots = new Map<number, Set<number>>();
  for (const { monitor, stored } of rows) {
    const slot = Math.floor(stored.scheduledAt / (fiveMinutes * 1_000));
    const monitors = slots.get(slot);
    if (monitors === undefined) slots.set(slot, new Set([monitor]));
    else monitors.add(monitor);
  }
  return slots;
};

const isDuplicate = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '23505';

/**
 * Answers how many rows were written. Nearly always nothing of a batch is there: then a plain insert, which does not
 * look first, costs a quarter less. When something is there after all, that is undone and done with a look.
 */
const write = async (tx: Sql, rows: readonly Row[]): Promise<number> => {
  const slots = [...slotsOf(rows)];
  const values = [
    ...columns.map(([, , value]) => literal(rows.map(value))),
    literal(slots.map(([slot]) => slot)),
    slots.map(([, monitors]) => literal([...monitors])),
  ];
  await tx.query('SAVEPOINT nothing_there');
  try {
    const { rowCount } = await tx.query(insertSql, values);
    await tx.query('RELEASE SAVEPOINT nothing_there');
    return rowCount ?? 0;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await tx.query('ROLLBACK TO SAVEPOINT nothing_there');
    await tx.query('RELEASE SAVEPOINT nothing_there');
    const { rowCount } = await tx.query(insertNewSql, values);
    return rowCount ?? 0;
  }
};

const keyOf = ({ monitor, stored }: Row): string => `${monitor} ${stored.scheduledAt} ${stored.place}`;
type KeyRow = { monitor: number; scheduledAt: number; place: number };

/** Those of these results whose rows this very transaction wrote. */
const writtenHere = async (tx: Sql, rows: readonly Row[]): Promise<ReadonlySet<string>> => {
  const { rows: found } = await tx.query<KeyRow>(
    `SELECT r.monitor, (r.day * ${dayMs}::int8 + r.at_ms)::float8 AS "scheduledAt", r.place
     FROM unnest($1::int4[], $2::int2[], $3::int4[], $4::int2[]) AS k (m, d, a, p)
     JOIN fresh_result r ON r.monitor = k.m AND r.day = k.d AND r.at_ms = k.a AND r.place = k.p
     WHERE r.xmin = pg_current_xact_id()::xid`,
    [
      rows.map(({ monitor }) => monitor),
      rows.map(({ stored }) => dayOf(stored)),
      rows.map(({ stored }) => atMsOf(stored)),
      rows.map(({ stored }) => stored.place),
    ],
  );
  return new Set(found.map((key) => `${key.monitor} ${key.scheduledAt} ${key.place}`));
};

const isMissed = ({ outcome }: CheckResult): boolean => outcome.verdict === 'missed';
const inOrder = (a: Row, b: Row): number =>
  a.monitor - b.monitor || a.stored.scheduledAt - b.stored.scheduledAt || a.stored.place - b.stored.place;

/** One row for each result, in one order for every worker, so that two that hold the same can't wait for each other. */
const rowsOf = async (tx: Sql, batchId: string, results: readonly CheckResult[]): Promise<readonly Row[] | null> => {
  const monitorIds = [...new Set(results.map(({ monitorId }) => monitorId))];
  const keys = await keysFor(tx, { batchId, monitorIds, regions: new Set(results.map(({ region }) => region)) });
  if (keys === null) return null;
  const rows = results.flatMap((result) => {
    const monitor = keys.monitors.get(result.monitorId);
    const region = keys.regions.get(result.region);
    // Without a number: deleted since the batch was looked at.
    return monitor === undefined || region === undefined ? [] : [{ monitor, stored: storedOf(result, region), result }];
  });
  // Of the same look twice the last counts that was not missed, else the last.
  const ordered = rows.toSorted((a, b) => inOrder(a, b) || Number(isMissed(b.result)) - Number(isMissed(a.result)));
  return ordered.filter((row, i) => {
    const next = ordered[i + 1];
    return next === undefined || inOrder(row, next) !== 0;
  });
};

/** Writes what is wanted of a batch in one statement and answers those that were not there already; null = it was taken before. */
export const insertResults = async (
  tx: Sql,
  batchId: string,
  results: readonly CheckResult[],
): Promise<readonly CheckResult[] | null> => {
  if (results.length === 0) {
    await noteBatch(tx, batchId);
    return [];
  }
  const rows = await rowsOf(tx, batchId, results);
  if (rows === null) return null;
  const written = rows.length === 0 ? 0 : await write(tx, rows);
  if (written === rows.length) return rows.map(({ result }) => result);
  const fresh = written === 0 ? new Set() : await writtenHere(tx, rows);
  return rows.filter((row) => fresh.has(keyOf(row))).map(({ result }) => result);
};

/** A monitor's votes in the log from a moment (epoch ms) on, and up to another where one is given. */
export type VotesFrom = Readonly<{ monitorId: string; from: number; until?: number }>;

/** Later than any look. */
const lastDay = 32_767;

type VoteRow = StoredResult & { monitorId: string; key: number; region: string };
const byTime = (a: CheckResult, b: CheckResult): number =>
  a.scheduledAt - b.scheduledAt || (a.region < b.region ? -1 : a.region > b.region ? 1 : 0);

/**
 * The looks that have a vote, of each of these monitors from its moment on, oldest first. Of days that are packed there
 * are none: what is so old was folded long ago.
 */
export const votesOf = async (tx: Sql, wanted: readonly VotesFrom[]): Promise<ReadonlyMap<string, CheckResult[]>> => {
  const { rows } = await tx.query<VoteRow>(
    `SELECT ${storedColumns}, m.id AS "monitorId", g.key, g.region
     FROM unnest($1::uuid[], $2::int2[], $3::int4[], $4::int2[], $5::int4[]) AS k (id, day, at_ms, last_day, last_ms)
     JOIN monitor m ON m.id = k.id
     JOIN fresh_result r ON r.monitor = m.seq AND r.day >= k.day AND (r.day, r.at_ms) >= (k.day, k.at_ms)
       AND r.day <= k.last_day AND (r.day, r.at_ms) <= (k.last_day, k.last_ms)
     JOIN region_key g ON g.key = r.place >> 2
     WHERE r.kind & 7 < 3`,
    [
      wanted.map(({ monitorId }) => monitorId),
      wanted.map(({ from }) => Math.floor(from / dayMs)),
      wanted.map(({ from }) => from % dayMs),
      wanted.map(({ until }) => (until === undefined ? lastDay : Math.floor(until / dayMs))),
      wanted.map(({ until }) => (until === undefined ? 0 : Math.floor(until % dayMs))),
    ],
  );
  const regions: RegionNames = new Map(rows.map(({ key, region }) => [key, region]));
  const results = rows.map(({ monitorId, ...stored }) => resultOf(stored, monitorId, regions));
  return Map.groupBy(results.toSorted(byTime), ({ monitorId }) => monitorId);
};
