import type { ChannelKind, ChannelStatus } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';
import { touched } from '../../touched.ts';
import { leaveReason } from '../channels/opt-out.ts';
import { type IncidentRow, incidentColumns } from '../incidents/view.ts';

/** A message as its reader acts on it: the channel it went to, whose that is, and the incidents it told of. */
export type ToldDelivery = Readonly<{
  organisationId: string;
  organisationName: string;
  channelId: string;
  channelName: string;
  kind: ChannelKind;
  status: ChannelStatus;
  /** Where it goes, as people see it. */
  target: string;
  /** What the channel's address is found by. */
  lookup: Buffer | null;
  accountId: string | null;
  accountName: string | null;
  incidentIds: readonly string[];
}>;
export type LinkedChannel = Readonly<{
  id: string;
  organisationId: string;
  target: string;
  name: string;
  status: ChannelStatus;
  organisationName: string;
}>;

/**
 * A message may have told of more than its own incident; those deliveries name it. What was over a month ago is no longer
 * anybody's to see. Null: gone, or its channel is.
 */
export const findTold = async (sql: Sql, deliveryId: string): Promise<ToldDelivery | null> => {
  const { rows } = await sql.query<ToldDelivery>(
    `SELECT d.organisation_id AS "organisationId", o.name AS "organisationName", c.id AS "channelId",
       c.name AS "channelName", c.kind, c.status, c.target, c.lookup, a.id AS "accountId", a.name AS "accountName",
       ARRAY(SELECT DISTINCT b.incident_id FROM delivery b JOIN incident i ON i.id = b.incident_id
         WHERE (b.id = d.id OR b.bundle_id = d.id) AND b.organisation_id = d.organisation_id
           AND (i.resolved_at IS NULL OR i.resolved_at > now() - interval '30 days') ORDER BY b.incident_id) AS "incidentIds"
     FROM delivery d JOIN channel c ON c.id = d.channel_id JOIN organisation o ON o.id = d.organisation_id
       LEFT JOIN account a ON a.id = c.account_id
     WHERE d.id = $1 AND o.limbo_of IS NULL`,
    [deliveryId],
  );
  return rows[0] ?? null;
};

/**
 * The channel of a link, as long as it still goes where it went when the link was made; else one that the same
 * organisation made for its reader, who had stopped it.
 */
export const findLinked = async (
  sql: Sql,
  {
    channelId,
    target,
    organisationId = null,
  }: Readonly<{ channelId: string; target: string; organisationId?: string | null }>,
): Promise<LinkedChannel | null> => {
  const { rows } = await sql.query<LinkedChannel>(
    `SELECT c.id, c.name, c.status, c.target, o.id AS "organisationId", o.name AS "organisationName"
     FROM channel c JOIN organisation o ON o.id = c.organisation_id
     WHERE c.kind = 'email' AND lower(c.target) = lower($2) AND (c.id = $1
       OR (c.organisation_id::text = $3 AND c.status = 'stopped' AND c.status_reason = $4))
     ORDER BY c.id = $1 DESC, c.id LIMIT 1`,
    [channelId, target, organisationId, leaveReason],
  );
  return rows[0] ?? null;
};

/** Whoever reads there has said yes. Answers whether that is news. */
export const agree = async (tx: Sql, id: string, target: string): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `UPDATE channel SET status = 'active', status_reason = NULL, status_since = now(), ${touched}
     WHERE id = $1 AND lower(target) = lower($2) AND status IN ('unconfirmed', 'stopped')`,
    [id, target],
  );
  return rowCount === 1;
};

/** More than a page can show. */
const maxShown = 200;

export const toldIncidents = async (
  sql: Sql,
  { organisationId, incidentIds }: Pick<ToldDelivery, 'organisationId' | 'incidentIds'>,
): Promise<readonly IncidentRow[]> => {
  const { rows } = await sql.query<IncidentRow>(
    `SELECT ${incidentColumns} FROM incident i JOIN monitor m ON m.id = i.monitor_id
     WHERE i.organisation_id = $1 AND i.id = ANY($2::uuid[]) ORDER BY i.started_at, i.id LIMIT $3`,
    [organisationId, incidentIds, maxShown],
  );
  return rows;
};

export type Standing = Readonly<{ /** Still open, and nobody has them. */ waiting: number; by: string | null }>;

/** Whether there is anything left to acknowledge, and who was first. */
export const standingOf = async (
  sql: Sql,
  { organisationId, incidentIds }: Pick<ToldDelivery, 'organisationId' | 'incidentIds'>,
): Promise<Standing> => {
  const { rows } = await sql.query<Standing>(
    `SELECT (count(*) FILTER (WHERE resolved_at IS NULL AND acknowledged_at IS NULL))::int AS waiting,
       (array_agg(acknowledged_by->>'name' ORDER BY acknowledged_at)
         FILTER (WHERE acknowledged_at IS NOT NULL))[1] AS by
     FROM incident WHERE organisation_id = $1 AND id = ANY($2::uuid[])`,
    [organisationId, incidentIds],
  );
  return rows[0] ?? { waiting: 0, by: null };
};
