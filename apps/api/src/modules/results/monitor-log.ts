import type { Sql } from '../../db.ts';
import { dayMs, type RegionNames } from './stored-result.ts';

/** What one has to know to read a monitor's log. */
export type MonitorLog = Readonly<{
  monitorId: string;
  /** Its number in the log. */
  monitor: number;
  /** What is older is not shown any more, epoch ms: the organisation keeps so many whole days. */
  keptFrom: number;
  regions: RegionNames;
}>;

/** The first moment that is kept when `days` whole days (UTC) before today are. */
export const keptFrom = (now: number, days: number): number => (Math.floor(now / dayMs) - days) * dayMs;

type Row = { seq: number; days: number; regions: Record<string, number> | null };

/** By the monitor's id; null when there is none. */
export const monitorLog = async (sql: Sql, monitorId: string, now: number): Promise<MonitorLog | null> => {
  const { rows } = await sql.query<Row>(
    `SELECT m.seq, o.log_days AS days, (SELECT json_object_agg(region, key) FROM region_key) AS regions
     FROM monitor m JOIN organisation o ON o.id = m.organisation_id WHERE m.id = $1`,
    [monitorId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const regions = new Map(Object.entries(row.regions ?? {}).map(([region, key]) => [key, region]));
  return { monitorId, monitor: row.seq, keptFrom: keptFrom(now, row.days), regions };
};

/** The same of several monitors, but for the regions. */
export const monitorsKept = async (
  sql: Sql,
  monitorIds: readonly string[],
  now: number,
): Promise<readonly Omit<MonitorLog, 'regions'>[]> => {
  const { rows } = await sql.query<{ id: string; seq: number; days: number }>(
    `SELECT m.id, m.seq, o.log_days AS days FROM monitor m JOIN organisation o ON o.id = m.organisation_id
     WHERE m.id = ANY($1::uuid[])`,
    [monitorIds],
  );
  return rows.map(({ id, seq, days }) => ({ monitorId: id, monitor: seq, keptFrom: keptFrom(now, days) }));
};

/** The numbers of regions by name; names that the log has never heard have none. */
export const regionKeysOf = ({ regions }: Pick<MonitorLog, 'regions'>, names: readonly string[]): readonly number[] =>
  [...regions].filter(([, name]) => names.includes(name)).map(([key]) => key);
