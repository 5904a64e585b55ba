import type { Sql } from '../../db.ts';

/** A look asked for by hand is followed by the next one no sooner than this. */
const apartMs = 10_000;

/**
 * Takes the turn to ask for a look at a monitor, of all API processes together. Answers null, or, while the last one
 * is too fresh, how many milliseconds are left.
 */
export const takeTurn = async (sql: Sql, monitorId: string): Promise<number | null> => {
  const { rowCount } = await sql.query(
    `UPDATE monitor SET asked_at = clock_timestamp()
     WHERE id = $1 AND (asked_at IS NULL OR asked_at <= clock_timestamp() - make_interval(secs => $2::float8 / 1000))`,
    [monitorId, apartMs],
  );
  if (rowCount === 1) return null;
  const { rows } = await sql.query<{ age: number | null }>(
    `SELECT (extract(epoch FROM clock_timestamp() - asked_at) * 1000)::float8 AS age FROM monitor WHERE id = $1`,
    [monitorId],
  );
  return Math.min(apartMs, Math.max(1, apartMs - (rows[0]?.age ?? 0)));
};

/** Nobody could be asked after all. */
export const giveTurnBack = async (sql: Sql, monitorId: string): Promise<void> => {
  await sql.query('UPDATE monitor SET asked_at = NULL WHERE id = $1', [monitorId]);
};
