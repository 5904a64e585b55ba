import type { Sql } from '../../db.ts';
import { binder } from '../../keyset.ts';
import type { LogPage, LogPart } from './fresh-log.ts';
import { regionKeyOf, triggerCodeOf, verdictCodeOf } from './log-codes.ts';
import { inLogOrder, runLength, unpack } from './pack-codec.ts';
import { dayMs, failureKindOf, type StoredResult } from './stored-result.ts';

/** Runs that are fetched at a time: what fills the page when all in them is wanted, more when little was. */
const firstPortion = (rows: number): number => Math.min(8, 1 + Math.ceil(rows / runLength));
const nextPortion = 8;

type Run = { firstAt: number; packed: Buffer };

const dayOf = (at: number): number => Math.floor(at / dayMs);

/** The next runs that can hold something wanted; those that can't are passed over unread. */
const nextRuns = async (
  sql: Sql,
  part: LogPart,
  { after, descending }: Pick<LogPage, 'after' | 'descending'>,
  { beyond, portion }: Readonly<{ beyond: number | null; portion: number }>,
): Promise<readonly Run[]> => {
  const { bind, values } = binder();
  const ceiling = descending && after !== null ? Math.min(part.to ?? Infinity, after.at + 1) : part.to;
  const floor = !descending && after !== null ? Math.max(part.from, after.at) : part.from;
  const conditions = [
    `p.monitor = ${bind(part.monitor)}::int4`,
    `p.day >= ${bind(dayOf(floor))}::int4 AND p.last_at >= ${bind(floor)}::int8`,
  ];
  if (ceiling !== null)
    conditions.push(`p.day <= ${bind(dayOf(ceiling))}::int4 AND p.first_at < ${bind(ceiling)}::int8`);
  if (beyond !== null) conditions.push(`p.first_at ${descending ? '<' : '>'} ${bind(beyond)}::int8`);
  if (part.verdicts !== null) conditions.push(`p.verdicts & ${bind(part.verdicts)}::int4 <> 0`);
  if (part.statuses !== null) conditions.push(`p.statuses && ${bind(part.statuses)}::int2[]`);
  if (part.regionKeys !== null) {
    const places = part.regionKeys.flatMap((key) => [0, 1, 2].map((family) => key * 4 + family));
    conditions.push(`p.places && ${bind(places)}::int2[]`);
  }
  const way = descending ? 'DESC' : 'ASC';
  const { rows } = await sql.query<Run>(
    `SELECT p.first_at::float8 AS "firstAt", p.packed FROM packed_result p
     WHERE ${conditions.join(' AND ')} AND EXISTS (SELECT 1 FROM packed_day d WHERE d.day = p.day)
     ORDER BY p.day ${way}, p.first_at ${way} LIMIT ${bind(portion)}`,
    values,
  );
  return rows;
};

const isWanted =
  (part: LogPart, { after, descending }: Pick<LogPage, 'after' | 'descending'>) =>
  (result: StoredResult): boolean => {
    if (result.scheduledAt < part.from || (part.to !== null && result.scheduledAt >= part.to)) return false;
    if (after !== null) {
      const beyond = result.scheduledAt - after.at || result.place - after.place;
      if (descending ? beyond >= 0 : beyond <= 0) return false;
    }
    if (part.verdicts !== null && ((1 << verdictCodeOf(result.kind)) & part.verdicts) === 0) return false;
    if (part.statuses !== null && (result.status === null || !part.statuses.includes(result.status))) return false;
    if (part.triggers !== null && ((1 << triggerCodeOf(result.kind)) & part.triggers) === 0) return false;
    if (part.failures !== null && !part.failures.some((kind) => kind === failureKindOf(result))) return false;
    return part.regionKeys === null || part.regionKeys.includes(regionKeyOf(result.place));
  };

/** A page of the packed days. `stillTime` throws when the read has taken too long. */
export const readPacked = async (
  sql: Sql,
  part: LogPart,
  page: LogPage,
  stillTime: () => void,
): Promise<readonly StoredResult[]> => {
  const found: StoredResult[] = [];
  const wanted = isWanted(part, page);
  let portion = firstPortion(page.rows);
  for (let beyond: number | null = null; ; portion = nextPortion) {
    stillTime();
    const runs: readonly Run[] = await nextRuns(sql, part, page, { beyond, portion });
    for (const { firstAt, packed } of runs) {
      const results = unpack(packed).filter(wanted);
      found.push(...(page.descending ? results.toReversed() : results));
      beyond = firstAt;
      if (found.length >= page.rows) return found.slice(0, page.rows);
    }
    if (runs.length < portion) return found;
  }
};

/** Both forms of a day can be read while it changes from one to the other: a look counts once. */
export const mergeForms = (
  fresh: readonly StoredResult[],
  packed: readonly StoredResult[],
  { descending, rows }: LogPage,
): readonly StoredResult[] => {
  const sorted = [...fresh, ...packed].toSorted(descending ? (a, b) => inLogOrder(b, a) : inLogOrder);
  const unique = sorted.filter((result, i) => {
    const before = sorted[i - 1];
    return before === undefined || inLogOrder(before, result) !== 0;
  });
  return unique.slice(0, rows);
};

/** The newest look of each of these monitors in the packed days, by number. */
export const newestPacked = async (
  sql: Sql,
  monitors: readonly number[],
): Promise<ReadonlyMap<number, StoredResult>> => {
  if (monitors.length === 0) return new Map();
  const { rows } = await sql.query<Run & { monitor: number }>(
    `SELECT r.* FROM unnest($1::int4[]) AS wanted (monitor) CROSS JOIN LATERAL (
       SELECT p.monitor, p.packed FROM packed_result p
       WHERE p.monitor = wanted.monitor AND EXISTS (SELECT 1 FROM packed_day d WHERE d.day = p.day)
       ORDER BY p.day DESC, p.first_at DESC LIMIT 1) r`,
    [monitors],
  );
  return new Map(
    rows.flatMap(({ monitor, packed }) => {
      const newest = unpack(packed).at(-1);
      return newest === undefined ? [] : [[monitor, newest] as const];
    }),
  );
};
