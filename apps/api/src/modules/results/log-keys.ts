import type { Sql } from '../../db.ts';
import type { RegionNames } from './stored-result.ts';

/** The numbers that monitors and regions have in the log, by id. */
export type LogKeys = Readonly<{ monitors: ReadonlyMap<string, number>; regions: ReadonlyMap<string, number> }>;

type KeysRow = { seqs: string | null; regions: Record<string, number> | null };

/** One row for all monitors, which costs a tenth of a row each. Monitors that are gone have no number. */
const readKeys = async (tx: Sql, monitorIds: readonly string[]): Promise<LogKeys> => {
  const { rows } = await tx.query<KeysRow>(
    `SELECT (SELECT string_agg(coalesce(m.seq, 0)::text, ',' ORDER BY k.nth)
             FROM unnest($1::uuid[]) WITH ORDINALITY AS k (id, nth) LEFT JOIN monitor m ON m.id = k.id) AS seqs,
            (SELECT json_object_agg(region, key) FROM region_key) AS regions`,
    [`{${monitorIds.join()}}`],
  );
  const seqs = (rows[0]?.seqs ?? '').split(',').map(Number);
  return {
    monitors: new Map(monitorIds.flatMap((id, i) => (seqs[i] ? [[id, seqs[i]] as const] : []))),
    regions: new Map(Object.entries(rows[0]?.regions ?? {})),
  };
};

/** The keys for writing: a region that was never heard of gets its number. */
export const keysFor = async (tx: Sql, monitorIds: readonly string[], regions: Iterable<string>): Promise<LogKeys> => {
  const keys = await readKeys(tx, monitorIds);
  const missing = [...new Set(regions)].filter((region) => !keys.regions.has(region)).sort();
  if (missing.length === 0) return keys;
  await tx.query('INSERT INTO region_key (region) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [missing]);
  return readKeys(tx, monitorIds);
};

/** All regions that the log has ever named, by their number. */
export const regionNames = async (sql: Sql): Promise<RegionNames> => {
  const { rows } = await sql.query<{ key: number; region: string }>('SELECT key, region FROM region_key');
  return new Map(rows.map(({ key, region }) => [key, region]));
};
