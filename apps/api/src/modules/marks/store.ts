import type { MarkView } from '@farwatch/contracts';
import type { Scope } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { binder, instant, keyset, type Position, type Range } from '../../keyset.ts';
import { holdsFor, type ScopeRow, scopeColumns, scopeOf, scopeValues } from '../../scope.ts';

/** A `mark` row. */
export type MarkRow = Readonly<{
  id: string;
  organisationId: string;
  kind: MarkView['kind'];
  text: string;
  at: Date;
  appliesTo: Scope;
  author: string;
  createdAt: Date;
}>;
type Stored = Omit<MarkRow, 'appliesTo'> & ScopeRow;
const columns = `k.id, k.organisation_id AS "organisationId", k.kind, k.text, k.at, ${scopeColumns('k')}, k.author,
  k.created_at AS "createdAt"`;
const rowOf = ({ scope, monitorIds, tags, ...row }: Stored): MarkRow => ({
  ...row,
  appliesTo: scopeOf({ scope, monitorIds, tags }),
});

const newestFirst = {
  columns: [
    { sql: 'k.at', type: 'timestamptz' },
    { sql: 'k.id', type: 'uuid' },
  ],
  descending: true,
} as const;

export type MarkFilter = Range &
  Readonly<{ organisationId: string; monitorId: string | null; kinds: readonly string[] | null }>;

/** What happened, and may explain what is seen. */
export const markStore = () => ({
  insert: async (sql: Sql, mark: MarkRow): Promise<void> => {
    await sql.query(
      `INSERT INTO mark (id, organisation_id, kind, text, at, author, created_at, scope, monitor_ids, tags)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[mark.id, mark.organisationId, mark.kind, mark.text, mark.at, mark.author, mark.createdAt],
        ...scopeValues(mark.appliesTo),
      ],
    );
  },

  /** Newest first; up to `rows` rows, backwards for a page before a position. The range is one of `at`. */
  list: async (
    sql: Sql,
    filter: MarkFilter,
    { position, rows: count }: Readonly<{ position: Position | null; rows: number }>,
  ): Promise<readonly MarkRow[]> => {
    const b = binder();
    const { where, orderBy } = keyset(newestFirst, position, b);
    const conditions = [`k.organisation_id = ${b.bind(filter.organisationId)}`, where];
    if (filter.monitorId !== null)
      conditions.push(`EXISTS (SELECT 1 FROM monitor m WHERE m.id = ${b.bind(filter.monitorId)}::uuid
        AND m.organisation_id = k.organisation_id AND ${holdsFor('k')})`);
    if (filter.kinds !== null) conditions.push(`k.kind = ANY(${b.bind(filter.kinds)}::text[])`);
    if (filter.from !== null) conditions.push(`k.at >= ${instant(b.bind, filter.from)}`);
    if (filter.to !== null) conditions.push(`k.at < ${instant(b.bind, filter.to)}`);
    const { rows } = await sql.query<Stored>(
      `SELECT ${columns} FROM mark k WHERE ${conditions.join(' AND ')} ORDER BY ${orderBy} LIMIT ${b.bind(count)}`,
      b.values,
    );
    return rows.map(rowOf);
  },

  remove: async (sql: Sql, { organisationId, id }: Readonly<{ organisationId: string; id: string }>) => {
    const { rowCount } = await sql.query('DELETE FROM mark WHERE organisation_id = $1 AND id = $2', [
      organisationId,
      id,
    ]);
    return rowCount === 1;
  },
});
export type MarkStore = ReturnType<typeof markStore>;
