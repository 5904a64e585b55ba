import { type ComposeDeps, compose } from './compose.ts';
import { type Claimed, claimedColumns, sendingChannel } from './store.ts';

/** What a call of this delivery says, once more; null when the delivery or what it was about is gone. */
export const spokenOf =
  (deps: ComposeDeps) =>
  async (deliveryId: string): Promise<string | null> => {
    const { rows } = await deps.db.sql.query<Claimed>(
      `SELECT ${claimedColumns} FROM delivery d
       WHERE d.id = $1 OR d.bundle_id = $1 ORDER BY (d.id <> $1), d.id LIMIT 5000`,
      [deliveryId],
    );
    const [lead, ...others] = rows;
    if (lead === undefined || lead.channelId === null) return null;
    const channel = await sendingChannel(deps.db.sql, lead.channelId, false);
    const message = channel === null ? null : await compose(deps, { channel, deliveries: [lead, ...others] });
    return message?.spoken ?? null;
  };
