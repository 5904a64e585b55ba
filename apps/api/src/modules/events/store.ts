import type { CheckResultView, EventOf, EventType } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';

/** Held to the commit while an event's id is drawn, so that ids become visible in order: a reader at 7 never misses 6. */
const orderLock = 7_203_771_403;

/** Tells the API processes that there are events to read. */
export const eventsChannel = 'farwatch_events';
/** Carries looks that were just written: `[organisationId, CheckResultView][]` as JSON. */
export const checksChannel = 'farwatch_checks';

/** PostgreSQL takes payloads below 8,000 bytes. */
const maxPayloadBytes = 7_900;

export type NewEvent = { [T in EventType]: EventOf<T> }[Exclude<EventType, 'check.completed'>] &
  Readonly<{ organisationId: string; monitorId: string | null }>;
export type StoredEvent = Readonly<{
  id: string;
  organisationId: string;
  monitorId: string | null;
  type: EventType;
  data: unknown;
}>;
export type Announcement = Readonly<{ organisationId: string; check: CheckResultView }>;

/** Cuts what a site may have made long, so that one look always fits into one payload. */
const cut = (check: CheckResultView): CheckResultView => {
  const { outcome } = check;
  if (outcome.verdict !== 'down' || outcome.failure.kind !== 'assertion') return check;
  const { expected, got } = outcome.failure;
  return {
    ...check,
    outcome: {
      verdict: 'down',
      failure: { kind: 'assertion', expected: expected.slice(0, 300), got: got.slice(0, 300) },
    },
  };
};

const fits = (text: string): boolean => Buffer.byteLength(text) <= maxPayloadBytes;

/** JSON arrays, each small enough for one notification. */
export const payloadsOf = (announcements: readonly Announcement[]): string[] => {
  const payloads: string[] = [];
  let lines: string[] = [];
  let bytes = 2;
  for (const { organisationId, check } of announcements) {
    const whole = JSON.stringify([organisationId, check]);
    const line = fits(`[${whole}]`) ? whole : JSON.stringify([organisationId, cut(check)]);
    const size = Buffer.byteLength(line) + 1;
    if (lines.length > 0 && bytes + size > maxPayloadBytes) {
      payloads.push(`[${lines.join(',')}]`);
      lines = [];
      bytes = 2;
    }
    lines.push(line);
    bytes += size;
  }
  if (lines.length > 0) payloads.push(`[${lines.join(',')}]`);
  return payloads.filter(fits);
};

/**
 * Keeps every other transaction from recording events until this one ends. Whoever writes what others write after their
 * events takes this first, so that two never wait for each other.
 */
export const holdEventOrder = async (tx: Sql): Promise<void> => {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [orderLock]);
};

const columns = `id::text, organisation_id AS "organisationId", monitor_id AS "monitorId", type, data`;

/** What the event stream tells: kept events, and looks that are told live and not kept. */
export const eventStore = () => ({
  /** Part of the transaction that made it happen: told when that commits, and only then. */
  record: async (tx: Sql, { organisationId, monitorId, type, data }: NewEvent): Promise<void> => {
    await holdEventOrder(tx);
    await tx.query(
      `WITH made AS (
         INSERT INTO event (organisation_id, monitor_id, type, data) VALUES ($1, $2, $3, $4) RETURNING id)
       SELECT pg_notify('${eventsChannel}', id::text) FROM made`,
      [organisationId, monitorId, type, JSON.stringify(data)],
    );
  },

  /**
   * By themselves and in one statement, without waiting for the disk: for what is written elsewhere too and comes by the
   * thousand. The lock is taken before the ids are drawn: the rows are read from it.
   */
  recordAlone: async (sql: Sql, events: readonly NewEvent[]): Promise<void> => {
    await sql.query(
      `WITH held AS MATERIALIZED (
         SELECT pg_advisory_xact_lock(${orderLock}), set_config('synchronous_commit', 'off', true)),
       made AS (
         INSERT INTO event (organisation_id, monitor_id, type, data)
         SELECT e.organisation_id, e.monitor_id, e.type, e.data::jsonb
         FROM held, unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS e (organisation_id, monitor_id, type, data)
         RETURNING id)
       SELECT pg_notify('${eventsChannel}', id::text) FROM made`,
      [
        events.map(({ organisationId }) => organisationId),
        events.map(({ monitorId }) => monitorId),
        events.map(({ type }) => type),
        events.map(({ data }) => JSON.stringify(data)),
      ],
    );
  },

  /** After the commit: tells the looks of a batch to whoever watches right now. */
  announceChecks: async (sql: Sql, announcements: readonly Announcement[]): Promise<void> => {
    const payloads = payloadsOf(announcements);
    if (payloads.length === 0) return;
    await sql.query(`SELECT pg_notify('${checksChannel}', p) FROM unnest($1::text[]) AS p`, [payloads]);
  },

  /** The events after this id, oldest first, of every organisation. */
  after: async (sql: Sql, id: string, limit: number): Promise<readonly StoredEvent[]> => {
    const { rows } = await sql.query<StoredEvent>(
      `SELECT ${columns} FROM event WHERE id > $1::bigint ORDER BY event.id LIMIT $2`,
      [id, limit],
    );
    return rows;
  },

  /** One organisation's events with afterId < id ≤ upToId, oldest first. */
  between: async (
    sql: Sql,
    range: Readonly<{ organisationId: string; afterId: string; upToId: string; limit: number }>,
  ): Promise<readonly StoredEvent[]> => {
    const { rows } = await sql.query<StoredEvent>(
      `SELECT ${columns} FROM event
       WHERE organisation_id = $1 AND id > $2::bigint AND id <= $3::bigint ORDER BY event.id LIMIT $4`,
      [range.organisationId, range.afterId, range.upToId, range.limit],
    );
    return rows;
  },

  /** A deleted monitor is not told about any more. */
  forget: async (tx: Sql, organisationId: string, monitorId: string): Promise<void> => {
    await tx.query('DELETE FROM event WHERE organisation_id = $1 AND monitor_id = $2', [organisationId, monitorId]);
  },

  /** The id of the newest event, `0` when there is none. */
  newestId: async (sql: Sql): Promise<string> => {
    const { rows } = await sql.query<{ id: string }>(`SELECT coalesce(max(id), 0)::text AS id FROM event`);
    return rows[0]?.id ?? '0';
  },
});
export type EventStore = ReturnType<typeof eventStore>;
