import type { Sql } from '../../db.ts';
import { insertDeliveries, type News, type Recipient, usableChannels } from './plan-store.ts';
import { at, type SendingChannel } from './store.ts';

const hourMs = 3_600_000;
/** More than this are counted by the list's last line. */
const maxMissed = 20;

/** Whom the owner reads elsewhere: mail first, then what people read, a call never. */
const order = ['email', 'telegram', 'slack', 'discord', 'sms', 'webhook'];
const elsewhere = (
  channels: readonly Recipient[],
  { id, accountId }: Pick<SendingChannel, 'id' | 'accountId'>,
): Recipient | null => {
  const others = channels.filter((one) => one.channelId !== id && order.includes(one.kind));
  const best = (list: readonly Recipient[]) =>
    list.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0];
  return best(others.filter((one) => accountId !== null && one.accountId === accountId)) ?? best(others) ?? null;
};

type Missed = Readonly<{ incidentId: string; monitorId: string; name: string; severity: News['severity'] }>;
/** Open incidents that this channel was to hear of and nobody has heard of by another one. */
const unheard = async (tx: Sql, channelId: string): Promise<readonly Missed[]> => {
  const { rows } = await tx.query<Missed>(
    `SELECT i.id AS "incidentId", m.id AS "monitorId", m.name, i.severity
     FROM delivery d JOIN incident i ON i.id = d.incident_id JOIN monitor m ON m.id = i.monitor_id
     WHERE d.channel_id = $1 AND d.event = 'incident.opened' AND d.status = 'failed' AND i.resolved_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM delivery o WHERE o.incident_id = i.id AND o.event = 'incident.opened'
         AND o.status IN ('pending', 'accepted', 'delivered'))
     ORDER BY i.id LIMIT 500`,
    [channelId],
  );
  return rows;
};

/**
 * A channel that takes nothing any more: what it was to tell and nobody else has heard is told on another one, and, when
 * it has `justBroken`, that it is broken. Part of the transaction that settles it; answers the deliveries that are due.
 */
export const tellElsewhere = async (
  tx: Sql,
  channel: Pick<SendingChannel, 'id' | 'organisationId' | 'accountId' | 'name'>,
  { reason, justBroken, now }: Readonly<{ reason: string; justBroken: boolean; now: number }>,
): Promise<readonly string[]> => {
  const { id, organisationId, name } = channel;
  const other = elsewhere(await usableChannels(tx, organisationId), channel);
  if (other === null) return [];
  const missed = await unheard(tx, id);
  const names = missed.slice(0, maxMissed).map((one) => one.name);
  const detail = { channelId: id, channelName: name, reason, missed: names };
  const about = { organisationId, severity: 'down', incidentId: null, monitorId: null, now } as const;
  const to = (key: string) => [{ channel: other, key, dueAt: now, reason: null }];
  const broken = { ...about, event: 'channel.broken', detail } as const;
  const due = justBroken ? [...(await insertDeliveries(tx, broken, to(`channel.broken:${id}:${now}`)))] : [];
  for (const { incidentId, monitorId, severity } of missed) {
    const news = { ...about, severity, incidentId, monitorId, event: 'incident.opened', detail: null } as const;
    due.push(...(await insertDeliveries(tx, news, to(`incident.opened:${incidentId}`))));
  }
  return due.map((one) => one.id);
};

const toldLately = async (tx: Sql, organisationId: string, now: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `SELECT 1 FROM delivery WHERE organisation_id = $1 AND event = 'channel.held-back' AND created_at > ${at(2)} LIMIT 1`,
    [organisationId, now - hourMs],
  );
  return rowCount !== 0;
};

/** Texts or calls wait for the hour's cap: a mail says what, once an hour. */
export const tellHeldBack = async (
  tx: Sql,
  channel: SendingChannel,
  { cap, until, now }: Readonly<{ cap: number; until: number; now: number }>,
): Promise<void> => {
  const { organisationId } = channel;
  if (await toldLately(tx, organisationId, now)) return;
  const mails = (await usableChannels(tx, organisationId)).filter(({ kind }) => kind === 'email');
  const own = mails.filter(({ accountId }) => accountId !== null && accountId === channel.accountId);
  const { rows } = await tx.query<{ name: string; count: number }>(
    `SELECT m.name, count(*) OVER ()::int AS count FROM delivery d JOIN monitor m ON m.id = d.monitor_id
     WHERE d.organisation_id = $1 AND d.kind IN ('sms', 'voice') AND d.status = 'pending' ORDER BY d.id LIMIT 50`,
    [organisationId],
  );
  const detail = { cap, until, items: rows.map(({ name }) => name), count: rows[0]?.count ?? 1 };
  const news = {
    organisationId,
    event: 'channel.held-back',
    severity: 'down',
    incidentId: null,
    monitorId: null,
  } as const;
  const to = own.length > 0 ? own : mails;
  await insertDeliveries(
    tx,
    { ...news, detail, now },
    to.map((one) => ({ channel: one, key: `channel.held-back:${now}`, dueAt: now, reason: null })),
  );
};
