import type { ChannelKind } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';

/** Who did something about an incident. `via`: page, api, slack, telegram, sms, voice, link. */
export type Actor = Readonly<{ accountId: string | null; name: string; via: string }>;

/**
 * What the rest of the API asks of alerting. Every function is part of the caller's transaction (`tx`), `now` is epoch ms,
 * and the ids answered are deliveries that are due at once: after the commit they are sent to the `deliveries` queue
 * (`deliveryQueue.send({ deliveryId, attempt: 1 })`); a queue that is away loses nothing, the sweep finds them.
 */
export type AlertPlanner = Readonly<{
  /** A test message; `sealedTarget` for a channel that isn't saved yet (`id` null), sealed for the row of the id given. */
  planTest: (
    tx: Sql,
    test: Readonly<{
      organisationId: string;
      deliveryId: string;
      channel: Readonly<{ id: string | null; name: string; kind: ChannelKind }>;
      sealedTarget: string | null;
      now: number;
    }>,
  ) => Promise<void>;
  /** Somebody has it: the ladder stops, and whoever heard of the incident hears who. The caller has set the columns. */
  acknowledged: (
    tx: Sql,
    news: Readonly<{ organisationId: string; incidentId: string; by: Actor; now: number }>,
  ) => Promise<readonly string[]>;
  /** Nobody has it any more: the ladder goes on with its next step now. */
  unacknowledged: (tx: Sql, news: Readonly<{ incidentId: string; now: number }>) => Promise<void>;
  /** Nothing more about this open incident before `until`; null takes it back. */
  snoozed: (tx: Sql, news: Readonly<{ incidentId: string; until: number | null; now: number }>) => Promise<void>;
  /** What was silent may be so no more (a maintenance window has changed): whatever is held is looked at again. */
  reconsider: (tx: Sql, news: Readonly<{ organisationId: string; now: number }>) => Promise<void>;
  /** A channel that can be used again (enabled, confirmed, linked): what failed because it was broken stays a dead letter. */
  channelUsable: (tx: Sql, channelId: string) => Promise<void>;
  /** A dead letter, or a delivered webhook, once more, under its own id. Null: there is no such delivery; false: not this one. */
  resend: (
    tx: Sql,
    which: Readonly<{ organisationId: string; deliveryId: string; now: number }>,
  ) => Promise<Readonly<{ attempt: number }> | false | null>;
}>;
