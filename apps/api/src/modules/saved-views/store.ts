import type { SavedViewView } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';

/** A `saved_view` row. */
export type SavedViewRow = Readonly<{
  id: string;
  organisationId: string;
  accountId: string;
  place: SavedViewView['place'];
  name: string;
  search: Readonly<Record<string, string>>;
  visibility: SavedViewView['visibility'];
  isDefault: boolean;
  createdAt: Date;
  updatedAt: Date;
}>;
/** Whose: a person in an organisation. */
export type Person = Readonly<{ organisationId: string; accountId: string }>;
type One = Person & Readonly<{ id: string }>;

const columns = `id, organisation_id AS "organisationId", account_id AS "accountId", place, name, search, visibility,
  is_default AS "isDefault", created_at AS "createdAt", updated_at AS "updatedAt"`;

const holdPerson = async (tx: Sql, accountId: string): Promise<void> => {
  await tx.query('SELECT 1 FROM account WHERE id = $1 FOR UPDATE', [accountId]);
};

/** Views of lists that people have named. */
export const savedViewStore = () => ({
  /** Those of the person (null: of nobody) and the shared ones, by name. */
  list: async (
    sql: Sql,
    {
      organisationId,
      accountId,
      place,
    }: Readonly<{ organisationId: string; accountId: string | null; place: string | null }>,
  ): Promise<readonly SavedViewRow[]> => {
    const { rows } = await sql.query<SavedViewRow>(
      `SELECT ${columns} FROM saved_view
       WHERE organisation_id = $1 AND (visibility = 'shared' OR account_id = $2::uuid) AND ($3::text IS NULL OR place = $3)
       ORDER BY lower(name), id`,
      [organisationId, accountId, place],
    );
    return rows;
  },

  /** How many the person has for a list; holds the person's row, so that it stays so until the transaction ends. */
  count: async (
    tx: Sql,
    { organisationId, accountId, place }: Person & Readonly<{ place: string }>,
  ): Promise<number> => {
    await holdPerson(tx, accountId);
    const { rows } = await tx.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM saved_view WHERE organisation_id = $1 AND account_id = $2 AND place = $3`,
      [organisationId, accountId, place],
    );
    return rows[0]?.n ?? 0;
  },

  /** The person's own, locked, and the person's row with it: only one view is made the default at a time. */
  lock: async (tx: Sql, { organisationId, accountId, id }: One): Promise<SavedViewRow | null> => {
    await holdPerson(tx, accountId);
    const { rows } = await tx.query<SavedViewRow>(
      `SELECT ${columns} FROM saved_view WHERE id = $1 AND organisation_id = $2 AND account_id = $3 FOR UPDATE`,
      [id, organisationId, accountId],
    );
    return rows[0] ?? null;
  },

  /** The list opens with none of the person's views. */
  clearDefault: async (tx: Sql, { organisationId, accountId, place }: Person & Readonly<{ place: string }>) => {
    await tx.query(
      `UPDATE saved_view SET is_default = false
       WHERE organisation_id = $1 AND account_id = $2 AND place = $3 AND is_default`,
      [organisationId, accountId, place],
    );
  },

  /** Writes it, new or changed; false when the person has another of this name there. */
  save: async (tx: Sql, row: SavedViewRow): Promise<boolean> => {
    const { rowCount } = await tx.query(
      `INSERT INTO saved_view (id, organisation_id, account_id, place, name, search, visibility, is_default, created_at, updated_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
       WHERE NOT EXISTS (SELECT 1 FROM saved_view WHERE organisation_id = $2::uuid AND account_id = $3::uuid AND place = $4::text
         AND name = $5::text AND id <> $1::uuid)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, search = excluded.search, visibility = excluded.visibility,
         is_default = excluded.is_default, updated_at = excluded.updated_at`,
      [
        ...[row.id, row.organisationId, row.accountId, row.place, row.name, JSON.stringify(row.search)],
        ...[row.visibility, row.isDefault, row.createdAt, row.updatedAt],
      ],
    );
    return rowCount === 1;
  },

  /** `anyShared`: also a shared one of somebody else. */
  remove: async (sql: Sql, { organisationId, accountId, id, anyShared }: One & Readonly<{ anyShared: boolean }>) => {
    const { rowCount } = await sql.query(
      `DELETE FROM saved_view WHERE id = $1 AND organisation_id = $2
       AND (account_id = $3 OR ($4::boolean AND visibility = 'shared'))`,
      [id, organisationId, accountId, anyShared],
    );
    return rowCount === 1;
  },
});
export type SavedViewStore = ReturnType<typeof savedViewStore>;
