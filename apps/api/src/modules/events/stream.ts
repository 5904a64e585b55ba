import { Readable } from 'node:stream';
import type { Sql } from '../../db.ts';
import { checkFrame, eventFrame, heartbeat, openingFrame } from './frames.ts';
import type { EventHub } from './hub.ts';
import type { EventStore, StoredEvent } from './store.ts';

export type StreamOptions = Readonly<{
  sql: Sql;
  events: Pick<EventStore, 'between'>;
  hub: EventHub;
  organisationId: string;
  /** Only what concerns this monitor; null for all. */
  monitorId: string | null;
  /** The last event the caller has seen; null to begin with now. */
  lastEventId: string | null;
  heartbeatMs: number;
  /** After how long the caller should come back when the line is lost. */
  retryMs: number;
  /** Who leaves more than this unread is dropped. */
  maxUnreadBytes: number;
}>;

/** Events read at a time while catching up. */
const batch = 200;
/** Who is that far behind with what it missed has stopped reading. */
const catchUpStallMs = 30_000;

type Writer = Readonly<{
  stream: Readable;
  write: (text: string) => void;
  /** Resolves when little is left unread; rejects when the reader stalls or leaves. */
  drained: () => Promise<void>;
}>;

const openWriter = (maxUnreadBytes: number): Writer => {
  let wanted = Promise.withResolvers<void>();
  const stream = new Readable({ read: () => wanted.resolve(), highWaterMark: 65_536 });
  return {
    stream,
    write: (text) => {
      if (stream.destroyed || stream.readableEnded) return;
      stream.push(text);
      if (stream.readableLength > maxUnreadBytes)
        stream.destroy(new Error('a slow reader of the event stream was dropped'));
    },
    drained: async () => {
      if (stream.readableLength < stream.readableHighWaterMark) return;
      wanted = Promise.withResolvers<void>();
      const stalled = setTimeout(
        () => stream.destroy(new Error('an event stream stalled while catching up')),
        catchUpStallMs,
      );
      const left = (): void => wanted.resolve();
      stream.once('close', left);
      await wanted.promise;
      stream.off('close', left);
      clearTimeout(stalled);
    },
  };
};

const later = (a: string, b: string): boolean => BigInt(a) > BigInt(b);

/**
 * The event stream of one caller, from its last event on, without a gap and without a repetition: it is subscribed
 * first, then catches up from the table to where the subscription began, then goes on with what it heard meanwhile.
 * Null while the hub has not been connected yet.
 */
export const openEventStream = (options: StreamOptions): Readable | null => {
  const { sql, events, hub, organisationId, monitorId, lastEventId, heartbeatMs, retryMs, maxUnreadBytes } = options;
  const { stream, write, drained } = openWriter(maxUnreadBytes);
  let sentUpTo = lastEventId ?? '0';
  let waiting: (() => void)[] | null = []; // in the order in which they were heard
  const concerns = (event: StoredEvent): boolean => monitorId === null || event.monitorId === monitorId;
  const send = (event: StoredEvent): void => {
    if (!later(event.id, sentUpTo)) return;
    sentUpTo = event.id;
    if (concerns(event)) write(eventFrame(event));
  };

  const inTurn = (tell: () => void): void => {
    if (waiting === null) tell();
    else waiting.push(tell);
  };
  const subscription = hub.subscribe({
    organisationId,
    onEvent: (event) => inTurn(() => send(event)),
    onCheck: (check) => {
      if (monitorId === null || check.monitorId === monitorId) inTurn(() => write(checkFrame(check)));
    },
  });
  if (subscription === null) return null;
  const { position } = subscription;

  const catchUp = async (): Promise<void> => {
    write(openingFrame(lastEventId ?? position, retryMs));
    for (let more = lastEventId !== null; more && !stream.destroyed; ) {
      const range = { organisationId, afterId: sentUpTo, upToId: position, limit: batch };
      const missed = await events.between(sql, range);
      for (const event of missed) send(event);
      more = missed.length === batch;
      await drained();
    }
    if (later(position, sentUpTo)) sentUpTo = position;
    for (const tell of waiting ?? []) tell();
    waiting = null;
  };

  const beat = setInterval(() => write(heartbeat), heartbeatMs);
  stream.once('close', () => {
    clearInterval(beat);
    subscription.end();
  });
  catchUp().catch((error: Error) => stream.destroy(error));
  return stream;
};
