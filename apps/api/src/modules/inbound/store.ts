import type { Sql } from '../../db.ts';
import { touched } from '../../touched.ts';
import { type ChannelRow, channelColumns } from '../channels/view.ts';

/** A channel of any organisation, for a caller who has yet to prove who it is. */
export const findAnyChannel = async (sql: Sql, id: string): Promise<ChannelRow | null> => {
  const { rows } = await sql.query<ChannelRow>(`SELECT ${channelColumns} FROM channel WHERE id = $1`, [id]);
  return rows[0] ?? null;
};

export type TextedIncident = Readonly<{
  organisationId: string;
  incidentId: string;
  monitorName: string;
  channelName: string;
  accountId: string | null;
  accountName: string | null;
}>;

/** More than one text message can answer. */
const maxTexted = 500;

/** Open incidents nobody has, of which this phone was texted since (epoch ms), by a message of its own or another's. */
export const textedIncidents = async (sql: Sql, lookup: Buffer, since: number): Promise<readonly TextedIncident[]> => {
  const { rows } = await sql.query<TextedIncident>(
    `SELECT DISTINCT ON (i.id) i.organisation_id AS "organisationId", i.id AS "incidentId", m.name AS "monitorName",
       c.name AS "channelName", a.id AS "accountId", a.name AS "accountName"
     FROM channel c JOIN delivery d ON d.channel_id = c.id JOIN incident i ON i.id = d.incident_id
       JOIN monitor m ON m.id = i.monitor_id LEFT JOIN account a ON a.id = c.account_id
       LEFT JOIN delivery b ON b.id = d.bundle_id
     WHERE c.lookup = $1 AND c.kind = 'sms' AND i.resolved_at IS NULL AND i.acknowledged_at IS NULL
       AND coalesce(d.sent_at, b.sent_at) > to_timestamp($2::float8 / 1000)
     ORDER BY i.id, a.id NULLS LAST LIMIT $3`,
    [lookup, since, maxTexted],
  );
  return rows;
};

/** Whether anybody has a channel to this phone. */
export const isKnownPhone = async (sql: Sql, lookup: Buffer): Promise<boolean> => {
  const { rows } = await sql.query(`SELECT 1 FROM channel WHERE lookup = $1 AND kind IN ('sms', 'voice') LIMIT 1`, [
    lookup,
  ]);
  return rows.length > 0;
};

type Unlinked = Pick<ChannelRow, 'id' | 'organisationId' | 'name'>;

/** The channel that waits for this start code, locked; null when the code is unknown or too old. */
export const lockByCode = async (tx: Sql, code: string): Promise<Unlinked | null> => {
  const { rows } = await tx.query<Unlinked>(
    `SELECT id, organisation_id AS "organisationId", name FROM channel
     WHERE link_code = $1 AND link_expires_at > now() AND kind = 'telegram' FOR NO KEY UPDATE`,
    [code],
  );
  return rows[0] ?? null;
};

export const linkChat = async (
  tx: Sql,
  { id, sealed, lookup, title }: Readonly<{ id: string; sealed: string; lookup: Buffer; title: string }>,
): Promise<void> => {
  await tx.query(
    `UPDATE channel SET status = 'active', status_reason = NULL, status_since = now(), sealed = $2, lookup = $3,
       target = $4, link_code = NULL, link_expires_at = NULL, hold_until = NULL, failures = 0,
       ${touched}
     WHERE id = $1`,
    [id, sealed, lookup, title],
  );
};

/** Whether this chat was linked just now: the same Start may be heard twice. */
export const wasJustLinked = async (sql: Sql, lookup: Buffer): Promise<boolean> => {
  const { rows } = await sql.query(
    `SELECT 1 FROM channel WHERE lookup = $1 AND kind = 'telegram' AND status = 'active'
       AND status_since > now() - interval '10 minutes' LIMIT 1`,
    [lookup],
  );
  return rows.length > 0;
};

/** Nothing more to this chat. Answers how many channels that ended. */
export const stopChat = async (sql: Sql, lookup: Buffer): Promise<number> => {
  const { rowCount } = await sql.query(
    `UPDATE channel SET status = 'stopped', status_reason = 'stopped in Telegram', status_since = now(),
       ${touched}
     WHERE lookup = $1 AND kind = 'telegram' AND status <> 'stopped'`,
    [lookup],
  );
  return rowCount ?? 0;
};
