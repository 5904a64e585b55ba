import type { Sql } from '../../db.ts';

const at = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;
const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

/** A monitor without looks since then, epoch ms. */
export type SilentMonitor = Readonly<{
  monitorId: string;
  organisationId: string;
  name: string;
  regions: readonly string[];
  since: number;
}>;

/** So long a monitor's results may stay away: three intervals and the time after which a region is dark. */
const patience = `make_interval(secs => 3 * m.interval_ms / 1000.0 + 90)`;
const patienceEnded = `($1::float8::int8 - 3 * m.interval_ms::int8 - 90000)`;
/** A day in ms, as bigint. */
const day = '86400000::int8';
/**
 * A monitor's looks that did happen (verdict 4 is `missed`) after a moment in ms; the log's key is (monitor, day, at_ms), and
 * only a comparison of its rows is read from the index's end.
 */
const lookedAfter = (after: string): string =>
  `r.monitor = m.seq AND r.kind & 7 <> 4 AND r.day >= (${after} / ${day})::int2
     AND (r.day, r.at_ms) > ((${after} / ${day})::int2, (${after} % ${day})::int4)`;
const lookedAt = `to_timestamp((r.day * ${day} + r.at_ms) / 1000.0)`;

/**
 * Watched monitors that no look was reported of for too long although one of their regions was there all that while.
 * `heard`: since when results could come in without a gap (epoch ms). Those that are known as silent are left out.
 */
export const newlySilent = async (
  sql: Sql,
  { heard, now }: Readonly<{ heard: number; now: number }>,
): Promise<readonly SilentMonitor[]> => {
  const { rows } = await sql.query<SilentMonitor>(
    `SELECT m.id AS "monitorId", m.organisation_id AS "organisationId", m.name, m.regions,
       ${ms(`coalesce((SELECT ${lookedAt} FROM fresh_result r
          WHERE ${lookedAfter(`($1::float8::int8 - ${day})`)} AND r.day * ${day} + r.at_ms <= $1::float8::int8
          ORDER BY r.day DESC, r.at_ms DESC LIMIT 1), m.updated_at)`)} AS since
     FROM monitor m
     WHERE m.paused_at IS NULL AND greatest(m.updated_at, ${at(2)}) < ${at(1)} - ${patience}
       AND NOT EXISTS (SELECT 1 FROM monitor_silence s WHERE s.monitor_id = m.id AND s.ended_at IS NULL)
       AND EXISTS (
         SELECT 1 FROM region g WHERE g.id = ANY(m.regions) AND g.last_seen_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM region_outage o
           WHERE o.region = g.id AND (o.ended_at IS NULL OR o.ended_at > ${at(1)} - ${patience})))
       AND NOT EXISTS (SELECT 1 FROM fresh_result r WHERE ${lookedAfter(patienceEnded)})
     ORDER BY m.id LIMIT 10000`,
    [now, heard],
  );
  return rows;
};

export const beginSilences = async (tx: Sql, silent: readonly SilentMonitor[], now: number): Promise<void> => {
  await tx.query(
    `INSERT INTO monitor_silence (monitor_id, started_at, told_at)
     SELECT k.id, to_timestamp(k.since / 1000), ${at(3)} FROM unnest($1::uuid[], $2::float8[]) AS k (id, since)
     JOIN monitor m ON m.id = k.id ON CONFLICT DO NOTHING`,
    [silent.map(({ monitorId }) => monitorId), silent.map(({ since }) => since), now],
  );
};

export type Resumed = SilentMonitor & Readonly<{ toldAt: number }>;

/** Ends the silence of monitors that are looked at again and answers them; that of paused ones ends without a word. */
export const endSilences = async (tx: Sql, now: number): Promise<readonly Resumed[]> => {
  await tx.query(
    `UPDATE monitor_silence s SET ended_at = greatest(s.started_at, ${at(1)})
     FROM monitor m WHERE m.id = s.monitor_id AND s.ended_at IS NULL AND m.paused_at IS NOT NULL`,
    [now],
  );
  const { rows } = await tx.query<Resumed>(
    `UPDATE monitor_silence s SET ended_at = again.at
     FROM monitor m, LATERAL (
       SELECT ${lookedAt} AS at FROM fresh_result r WHERE ${lookedAfter(patienceEnded)}
       ORDER BY r.day DESC, r.at_ms DESC LIMIT 1) AS again
     WHERE m.id = s.monitor_id AND s.ended_at IS NULL AND again.at > s.started_at
     RETURNING m.id AS "monitorId", m.organisation_id AS "organisationId", m.name, m.regions,
       ${ms('s.started_at')} AS since, ${ms('s.told_at')} AS "toldAt"`,
    [now],
  );
  return rows;
};
