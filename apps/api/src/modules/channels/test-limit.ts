import type { ChannelKind } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';
import { hasVerifiedOwner } from './verified-owner.ts';

type Limit = Readonly<{ count: number; withinMs: number }>;

const perChannel: Limit = { count: 5, withinMs: 60_000 };
const perOrganisation: Limit = { count: 30, withinMs: 3_600_000 };
/** Texts and calls cost the operator money, and may go to a phone that nobody has asked. */
const byPhone: Limit = { count: 5, withinMs: 3_600_000 };
/** Whoever signs up with a stranger's address is believed that it is theirs, for this much. */
const byUnverified: Limit = { count: 3, withinMs: 3_600_000 };

/** `channelId` null: a place that isn't saved as a channel. `target` as people see it. `now` is epoch ms. */
type Asked = Readonly<{
  organisationId: string;
  channelId: string | null;
  kind: ChannelKind;
  target: string;
  now: number;
}>;

/** Milliseconds until one more is within the limit, of the organisation's tests that `which` ($4 is its value) picks. */
const untilNext = async (
  tx: Sql,
  { organisationId, now }: Asked,
  { count, withinMs }: Limit,
  which: string,
  value: unknown,
): Promise<number> => {
  const { rows } = await tx.query<{ at: number }>(
    `SELECT extract(epoch FROM created_at)::float8 * 1000 AS at FROM delivery
     WHERE organisation_id = $1 AND event = 'channel.test' AND created_at > to_timestamp($2::float8 / 1000) AND ${which}
     ORDER BY created_at DESC OFFSET $3 LIMIT 1`,
    [organisationId, now - withinMs, count - 1, value],
  );
  const [oldest] = rows;
  return oldest === undefined ? 0 : oldest.at + withinMs - now;
};

/** Whether the mail goes to an address of which nobody has shown yet that it is theirs. */
const isUnverified = async (tx: Sql, { organisationId, kind, target }: Asked): Promise<boolean> => {
  if (kind !== 'email') return false;
  const { rows } = await tx.query(
    `SELECT 1 FROM member m JOIN account a ON a.id = m.account_id
     WHERE m.organisation_id = $1 AND lower(a.email) = lower($2) AND NOT a.email_verified`,
    [organisationId, target],
  );
  return rows.length > 0 || !(await hasVerifiedOwner(tx, organisationId));
};

/**
 * How many milliseconds until this channel may be sent another test message; 0: now. A test goes to an address that
 * nobody has confirmed, so it must not become a way to fill somebody's inbox. Part of the transaction that writes the
 * delivery; those who ask for the same organisation wait for each other.
 */
export const untilNextTest = async (tx: Sql, asked: Asked): Promise<number> => {
  const { organisationId, channelId, kind } = asked;
  await tx.query('SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE', [organisationId]);
  const waits = [
    await untilNext(tx, asked, perOrganisation, '$4::text IS NULL', null),
    channelId === null ? 0 : await untilNext(tx, asked, perChannel, 'channel_id = $4', channelId),
  ];
  if (kind === 'sms' || kind === 'voice')
    waits.push(await untilNext(tx, asked, byPhone, 'kind::text = ANY($4::text[])', ['sms', 'voice']));
  if (await isUnverified(tx, asked)) waits.push(await untilNext(tx, asked, byUnverified, 'kind::text = $4', 'email'));
  return Math.max(...waits);
};
