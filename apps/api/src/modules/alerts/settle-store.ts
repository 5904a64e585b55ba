import type { Outcome, Receipt } from '@farwatch/notifiers';
import type { Sql } from '../../db.ts';
import { touched } from '../../touched.ts';
import { at } from './store.ts';

/** What a delivery is after an attempt. Moments are epoch ms. */
export type Next =
  | Readonly<{ status: 'pending'; nextAttemptAt: number; countsAsFailure: boolean; reason: string | null }>
  | Readonly<{ status: 'accepted'; receipt: Receipt }>
  | Readonly<{ status: 'delivered'; receipt: Receipt | null }>
  | Readonly<{ status: 'failed' }>;

export type Attempt = Readonly<{
  /** Stays when the record is tried again, so that one attempt stands in the log once. */
  id: string;
  at: number;
  tookMs: number;
  outcome: Outcome['kind'];
  answer: string;
  next: Next;
}>;

/** The parcel of an attempt: the deliveries of one message, its own first, and the claim they were taken with. */
export type Taken = Readonly<{ deliveryId: string; attempt: number }>;

const receiptOf = (next: Next): Receipt | null =>
  next.status === 'accepted' || next.status === 'delivered' ? next.receipt : null;
/** The id by which a provider's callback names it. */
const providerIdOf = (receipt: Receipt | null): string | null => receipt?.sid ?? null;

const jsonOrNull = (value: Receipt | null): string | null => (value === null ? null : JSON.stringify(value));

/** Whether this attempt was written already, by a transaction that committed and whose answer was lost. */
export const isRecorded = async (tx: Sql, attemptId: string): Promise<boolean> => {
  const { rowCount } = await tx.query('SELECT 1 FROM delivery_attempt WHERE id = $1', [attemptId]);
  return rowCount === 1;
};

/**
 * Writes an attempt and what its deliveries are after it, in one statement; answers whether they changed. A worker that comes back after
 * its lease ran out changes nothing any more, but for good news: what was delivered is delivered.
 */
export const recordAttempt = async (
  tx: Sql,
  taken: readonly [Taken, ...Taken[]],
  attempt: Attempt,
): Promise<boolean> => {
  const { next } = attempt;
  const [lead] = taken;
  const ended = attempt.at + attempt.tookMs;
  const receipt = receiptOf(next);
  const pending = next.status === 'pending' ? next : null;
  const sent = next.status === 'accepted' || next.status === 'delivered';
  const { rowCount } = await tx.query(
    `WITH logged AS (
       INSERT INTO delivery_attempt (id, delivery_id, at, outcome, answer, took_ms)
       SELECT $12, d.id, ${at(13)}, $14, $15, $16 FROM delivery d WHERE d.id = $17)
     UPDATE delivery d SET status = $3, lease_until = NULL, next_attempt_at = ${at(4)}, settled_at = ${at(5)},
       sent_at = coalesce(${at(6)}, d.sent_at), receipt = coalesce($7::jsonb, d.receipt),
       provider_id = coalesce($8, d.provider_id), failures = d.failures + $9, reason = $10,
       sealed_target = CASE WHEN $3 = 'pending' THEN d.sealed_target END
     FROM unnest($1::uuid[], $2::int[]) AS t (id, attempt)
     WHERE d.id = t.id AND d.status = 'pending' AND (d.attempt_count = t.attempt OR $11)`,
    [
      taken.map(({ deliveryId }) => deliveryId),
      taken.map(({ attempt: count }) => count),
      next.status,
      pending?.nextAttemptAt ?? null,
      next.status === 'delivered' || next.status === 'failed' ? ended : null,
      sent ? ended : null,
      jsonOrNull(receipt),
      providerIdOf(receipt),
      pending?.countsAsFailure === true ? 1 : 0,
      pending?.reason ?? null,
      sent,
      attempt.id,
      attempt.at,
      attempt.outcome,
      attempt.answer,
      attempt.tookMs,
      lead.deliveryId,
    ],
  );
  return (rowCount ?? 0) > 0;
};

/** What providers took, and the deliveries it told. */
export type SentAttempt = Readonly<{ taken: readonly [Taken, ...Taken[]]; attempt: Attempt }>;

/**
 * As `recordAttempt`, for many attempts that went well, in one statement; answers for each whether its deliveries changed.
 * Good news is true however late it comes.
 */
export const recordSent = async (sql: Sql, sent: readonly SentAttempt[]): Promise<readonly boolean[]> => {
  const told = sent.flatMap(({ taken, attempt }) => taken.map((one) => ({ ...one, attemptId: attempt.id })));
  const of = <T>(value: (attempt: Attempt) => T): readonly T[] => sent.map(({ attempt }) => value(attempt));
  const { rows } = await sql.query<{ attemptId: string }>(
    `WITH sent AS (
       SELECT id, lead, to_timestamp(at / 1000) AS at, to_timestamp((at + took) / 1000) AS ended, took, outcome, answer,
         status, receipt::jsonb AS receipt, provider_id
       FROM unnest($1::uuid[], $2::uuid[], $3::float8[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
         AS s (id, lead, at, took, outcome, answer, status, receipt, provider_id)),
     logged AS (
       INSERT INTO delivery_attempt (id, delivery_id, at, outcome, answer, took_ms)
       SELECT s.id, d.id, s.at, s.outcome, s.answer, s.took FROM sent s JOIN delivery d ON d.id = s.lead)
     UPDATE delivery d SET status = s.status, lease_until = NULL, next_attempt_at = NULL, sent_at = s.ended,
       settled_at = CASE WHEN s.status = 'delivered' THEN s.ended END, receipt = coalesce(s.receipt, d.receipt),
       provider_id = coalesce(s.provider_id, d.provider_id), reason = NULL, sealed_target = NULL
     FROM unnest($10::uuid[], $11::uuid[]) AS t (id, attempt_id) JOIN sent s ON s.id = t.attempt_id
     WHERE d.id = t.id AND d.status = 'pending' RETURNING t.attempt_id AS "attemptId"`,
    [
      of(({ id }) => id),
      sent.map(({ taken: [lead] }) => lead.deliveryId),
      of(({ at: began }) => began),
      of(({ tookMs }) => tookMs),
      of(({ outcome }) => outcome),
      of(({ answer }) => answer),
      of(({ next }) => next.status),
      of(({ next }) => jsonOrNull(receiptOf(next))),
      of(({ next }) => providerIdOf(receiptOf(next))),
      told.map(({ deliveryId }) => deliveryId),
      told.map(({ attemptId }) => attemptId),
    ],
  );
  const changed = new Set(rows.map(({ attemptId }) => attemptId));
  return sent.map(({ attempt }) => changed.has(attempt.id));
};

/** Nothing goes to this channel before `until`; `failed` counts one more failure in a row. */
export const holdChannel = async (tx: Sql, channelId: string, until: number, failed: boolean): Promise<void> => {
  await tx.query(
    `UPDATE channel SET hold_until = greatest(hold_until, ${at(2)}), failures = failures + $3 WHERE id = $1`,
    [channelId, until, failed ? 1 : 0],
  );
};

/** One more failure in a row, of one call: nothing is held up by it. */
export const countFailure = async (tx: Sql, channelId: string): Promise<void> => {
  await tx.query('UPDATE channel SET failures = failures + 1 WHERE id = $1', [channelId]);
};

/** It took something: whatever was wrong with it is over. A wait that it has asked for meanwhile stands. */
export const clearHold = async (tx: Sql, channelId: string, now: number): Promise<void> => {
  await tx.query(
    `UPDATE channel SET hold_until = CASE WHEN hold_until > ${at(2)} THEN hold_until END, failures = 0
     WHERE id = $1 AND (hold_until IS NOT NULL OR failures > 0)`,
    [channelId, now],
  );
};

/** Its row before its deliveries', as whoever deletes a channel or claims for it takes them. */
export const holdChannelRow = async (tx: Sql, channelId: string): Promise<void> => {
  await tx.query('SELECT 1 FROM channel WHERE id = $1 FOR NO KEY UPDATE', [channelId]);
};

export const holdProvider = async (tx: Sql, provider: string, until: number, reason: string): Promise<void> => {
  await tx.query(
    `INSERT INTO provider_hold (provider, until, reason) VALUES ($1, ${at(2)}, $3)
     ON CONFLICT (provider) DO UPDATE SET until = greatest(provider_hold.until, excluded.until), reason = excluded.reason`,
    [provider, until, reason],
  );
};

/** Where a channel goes, as it was tried: one that was pointed elsewhere meanwhile is not judged by it. */
export type Tried = Readonly<{ id: string; sealed: string | null }>;

export const resealChannel = async (tx: Sql, { id, sealed: before }: Tried, sealed: string, lookup: Uint8Array) => {
  await tx.query('UPDATE channel SET sealed = $3, lookup = $4 WHERE id = $1 AND sealed IS NOT DISTINCT FROM $2', [
    id,
    before,
    sealed,
    lookup,
  ]);
};

/** False when it was broken, stopped, deleted or pointed elsewhere already. What waits for it becomes dead letters, shown and resendable. */
export const breakChannel = async (tx: Sql, { id, sealed }: Tried, now: number, reason: string): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `UPDATE channel SET status = 'broken', status_reason = $3, status_since = ${at(2)},
       ${touched}
     WHERE id = $1 AND status = 'active' AND sealed IS NOT DISTINCT FROM $4`,
    [id, now, reason, sealed],
  );
  if (rowCount !== 1) return false;
  await tx.query(
    `UPDATE delivery SET status = 'failed', settled_at = ${at(2)}, next_attempt_at = NULL, lease_until = NULL,
       reason = 'the channel is broken: ' || $3
     WHERE channel_id = $1 AND status = 'pending' AND (lease_until IS NULL OR lease_until <= ${at(2)})`,
    [id, now, reason],
  );
  return true;
};
