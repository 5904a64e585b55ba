import type { Sql } from '../../db.ts';
import { binder, keyset, type Position } from '../../keyset.ts';
import { type AttemptRow, type DeliveryRow, deliveryColumns } from './view.ts';

export type DeliveryFilter = Readonly<{
  organisationId: string;
  incidentId: string | null;
  channelId: string | null;
  statuses: readonly DeliveryRow['status'][] | null;
}>;

const newestFirst = {
  columns: [
    { sql: 'd.created_at', type: 'timestamptz' },
    { sql: 'd.id', type: 'uuid' },
  ],
  descending: true,
} as const;

/** The read side of the delivery log; the alerts write it. */
export const deliveryStore = () => ({
  find: async (sql: Sql, { organisationId, id }: { organisationId: string; id: string }) => {
    const { rows } = await sql.query<DeliveryRow>(
      `SELECT ${deliveryColumns} FROM delivery d WHERE d.organisation_id = $1 AND d.id = $2`,
      [organisationId, id],
    );
    return rows[0] ?? null;
  },

  /** Newest first; up to limit + 1 rows, backwards for a page before a position. */
  list: async (
    sql: Sql,
    filter: DeliveryFilter,
    { position, limit }: Readonly<{ position: Position | null; limit: number }>,
  ): Promise<readonly DeliveryRow[]> => {
    const b = binder();
    const { where, orderBy } = keyset(newestFirst, position, b);
    const conditions = [`d.organisation_id = ${b.bind(filter.organisationId)}`, where];
    if (filter.incidentId !== null) conditions.push(`d.incident_id = ${b.bind(filter.incidentId)}`);
    if (filter.channelId !== null) conditions.push(`d.channel_id = ${b.bind(filter.channelId)}`);
    if (filter.statuses !== null) conditions.push(`d.status = ANY(${b.bind(filter.statuses)}::text[])`);
    const { rows } = await sql.query<DeliveryRow>(
      `SELECT ${deliveryColumns} FROM delivery d WHERE ${conditions.join(' AND ')}
       ORDER BY ${orderBy} LIMIT ${b.bind(limit + 1)}`,
      b.values,
    );
    return rows;
  },

  /** The attempts of these deliveries by delivery, oldest first. */
  attempts: async (sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, readonly AttemptRow[]>> => {
    const { rows } = await sql.query<AttemptRow>(
      `SELECT delivery_id AS "deliveryId", at, outcome, answer, took_ms AS "tookMs" FROM delivery_attempt
       WHERE delivery_id = ANY($1::uuid[]) ORDER BY delivery_id, at, id`,
      [ids],
    );
    return Map.groupBy(rows, ({ deliveryId }) => deliveryId);
  },
});
export type DeliveryStore = ReturnType<typeof deliveryStore>;
