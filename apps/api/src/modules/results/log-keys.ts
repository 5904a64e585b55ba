import type { Sql } from '../../db.ts';
import { noteSql } from './batch-store.ts';
import type { RegionNames } from './stored-result.ts';

/** The numbers that monitors and regions have in the log, by id. */
export type LogKeys = Readonly<{ monitors: ReadonlyMap<string, number>; regions: ReadonlyMap<string, number> }>;

/** Monitors' numbers that this process has met. A monitor's number never changes, so nothing here can be wrong. */
const met = new Map<string, number>();
/** Above this it begins anew: some 10 MB. */
const mostMet = 100_000;

type KeysRow = { monitors: Record<string, number> | null; regions: Record<string, number> | null; noted: boolean };
/** `noted`: the batch was not there before. */
type Read = LogKeys & Readonly<{ noted: boolean }>;

/**
 * One row for all that is unknown, and most often that is nothing. Monitors that are gone have no number. The same
 * statement notes the batch: one of its own would cost every batch a way to the database.
 */
const readKeys = async (tx: Sql, monitorIds: readonly string[], batchId: string | null): Promise<Read> => {
  if (met.size > mostMet) met.clear();
  const known: [string, number][] = [];
  const unmet: string[] = [];
  for (const id of monitorIds) {
    const seq = met.get(id);
    if (seq === undefined) unmet.push(id);
    else known.push([id, seq]);
  }
  const { rows } = await tx.query<KeysRow>(
    `WITH noted AS (${noteSql})
     SELECT (SELECT json_object_agg(id, seq) FROM monitor WHERE id = ANY($2::uuid[])) AS monitors,
            (SELECT json_object_agg(region, key) FROM region_key) AS regions, EXISTS (SELECT 1 FROM noted) AS noted`,
    [batchId, `{${unmet.join()}}`],
  );
  const read = rows[0]?.monitors ?? {};
  for (const [id, seq] of Object.entries(read)) met.set(id, seq);
  // Of its own: `met` may begin anew while somebody still looks into this one.
  const monitors = new Map(known);
  for (const id of unmet) if (read[id] !== undefined) monitors.set(id, read[id]);
  return { monitors, regions: new Map(Object.entries(rows[0]?.regions ?? {})), noted: rows[0]?.noted ?? false };
};

/** The keys for writing: a region that was never heard of gets its number. Null when the batch is in the log already. */
export const keysFor = async (
  tx: Sql,
  {
    batchId,
    monitorIds,
    regions,
  }: Readonly<{ batchId: string; monitorIds: readonly string[]; regions: Iterable<string> }>,
): Promise<LogKeys | null> => {
  const keys = await readKeys(tx, monitorIds, batchId);
  if (!keys.noted) return null;
  const missing = [...new Set(regions)].filter((region) => !keys.regions.has(region)).sort();
  if (missing.length === 0) return keys;
  await tx.query('INSERT INTO region_key (region) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [missing]);
  return readKeys(tx, monitorIds, null);
};

/** All regions that the log has ever named, by their number. */
export const regionNames = async (sql: Sql): Promise<RegionNames> => {
  const { rows } = await sql.query<{ key: number; region: string }>('SELECT key, region FROM region_key');
  return new Map(rows.map(({ key, region }) => [key, region]));
};
