import { v7 as newId } from 'uuid';
import type { Db, Sql } from '../../db.ts';
import { type EventStore, holdEventOrder } from '../events/store.ts';
import { tellElsewhere } from './broken.ts';
import { breakChannel } from './settle-store.ts';
import { at, sendingChannel } from './store.ts';

export type ReceiptDeps = Readonly<{ db: Pick<Db, 'sql' | 'transaction'>; events: Pick<EventStore, 'record'> }>;

/** What a provider's callback says became of a message it had taken. */
export type Settled = 'delivered' | Readonly<{ failed: string; permanent: boolean; again: boolean }>;

/** A call that nobody answered is made again after this. */
const callAgainMs = 2 * 60_000;
const maxCalls = 3;
/** A message whose receipt has not come by then counts as arrived: the provider did take it. */
const noReceiptMs = 15 * 60_000;

type Accepted = Readonly<{
  id: string;
  organisationId: string;
  monitorId: string | null;
  channelId: string | null;
  attempts: number;
  /** Nobody needs to be called about it any more. */
  settled: boolean;
}>;

const acceptedBy = async (tx: Sql, providerId: string): Promise<readonly Accepted[]> => {
  const { rows } = await tx.query<Accepted>(
    `SELECT d.id, d.organisation_id AS "organisationId", d.monitor_id AS "monitorId", d.channel_id AS "channelId",
       d.attempt_count AS attempts, coalesce(i.resolved_at, i.acknowledged_at) IS NOT NULL AS settled
     FROM delivery d LEFT JOIN incident i ON i.id = d.incident_id
     WHERE d.provider_id = $1 AND d.status = 'accepted'
     ORDER BY (d.bundle_id IS DISTINCT FROM d.id), d.id FOR UPDATE OF d`,
    [providerId],
  );
  return rows;
};

type After = Readonly<{ status: 'delivered' | 'pending' | 'failed'; again: number | null; at: number }>;
const settle = async (tx: Sql, rows: readonly Accepted[], { status, again, at: moment }: After): Promise<void> => {
  await tx.query(
    `UPDATE delivery SET status = $2, settled_at = CASE WHEN $2 = 'pending' THEN NULL ELSE ${at(3)} END,
       next_attempt_at = ${at(4)}, provider_id = NULL WHERE id = ANY($1::uuid[])`,
    [rows.map(({ id }) => id), status, moment, again],
  );
};

/** A phone that can't be reached for good is like any channel that refused for good. */
const breakPhone = async (tx: Sql, channelId: string, reason: string, now: number): Promise<readonly string[]> => {
  const channel = await sendingChannel(tx, channelId, false);
  if (channel === null) return [];
  const justBroken = await breakChannel(tx, channel, now, reason);
  return tellElsewhere(tx, channel, { reason, justBroken, now });
};

type Refused = Exclude<Settled, 'delivered'>;
const refuse = async (tx: Sql, lead: Accepted, { failed, permanent }: Refused, now: number): Promise<void> => {
  const reason = failed.slice(0, 500);
  await tx.query(
    `INSERT INTO delivery_attempt (id, delivery_id, at, outcome, answer, took_ms) VALUES ($1, $2, ${at(3)}, $4, $5, 0)`,
    [newId(), lead.id, now, permanent ? 'rejected' : 'retry', reason],
  );
  if (permanent && lead.channelId !== null) await breakPhone(tx, lead.channelId, reason, now);
};

/**
 * Writes down what became of an accepted message. A call that nobody answered is planned again while nobody has it; a
 * phone that can't be reached for good is broken, and its people are told elsewhere (the sweep sends it).
 */
export const settleReceipt =
  ({ db, events }: ReceiptDeps, clock: () => number = Date.now) =>
  ({ providerId, settled }: Readonly<{ providerId: string; settled: Settled }>): Promise<'settled' | 'unknown'> =>
    db.transaction(async (tx) => {
      await holdEventOrder(tx);
      const now = clock();
      const rows = await acceptedBy(tx, providerId);
      const [lead] = rows;
      if (lead === undefined) return 'unknown';
      const good = settled === 'delivered';
      const again = !good && settled.again && lead.attempts < maxCalls && rows.some((row) => !row.settled);
      const status = good ? 'delivered' : again ? 'pending' : 'failed';
      await settle(tx, rows, { status, again: again ? now + callAgainMs : null, at: now });
      if (!good) await refuse(tx, lead, settled, now);
      const { id: deliveryId, organisationId, monitorId } = lead;
      const type = status === 'failed' ? 'delivery.failed' : 'delivery.updated';
      await events.record(tx, { organisationId, monitorId, type, data: { deliveryId, status } });
      return 'settled';
    });

/** What was taken and never confirmed is settled as delivered, and says so. */
export const settleUnconfirmed =
  ({ db }: Pick<ReceiptDeps, 'db'>) =>
  async (now: number): Promise<number> => {
    const { rowCount } = await db.sql.query(
      `UPDATE delivery SET status = 'delivered', settled_at = ${at(2)},
         reason = 'taken by the provider, which did not say whether it arrived'
       WHERE status = 'accepted' AND sent_at < ${at(1)}`,
      [now - noReceiptMs, now],
    );
    return rowCount ?? 0;
  };
