import type { PolicyView } from '@farwatch/contracts';
import { putBack, takeOut, throwAway } from '../../bin.ts';
import type { Sql } from '../../db.ts';
import { binder, keyset, type Position } from '../../keyset.ts';
import { touched } from '../../touched.ts';

/** An `escalation_policy` row as `policyColumns` reads it. */
export type PolicyRow = Readonly<{
  id: string;
  organisationId: string;
  name: string;
  isDefault: boolean;
  tags: readonly string[];
  /** Written by this module alone, from what the contract has checked. */
  steps: PolicyView['steps'];
  repeatTimes: number;
  repeatAfterMs: number;
  remindEveryMs: number | null;
  createdAt: Date;
  updatedAt: Date;
}>;
/** What a person sets on a policy, complete. */
export type PolicySettings = Omit<PolicyRow, 'id' | 'organisationId' | 'createdAt' | 'updatedAt'>;
type Owned = Readonly<{ organisationId: string; id: string }>;

/** The columns of a `PolicyRow`, from an `escalation_policy` called `p`. */
export const policyColumns = `
  p.id, p.organisation_id AS "organisationId", p.name, p.is_default AS "isDefault", p.tags, p.steps,
  p.repeat_times AS "repeatTimes", p.repeat_after_ms AS "repeatAfterMs", p.remind_every_ms AS "remindEveryMs",
  p.created_at AS "createdAt", p.updated_at AS "updatedAt"`;

const newestFirst = {
  columns: [
    { sql: 'p.created_at', type: 'timestamptz' },
    { sql: 'p.id', type: 'uuid' },
  ],
  descending: true,
} as const;

const valuesOf = (s: PolicySettings): readonly unknown[] => [
  s.name,
  s.isDefault,
  s.tags,
  JSON.stringify(s.steps),
  s.repeatTimes,
  s.repeatAfterMs,
  s.remindEveryMs,
];

/** Who hears when, as an organisation sets it. Writers hold the organisation's row (`lockOrganisation`). */
export const policyStore = () => ({
  find: async (sql: Sql, { organisationId, id }: Owned): Promise<PolicyRow | null> => {
    const { rows } = await sql.query<PolicyRow>(
      `SELECT ${policyColumns} FROM escalation_policy p WHERE p.organisation_id = $1 AND p.id = $2`,
      [organisationId, id],
    );
    return rows[0] ?? null;
  },

  /** Newest first; up to limit + 1 rows, backwards for a page before a position. */
  list: async (
    sql: Sql,
    query: Readonly<{ organisationId: string; position: Position | null; limit: number }>,
  ): Promise<readonly PolicyRow[]> => {
    const b = binder();
    const { where, orderBy } = keyset(newestFirst, query.position, b);
    const { rows } = await sql.query<PolicyRow>(
      `SELECT ${policyColumns} FROM escalation_policy p
       WHERE p.organisation_id = ${b.bind(query.organisationId)} AND ${where}
       ORDER BY ${orderBy} LIMIT ${b.bind(query.limit + 1)}`,
      b.values,
    );
    return rows;
  },

  /** False when the organisation has `limit` policies already. */
  insert: async (tx: Sql, { organisationId, id }: Owned, settings: PolicySettings, limit: number): Promise<boolean> => {
    const { rowCount } = await tx.query(
      `INSERT INTO escalation_policy (id, organisation_id, name, is_default, tags, steps, repeat_times, repeat_after_ms,
         remind_every_ms, updated_at)
       SELECT $1, $2, $4, $5, $6, $7, $8, $9, $10, now()
       WHERE (SELECT count(*) FROM escalation_policy WHERE organisation_id = $2) < $3`,
      [id, organisationId, limit, ...valuesOf(settings)],
    );
    return rowCount === 1;
  },

  update: async (tx: Sql, id: string, settings: PolicySettings): Promise<void> => {
    await tx.query(
      `UPDATE escalation_policy SET name = $2, is_default = $3, tags = $4, steps = $5, repeat_times = $6,
         repeat_after_ms = $7, remind_every_ms = $8, ${touched} WHERE id = $1`,
      [id, ...valuesOf(settings)],
    );
  },

  /** Takes it from whichever is the default, so that another can be. */
  clearDefault: async (tx: Sql, organisationId: string): Promise<void> => {
    await tx.query(
      `UPDATE escalation_policy SET is_default = false, ${touched} WHERE organisation_id = $1 AND is_default`,
      [organisationId],
    );
  },

  /** Its monitors fall back to their tags' policy or the default one, by the foreign key. It can be brought back for a day. */
  remove: async (tx: Sql, owned: Owned): Promise<boolean> => {
    // Held first: a monitor that is just being given it would not be counted.
    await tx.query('SELECT 1 FROM escalation_policy WHERE id = $1 FOR UPDATE', [owned.id]);
    const { rows } = await tx.query<{ id: string }>('SELECT id FROM monitor WHERE policy_id = $1', [owned.id]);
    return throwAway(
      tx,
      'escalation_policy',
      owned,
      rows.map(({ id }) => id),
    );
  },

  /**
   * As it was, for the monitors that had it and were given no other since; the default one no more if another is. Null:
   * there is none to bring back, false: at the limit.
   */
  bringBack: async (tx: Sql, owned: Owned, limit: number): Promise<boolean | null> => {
    const { organisationId, id } = owned;
    const kept = await takeOut(tx, 'escalation_policy', owned);
    if (kept === null) return null;
    const { rows: others } = await tx.query(
      'SELECT 1 FROM escalation_policy WHERE organisation_id = $1 AND is_default',
      [organisationId],
    );
    const row = others.length === 0 ? kept.row : { ...kept.row, is_default: false };
    if (!(await putBack(tx, 'escalation_policy', organisationId, row, limit))) return false;
    await tx.query('UPDATE monitor SET policy_id = $1 WHERE id = ANY($2::uuid[]) AND policy_id IS NULL', [
      id,
      kept.namedBy,
    ]);
    return true;
  },

  /** Keeps these from being deleted until the transaction ends, and answers those that there are. */
  hold: async (tx: Sql, organisationId: string, ids: readonly string[]): Promise<readonly string[]> => {
    if (ids.length === 0) return [];
    const { rows } = await tx.query<{ id: string }>(
      `SELECT id FROM escalation_policy WHERE organisation_id = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR KEY SHARE`,
      [organisationId, ids],
    );
    return rows.map(({ id }) => id);
  },

  /** A policy with a step that tells whoever is on call by this schedule; null when there is none. */
  usingSchedule: async (tx: Sql, organisationId: string, scheduleId: string): Promise<PolicyRow | null> => {
    const { rows } = await tx.query<PolicyRow>(
      `SELECT ${policyColumns} FROM escalation_policy p WHERE p.organisation_id = $1 AND p.steps @> $2::jsonb
       ORDER BY p.created_at, p.id LIMIT 1`,
      [organisationId, JSON.stringify([{ targets: [{ kind: 'schedule', scheduleId }] }])],
    );
    return rows[0] ?? null;
  },
});
export type PolicyStore = ReturnType<typeof policyStore>;
