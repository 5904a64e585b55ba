import type { Sql } from '../../db.ts';

export type Member = Readonly<{ accountId: string; name: string; email: string; role: 'owner' | 'member' }>;

/** The people of an organisation. */
export const memberStore = () => ({
  /** Whoever was there first comes first. */
  list: async (sql: Sql, organisationId: string): Promise<readonly Member[]> => {
    const { rows } = await sql.query<Member>(
      `SELECT a.id AS "accountId", a.name, a.email, m.role FROM member m JOIN account a ON a.id = m.account_id
       WHERE m.organisation_id = $1 ORDER BY m.created_at, a.id`,
      [organisationId],
    );
    return rows;
  },

  /** The names of those of these accounts that are members; the others are left out. */
  names: async (
    sql: Sql,
    organisationId: string,
    accountIds: readonly string[],
  ): Promise<ReadonlyMap<string, string>> => {
    if (accountIds.length === 0) return new Map();
    const { rows } = await sql.query<{ id: string; name: string }>(
      `SELECT a.id, a.name FROM member m JOIN account a ON a.id = m.account_id
       WHERE m.organisation_id = $1 AND a.id = ANY($2::uuid[])`,
      [organisationId, accountIds],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  },
});
export type MemberStore = ReturnType<typeof memberStore>;
