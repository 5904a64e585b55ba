import type { Failure } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { type Binder, binder } from '../../keyset.ts';
import { dayMs, type StoredResult, storedColumns } from './stored-result.ts';

/** A place in the log: beyond it a page begins. */
export type LogPosition = Readonly<{ at: number; place: number }>;
/** What is read of one monitor's log. `from` is inclusive, `to` exclusive, epoch ms; null = any. */
export type LogPart = Readonly<{
  monitor: number;
  from: number;
  to: number | null;
  /** Bits, by `verdictMask`. */
  verdicts: number | null;
  statuses: readonly number[] | null;
  regionKeys: readonly number[] | null;
  /** Bits, by `triggerMask`. */
  triggers: number | null;
  failures: readonly Failure['kind'][] | null;
}>;
export type LogPage = Readonly<{ after: LogPosition | null; descending: boolean; rows: number }>;

const moment = (bind: Binder['bind'], at: number): readonly [day: string, atMs: string] => [
  `${bind(Math.floor(at / dayMs))}::int4`,
  `${bind(at - Math.floor(at / dayMs) * dayMs)}::int4`,
];

const conditionsOf = (part: LogPart, { after, descending }: LogPage, bind: Binder['bind']): readonly string[] => {
  const [fromDay, fromMs] = moment(bind, part.from);
  const conditions = [
    `r.monitor = ${bind(part.monitor)}::int4`,
    // The bare day says nothing new, but partitions are left out by it and not by a comparison of rows.
    `r.day >= ${fromDay} AND (r.day, r.at_ms) >= (${fromDay}, ${fromMs})`,
  ];
  if (part.to !== null) {
    const [day, atMs] = moment(bind, part.to);
    conditions.push(`r.day <= ${day} AND (r.day, r.at_ms) < (${day}, ${atMs})`);
  }
  if (after !== null) {
    const [day, atMs] = moment(bind, after.at);
    const than = descending ? '<' : '>';
    conditions.push(
      `r.day ${than}= ${day} AND (r.day, r.at_ms, r.place) ${than} (${day}, ${atMs}, ${bind(after.place)}::int4)`,
    );
  }
  if (part.verdicts !== null) conditions.push(`(1 << (r.kind & 7)) & ${bind(part.verdicts)}::int4 <> 0`);
  if (part.statuses !== null) conditions.push(`r.status = ANY(${bind(part.statuses)}::int2[])`);
  if (part.regionKeys !== null) conditions.push(`r.place >> 2 = ANY(${bind(part.regionKeys)}::int4[])`);
  if (part.triggers !== null) conditions.push(`(1 << (r.kind >> 3)) & ${bind(part.triggers)}::int4 <> 0`);
  if (part.failures !== null)
    conditions.push(
      `CASE WHEN r.rare = '' THEN false ELSE r.rare::json #>> '{outcome,failure,kind}' = ANY(${bind(part.failures)}::text[]) END`,
    );
  return conditions;
};

/** A page of the days that are not packed, by the primary key. */
export const readFresh = async (sql: Sql, part: LogPart, page: LogPage): Promise<readonly StoredResult[]> => {
  const { bind, values } = binder();
  const conditions = conditionsOf(part, page, bind);
  const way = page.descending ? 'DESC' : 'ASC';
  const { rows } = await sql.query<StoredResult>(
    `SELECT ${storedColumns} FROM fresh_result r WHERE ${conditions.join(' AND ')}
     ORDER BY r.day ${way}, r.at_ms ${way}, r.place ${way} LIMIT ${bind(page.rows)}`,
    values,
  );
  return rows;
};

/** The newest look of each of these monitors, by number. */
export const newestFresh = async (
  sql: Sql,
  monitors: readonly number[],
): Promise<ReadonlyMap<number, StoredResult>> => {
  const { rows } = await sql.query<StoredResult & { monitor: number }>(
    `SELECT r.* FROM unnest($1::int4[]) AS wanted (monitor) CROSS JOIN LATERAL (
       SELECT ${storedColumns}, r.monitor FROM fresh_result r WHERE r.monitor = wanted.monitor
       ORDER BY r.day DESC, r.at_ms DESC, r.place DESC LIMIT 1) r`,
    [monitors],
  );
  return new Map(rows.map(({ monitor, ...stored }) => [monitor, stored]));
};
