import type { Sql } from '../../db.ts';

/** Whether it is the reader who asks: the caller's own address, and shown to be. */
export const isReader = async (sql: Sql, accountId: string | null, address: string): Promise<boolean> => {
  const { rows } = await sql.query(
    'SELECT 1 FROM account WHERE id = $1 AND lower(email) = lower($2) AND email_verified',
    [accountId, address],
  );
  return rows.length > 0;
};

/** Whether the address is the caller's own, or one that a member has shown to be theirs. */
export const isOwnAddress = async (
  sql: Sql,
  {
    organisationId,
    accountId,
    address,
  }: Readonly<{ organisationId: string; accountId: string | null; address: string }>,
): Promise<boolean> => {
  const { rows } = await sql.query(
    `SELECT 1 FROM member m JOIN account a ON a.id = m.account_id
     WHERE m.organisation_id = $1 AND lower(a.email) = lower($2) AND (a.email_verified OR a.id = $3)`,
    [organisationId, address, accountId],
  );
  return rows.length > 0;
};
