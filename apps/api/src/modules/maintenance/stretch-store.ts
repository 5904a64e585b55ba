import type { Occurrence } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { holdsFor } from '../../scope.ts';

/** One monitor's time in a window. */
export type Stretch = Readonly<{ monitorId: string; until: Date }>;
type Shown = Readonly<{
  monitorId: string;
  status: 'pending' | 'up' | 'degraded' | 'down' | 'unknown' | 'flapping';
  since: Date;
}>;

const ms = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;
const isMeant = `EXISTS (SELECT 1 FROM maintenance_window w JOIN monitor m ON m.organisation_id = w.organisation_id
  WHERE w.id = $1 AND m.id = s.monitor_id AND ${holdsFor('w')})`;

/** What monitors went through, as facts: written as windows begin and end, and never again. */
export const stretchStore = () => ({
  /** Whether the open stretches of a window are not what they should be: `running` null = none should be. */
  differ: async (tx: Sql, windowId: string, running: Occurrence | null): Promise<boolean> => {
    const { rows } = await tx.query<{ differ: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM maintenance_stretch s WHERE s.window_id = $1 AND s.ended_at IS NULL
           AND ($2::float8 IS NULL OR s.until <> ${ms(2)} OR NOT ${isMeant}))
         OR ($2::float8 IS NOT NULL AND EXISTS (
           SELECT 1 FROM maintenance_window w JOIN monitor m ON m.organisation_id = w.organisation_id
           WHERE w.id = $1 AND ${holdsFor('w')} AND NOT EXISTS (
             SELECT 1 FROM maintenance_stretch s WHERE s.window_id = $1 AND s.monitor_id = m.id AND s.ended_at IS NULL)))
         AS differ`,
      [windowId, running?.until ?? null],
    );
    return rows[0]?.differ ?? false;
  },

  /** Ends those that are over, of an earlier time too, or whose monitors are not meant any more, and answers them. */
  end: async (tx: Sql, windowId: string, running: Occurrence | null, now: number): Promise<readonly Stretch[]> => {
    const { rows } = await tx.query<Stretch>(
      `UPDATE maintenance_stretch s SET ended_at = greatest(s.started_at, least(${ms(3)}, s.until))
       WHERE s.window_id = $1 AND s.ended_at IS NULL
         AND (NOT $2::boolean OR s.until <= ${ms(4)} OR NOT ${isMeant})
       RETURNING s.monitor_id AS "monitorId", s.ended_at AS until`,
      [windowId, running !== null, now, running?.from ?? null],
    );
    return rows;
  },

  /** Begins those that are missing and answers them; the end of those that run may have moved. */
  begin: async (tx: Sql, windowId: string, running: Occurrence, now: number): Promise<readonly Stretch[]> => {
    await tx.query(
      'UPDATE maintenance_stretch SET until = to_timestamp($2::float8 / 1000) WHERE window_id = $1 AND ended_at IS NULL',
      [windowId, running.until],
    );
    const { rows } = await tx.query<Stretch>(
      `INSERT INTO maintenance_stretch (monitor_id, window_id, started_at, until, name, counts_as)
       SELECT m.id, w.id, CASE WHEN EXISTS (SELECT 1 FROM maintenance_stretch b
           WHERE b.window_id = w.id AND b.monitor_id = m.id AND b.started_at >= greatest(${ms(2)}, m.created_at))
         THEN ${ms(4)} ELSE greatest(${ms(2)}, m.created_at) END, ${ms(3)}, w.name, w.counts_as
       FROM maintenance_window w JOIN monitor m ON m.organisation_id = w.organisation_id
       WHERE w.id = $1 AND ${holdsFor('w')} AND NOT EXISTS (
         SELECT 1 FROM maintenance_stretch s WHERE s.window_id = w.id AND s.monitor_id = m.id AND s.ended_at IS NULL)
       ON CONFLICT DO NOTHING
       RETURNING monitor_id AS "monitorId", started_at AS until`,
      [windowId, running.from, running.until, now],
    );
    return rows;
  },

  /** The planned work of monitors that uptime leaves out, as far as it has a part in the range (epoch ms). */
  leftOutIn: async (
    sql: Sql,
    monitorIds: readonly string[],
    { from, until }: Occurrence,
  ): Promise<ReadonlyMap<string, readonly Occurrence[]>> => {
    const { rows } = await sql.query<{ monitorId: string; from: Date; until: Date }>(
      `SELECT monitor_id AS "monitorId", started_at AS from, coalesce(ended_at, until) AS until FROM maintenance_stretch
       WHERE monitor_id = ANY($1::uuid[]) AND counts_as = 'excluded' AND started_at < ${ms(3)}
         AND coalesce(ended_at, until) > ${ms(2)}
       ORDER BY started_at`,
      [monitorIds, from, until],
    );
    const stretches = rows.map((row) => ({ ...row, from: row.from.getTime(), until: row.until.getTime() }));
    return Map.groupBy(stretches, ({ monitorId }) => monitorId);
  },

  /** What is shown of these monitors when they are in no window; those that still are in one, or paused, are left out. */
  outside: async (tx: Sql, monitorIds: readonly string[]): Promise<readonly Shown[]> => {
    const { rows } = await tx.query<Shown>(
      `SELECT m.id AS "monitorId", s.status, s.status_since AS since
       FROM monitor m JOIN monitor_state s ON s.monitor_id = m.id
       WHERE m.id = ANY($1::uuid[]) AND m.paused_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM maintenance_stretch x WHERE x.monitor_id = m.id AND x.ended_at IS NULL)`,
      [monitorIds],
    );
    return rows;
  },

  /** Of these monitors those that are watched. */
  watched: async (tx: Sql, monitorIds: readonly string[]): Promise<ReadonlySet<string>> => {
    const { rows } = await tx.query<{ id: string }>(
      'SELECT id FROM monitor WHERE id = ANY($1::uuid[]) AND paused_at IS NULL',
      [monitorIds],
    );
    return new Set(rows.map(({ id }) => id));
  },
});
export type StretchStore = ReturnType<typeof stretchStore>;
