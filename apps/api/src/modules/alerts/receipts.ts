import { v7 as newId } from 'uuid';
import type { Db } from '../../db.ts';
import { type EventStore, holdEventOrder } from '../events/store.ts';
import { at } from './store.ts';

export type ReceiptDeps = Readonly<{ db: Pick<Db, 'sql' | 'transaction'>; events: Pick<EventStore, 'record'> }>;

/** What a provider's callback says became of a message it had taken. */
export type Settled = 'delivered' | Readonly<{ failed: string; permanent: boolean; again: boolean }>;

/** A call that nobody answered is made again after this. */
const callAgainMs = 2 * 60_000;
const maxCalls = 3;
/** A message whose receipt has not come by then counts as arrived: the provider did take it. */
const noReceiptMs = 15 * 60_000;

type Accepted = Readonly<{ id: string; organisationId: string; monitorId: string | null; attempts: number }>;

/** Writes down what became of an accepted message; a call that nobody answered is planned again. */
export const settleReceipt =
  ({ db, events }: ReceiptDeps, now: () => number = Date.now) =>
  ({ providerId, settled }: Readonly<{ providerId: string; settled: Settled }>): Promise<'settled' | 'unknown'> =>
    db.transaction(async (tx) => {
      await holdEventOrder(tx);
      const { rows } = await tx.query<Accepted>(
        `SELECT id, organisation_id AS "organisationId", monitor_id AS "monitorId", attempt_count AS attempts
         FROM delivery WHERE provider_id = $1 AND status = 'accepted'
         ORDER BY (bundle_id IS DISTINCT FROM id), id FOR UPDATE`,
        [providerId],
      );
      const [lead] = rows;
      if (lead === undefined) return 'unknown';
      const good = settled === 'delivered';
      const again = !good && settled.again && lead.attempts < maxCalls;
      const status = good ? 'delivered' : again ? 'pending' : 'failed';
      await tx.query(
        `UPDATE delivery SET status = $2, settled_at = CASE WHEN $2 = 'pending' THEN NULL ELSE ${at(3)} END,
           next_attempt_at = CASE WHEN $2 = 'pending' THEN ${at(4)} END, provider_id = NULL
         WHERE id = ANY($1::uuid[])`,
        [rows.map(({ id }) => id), status, now(), now() + callAgainMs],
      );
      if (!good)
        await tx.query(
          `INSERT INTO delivery_attempt (id, delivery_id, at, outcome, answer, took_ms) VALUES ($1, $2, ${at(3)}, $4, $5, 0)`,
          [newId(), lead.id, now(), settled.permanent ? 'rejected' : 'retry', settled.failed.slice(0, 500)],
        );
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
