/**
 * What a receiver gave us for an accepted message, so that later news can refer to it: Slack's `channel` and `ts`,
 * Discord's and Telegram's message id, Twilio's `sid`. Plain strings, no secrets: it is kept in the database.
 */
export type Receipt = Readonly<Record<string, string>>;

/**
 * What came of one attempt. Texts are for the delivery log: one line, at most 500 characters, without secrets, and in
 * words a person can act on.
 * - `delivered`: the receiver took it. `moved`: parts of the target that have changed for good (Telegram's new chat id).
 * - `accepted`: the provider took it and tells later, by a callback with the receipt, whether it arrived (Twilio).
 * - `retry`: it may go through later, not before `afterMs` when that is given. `holds` = the receiver asked everybody to
 *   wait (rate limit): nothing goes to this channel, or to this provider at all, until then, and it does not count as a
 *   failed attempt. `operator` = a fault of this installation's own settings, for its operator to mend.
 * - `rejected`: the same message would be refused again. `broken` = the channel itself is no good any more (revoked,
 *   deleted, blocked): nothing more is sent to it. Without it only this message was at fault.
 */
export type Outcome =
  | Readonly<{ kind: 'delivered'; answer: string; receipt?: Receipt; moved?: Readonly<Record<string, string>> }>
  | Readonly<{ kind: 'accepted'; answer: string; receipt: Receipt }>
  | Readonly<{
      kind: 'retry';
      reason: string;
      afterMs?: number;
      holds?: 'channel' | 'provider';
      operator?: true;
      moved?: Readonly<Record<string, string>>;
    }>
  | Readonly<{ kind: 'rejected'; reason: string; broken: boolean }>;

/** Colour, icon and first word of a message. */
export type Mood = 'down' | 'degraded' | 'up' | 'info';

/** Name and value; a value of several lines is a list. */
export type Fact = readonly [name: string, value: string | readonly string[]];

/**
 * One alert, ready to be sent: the same facts for every channel, and each channel cuts, escapes and lays them out by its
 * own rules. Every string may hold what a user typed, so it is escaped by whoever writes it into a format. URLs are ours.
 */
export type Message = Readonly<{
  /** The delivery's id: the same at every attempt, so that a receiver can tell a repetition. */
  id: string;
  mood: Mood;
  /** One line, at most 200 characters: `Down: Shop (HTTP 502)`. */
  subject: string;
  /** `Shop is down` */
  heading: string;
  /** Plain sentences; the first says it all. */
  lines: readonly string[];
  facts: readonly Fact[];
  /** The one thing to do next; never cut off, whatever else has to go. */
  link: Readonly<{ text: string; url: string }> | null;
  /** Where a person says "I have it". Buttons carry `ack:<id>` (40 bytes) instead of the URL. Null: nothing to acknowledge. */
  acknowledge: Readonly<{ text: string; url: string }> | null;
  /** Says who wrote this and why. */
  footer: string;
  /** One click ends this channel's messages (RFC 8058); mail alone uses it. */
  unsubscribeUrl: string | null;
  /** Messages about the same thing share it; null when there is no thread. */
  threadId: string | null;
  /** What the first message of this thread left at this receiver; null when this is the first. */
  previous: Receipt | null;
  /** The first message of the thread is also changed to show this news, and loses its buttons (acknowledged, resolved). */
  amendsFirst: boolean;
  /** For a text message: one line without links, at most 200 characters. */
  brief: string;
  /** For a call: two or three short sentences, times in words of the listener's zone, no URL. */
  spoken: string;
  /** What a webhook is told, as JSON. */
  body: object;
}>;

/** Sends once and says how it went; never throws for what a receiver does. Retrying and recording are the caller's. */
export type Notifier<T> = (message: Message, target: T, signal: AbortSignal) => Promise<Outcome>;
