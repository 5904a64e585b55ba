import type { Sql } from '../../db.ts';

const perAddress = { count: 3, withinMs: 24 * 3_600_000 } as const;
/** Old counts go with new ones, a few at a time: nobody waits for them. */
const forgottenAtOnce = 10;

/**
 * Counts a confirmation mail to an address, whoever asks and through whichever process. Answers how many milliseconds
 * until one more is allowed; 0 = this one was. Part of the transaction that asks: the caller rolls it back when it was
 * too many. `lookup` is the address's HMAC.
 */
export const countConfirmation = async (tx: Sql, lookup: Buffer, now: number): Promise<number> => {
  const expired = new Date(now - perAddress.withinMs);
  const { rows } = await tx.query<{ count: number; since: Date }>(
    `INSERT INTO confirmation_mail AS c (lookup, count, since) VALUES ($1, 1, $2)
     ON CONFLICT (lookup) DO UPDATE SET count = CASE WHEN c.since <= $3 THEN 1 ELSE c.count + 1 END,
       since = CASE WHEN c.since <= $3 THEN $2 ELSE c.since END
     RETURNING count, since`,
    [lookup, new Date(now), expired],
  );
  await tx.query(
    `DELETE FROM confirmation_mail WHERE lookup IN (SELECT lookup FROM confirmation_mail
       WHERE since <= $1 ORDER BY since LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [expired, forgottenAtOnce],
  );
  const [row] = rows;
  if (row === undefined || row.count <= perAddress.count) return 0;
  return Math.max(1, row.since.getTime() + perAddress.withinMs - now);
};
