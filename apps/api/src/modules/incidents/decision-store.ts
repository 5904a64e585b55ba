import type { DecisionCode } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';
import { binder, keyset, type Position } from '../../keyset.ts';

/** One line of the answer to "why did this (not) alert?": a stored decision, a delivery, or what somebody did. */
export type DecisionRow = Readonly<{
  id: string;
  at: Date;
  source: 'decision' | 'delivery' | 'comment';
  /** Of a decision its code, of a delivery its status, of a comment its kind. */
  code: DecisionCode | 'pending' | 'accepted' | 'delivered';
  /** What was decided because of; of a delivery its event, of a comment who and what. */
  detail: Readonly<Partial<Record<DetailKey, string>> & { until?: number }>;
  /** A delivery's reason. */
  reason: string | null;
  channelName: string | null;
  channelId: string | null;
  nextAttemptAt: Date | null;
}>;
type DetailKey =
  | 'windowId'
  | 'name'
  | 'incidentId'
  | 'monitorId'
  | 'policyId'
  | 'because'
  | 'shared'
  | 'event'
  | 'author'
  | 'text';

const oldestFirst = {
  columns: [
    { sql: 'x.at', type: 'timestamptz' },
    { sql: 'x.id', type: 'uuid' },
  ],
  descending: false,
} as const;

/** Other incidents, windows and policies are named as they are called now, where they are still there; a null says nothing. */
const decisions = `SELECT d.id, d.at, 'decision' AS source, d.code,
    jsonb_strip_nulls(d.detail || jsonb_build_object('name', coalesce(d.detail->>'name', m.name, p.name))) AS detail,
    NULL AS reason, NULL AS channel_name, NULL::uuid AS channel_id, NULL::timestamptz AS next_attempt_at
  FROM incident_decision d
  LEFT JOIN incident o ON o.id = (d.detail->>'incidentId')::uuid LEFT JOIN monitor m ON m.id = o.monitor_id AND m.deleted_at IS NULL
  LEFT JOIN escalation_policy p ON p.id = (d.detail->>'policyId')::uuid
  WHERE d.incident_id = `;
const deliveries = `SELECT d.id, d.created_at, 'delivery', d.status, jsonb_build_object('event', d.event), d.reason,
    d.channel_name, d.channel_id, d.next_attempt_at
  FROM delivery d WHERE d.incident_id = `;
const comments = `SELECT c.id, c.created_at, 'comment', c.kind, jsonb_build_object('author', c.author, 'text', c.text),
    NULL, NULL, NULL, NULL
  FROM incident_comment c WHERE c.kind IN ('acknowledged', 'unacknowledged', 'snoozed') AND c.incident_id = `;

/** Why an incident alerted, or did not: decisions, deliveries and deeds as one story. */
export const decisionStore = () => ({
  /** Oldest first; up to limit + 1 rows, backwards for a page before a position. */
  list: async (
    sql: Sql,
    { incidentId, position, limit }: Readonly<{ incidentId: string; position: Position | null; limit: number }>,
  ): Promise<readonly DecisionRow[]> => {
    const b = binder();
    const { where, orderBy } = keyset(oldestFirst, position, b);
    const id = `${b.bind(incidentId)}::uuid`;
    const { rows } = await sql.query<DecisionRow>(
      `SELECT x.id, x.at, x.source, x.code, x.detail, x.reason, x.channel_name AS "channelName",
         x.channel_id AS "channelId", x.next_attempt_at AS "nextAttemptAt"
       FROM (${decisions}${id} UNION ALL ${deliveries}${id} UNION ALL ${comments}${id}) AS x
       WHERE ${where} ORDER BY ${orderBy} LIMIT ${b.bind(limit + 1)}`,
      b.values,
    );
    return rows;
  },
});
export type DecisionStore = ReturnType<typeof decisionStore>;
