import type { ChannelKind } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';

const perChannel = { count: 5, withinMs: 60_000 } as const;
const perOrganisation = { count: 30, withinMs: 3_600_000 } as const;
/** Texts and calls cost the operator money, and may go to a phone that nobody has asked. */
const byPhone = { count: 5, withinMs: 3_600_000 } as const;

/** `channelId` null: a place that isn't saved as a channel. `now` is epoch ms. */
type Asked = Readonly<{ organisationId: string; channelId: string | null; kind: ChannelKind; now: number }>;

/** The moment (epoch ms) of the newest-but-`count - 1` test message within the time, null when there were fewer. */
const oldestThatCounts = `SELECT extract(epoch FROM created_at)::float8 * 1000 AS at FROM delivery
  WHERE organisation_id = $1 AND event = 'channel.test' AND created_at > to_timestamp($2::float8 / 1000)`;

/**
 * How many milliseconds until this channel may be sent another test message; 0: now. A test goes to an address that
 * nobody has confirmed, so it must not become a way to fill somebody's inbox. Part of the transaction that writes the
 * delivery; those who ask for the same organisation wait for each other.
 */
export const untilNextTest = async (tx: Sql, { organisationId, channelId, kind, now }: Asked): Promise<number> => {
  await tx.query('SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE', [organisationId]);
  const { rows: ofChannel } = await tx.query<{ at: number }>(
    `${oldestThatCounts} AND channel_id = $3 ORDER BY created_at DESC OFFSET $4 LIMIT 1`,
    [organisationId, now - perChannel.withinMs, channelId, perChannel.count - 1],
  );
  const { rows: ofAll } = await tx.query<{ at: number }>(
    `${oldestThatCounts} ORDER BY created_at DESC OFFSET $3 LIMIT 1`,
    [organisationId, now - perOrganisation.withinMs, perOrganisation.count - 1],
  );
  const isPhone = kind === 'sms' || kind === 'voice';
  const { rows: ofPhones } = isPhone
    ? await tx.query<{ at: number }>(
        `${oldestThatCounts} AND kind IN ('sms', 'voice') ORDER BY created_at DESC OFFSET $3 LIMIT 1`,
        [organisationId, now - byPhone.withinMs, byPhone.count - 1],
      )
    : { rows: [] };
  const ends = [
    ...ofChannel.map(({ at }) => at + perChannel.withinMs),
    ...ofAll.map(({ at }) => at + perOrganisation.withinMs),
    ...ofPhones.map(({ at }) => at + byPhone.withinMs),
  ];
  return Math.max(0, ...ends.map((end) => end - now));
};
