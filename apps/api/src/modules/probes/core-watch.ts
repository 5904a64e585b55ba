import { type CorePart, coreGapMs, heardSince } from '@farwatch/domain';
import type { Sql } from '../../db.ts';

const parts = ['api', 'worker'] as const;

/** How often a part says that it is there. */
export const noteEveryMs = 5_000;

/** Notes that a part of the core is there; a gap before begins its presence anew. */
export const notePresence = async (sql: Sql, part: (typeof parts)[number], now: number): Promise<void> => {
  await sql.query(
    `INSERT INTO core_watch AS w (part, since, seen_at)
     SELECT $1, to_timestamp($2::float8 / 1000), to_timestamp($2::float8 / 1000)
     ON CONFLICT (part) DO UPDATE SET
       since = CASE WHEN w.seen_at < excluded.seen_at - make_interval(secs => $3::float8 / 1000)
                    THEN excluded.since ELSE w.since END,
       seen_at = greatest(w.seen_at, excluded.seen_at)`,
    [part, now, coreGapMs],
  );
};

/** Since when signs of life can be heard without a gap, epoch ms. A part that was never there hears nothing. */
export const readHeardSince = async (sql: Sql, now: number): Promise<number> => {
  const { rows } = await sql.query<CorePart>(
    `SELECT (extract(epoch FROM since) * 1000)::float8 AS since, (extract(epoch FROM seen_at) * 1000)::float8 AS "seenAt"
     FROM core_watch WHERE part = ANY($1::text[])`,
    [parts],
  );
  return rows.length < parts.length ? now : heardSince(rows, now);
};
