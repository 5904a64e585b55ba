import type { Sql } from '../../db.ts';
import { binder, keyset, type Position } from '../../keyset.ts';
import { type AttemptRow, type DeliveryRow, deliveryColumns, type LastDeliveryRow } from './view.ts';

export type DeliveryFilter = Readonly<{
  organisationId: string;
  incidentId: string | null;
  monitorId: string | null;
  channelId: string | null;
  statuses: readonly DeliveryRow['status'][] | null;
  kinds: readonly DeliveryRow['kind'][] | null;
  events: readonly DeliveryRow['event'][] | null;
  /** `to` is the first moment that is not shown. */
  from: Date | null;
  to: Date | null;
}>;
type Bind = ReturnType<typeof binder>['bind'];

const conditionsOf = (filter: DeliveryFilter, bind: Bind): readonly string[] => {
  const asked = (value: unknown, condition: (place: string) => string): readonly string[] =>
    value === null ? [] : [condition(bind(value))];
  return [
    `d.organisation_id = ${bind(filter.organisationId)}`,
    ...asked(filter.incidentId, (id) => `d.incident_id = ${id}`),
    ...asked(filter.monitorId, (id) => `d.monitor_id = ${id}`),
    ...asked(filter.channelId, (id) => `d.channel_id = ${id}`),
    ...asked(filter.statuses, (statuses) => `d.status = ANY(${statuses}::text[])`),
    ...asked(filter.kinds, (kinds) => `d.kind::text = ANY(${kinds}::text[])`),
    ...asked(filter.events, (events) => `d.event = ANY(${events}::text[])`),
    ...asked(filter.from, (from) => `d.created_at >= ${from}`),
    ...asked(filter.to, (to) => `d.created_at < ${to}`),
  ];
};

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
    const conditions = [...conditionsOf(filter, b.bind), where];
    const { rows } = await sql.query<DeliveryRow>(
      `SELECT ${deliveryColumns} FROM delivery d WHERE ${conditions.join(' AND ')}
       ORDER BY ${orderBy} LIMIT ${b.bind(limit + 1)}`,
      b.values,
    );
    return rows;
  },

  /** The newest delivery of each of these channels that was not dropped, by channel. */
  newestOf: async (sql: Sql, channelIds: readonly string[]): Promise<ReadonlyMap<string, LastDeliveryRow>> => {
    const { rows } = await sql.query<LastDeliveryRow>(
      `SELECT d.id, d.channel_id AS "channelId", d.event, d.status, d.created_at AS "createdAt",
         (SELECT a.answer FROM delivery_attempt a WHERE a.delivery_id = d.id ORDER BY a.at DESC, a.id DESC LIMIT 1) AS answer
       FROM unnest($1::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
         SELECT * FROM delivery WHERE channel_id = wanted.id AND status <> 'dropped'
         ORDER BY created_at DESC, id DESC LIMIT 1) d`,
      [channelIds],
    );
    return new Map(rows.map((row) => [row.channelId, row]));
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
