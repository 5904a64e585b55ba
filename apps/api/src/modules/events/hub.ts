import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../../db.ts';
import { openAudience, type Subscriber } from './audience.ts';
import { showInterest } from './interest.ts';
import { listen, silentBell } from './listen.ts';
import { checksChannel, type EventStore, eventsChannel } from './store.ts';

/** `position`: events up to this id were told before; all later ones will be, in order. */
export type Subscription = Readonly<{ position: string; end: () => void }>;
export type EventHub = Readonly<{
  /** Null until the hub has been connected once. */
  subscribe: (subscriber: Subscriber) => Subscription | null;
  /** Up to where this process knows the events; whatever is read from now on knows these too. Null as above. */
  position: () => string | null;
  /** Resolves when first connected; rejects when that takes longer. */
  ready: (timeoutMs: number) => Promise<void>;
  close: () => Promise<void>;
}>;
export type HubOptions = Readonly<{
  databaseUrl: string;
  events: Pick<EventStore, 'after' | 'newestId'>;
  /** The connection broke or could not be made, and is tried again; or a notification could not be read. */
  onError: (error: Error) => void;
}>;

const batch = 500;
const slowestRetryMs = 5_000;

/** Runs `attempt` again and again, at a distance that grows while it fails at once. */
const keepTrying = async (attempt: () => Promise<void>, signal: AbortSignal, onError: (e: Error) => void) => {
  for (let failures = 0; !signal.aborted; failures++) {
    const startedAt = performance.now();
    await attempt().catch((error: Error) => {
      if (!signal.aborted) onError(error);
    });
    if (performance.now() - startedAt > slowestRetryMs) failures = 0;
    const pauseMs = Math.min(slowestRetryMs, 100 * 2 ** failures);
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
};

const within = async (timeoutMs: number, what: Promise<void>): Promise<void> => {
  const done = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: done.signal }).then(() => {
    throw new Error(`The event stream could not connect to the database within ${timeoutMs} ms`);
  });
  await Promise.race([what, late]).finally(() => done.abort());
};

/**
 * One LISTEN connection of this process, fanned out to its streams. A notification only says that there is something:
 * events are read by their ids, so a lost connection loses nothing but looks that were told live meanwhile.
 */
export const openEventHub = ({ databaseUrl, events, onError }: HubOptions): EventHub => {
  const audience = openAudience();
  const first = Promise.withResolvers<void>();
  const stop = new AbortController();
  let position: string | null = null;

  const readOn = async (sql: Sql): Promise<void> => {
    position ??= await events.newestId(sql);
    first.resolve();
    for (let more = true; more; ) {
      const found = await events.after(sql, position, batch);
      for (const event of found) {
        position = event.id;
        audience.tell(event);
      }
      more = found.length === batch;
    }
  };
  const onNotification = (channel: string, payload: string): void => {
    if (channel === checksChannel && !audience.tellChecks(payload))
      onError(new Error('A notification of looks could not be read; it was dropped'));
  };
  const { signal } = stop;
  const channels = [eventsChannel, checksChannel];
  const bell = silentBell();
  const attempt = (): Promise<void> => {
    const held = new Set<number>(); // a new connection holds nothing
    const onWake = async (sql: Sql): Promise<void> => {
      await showInterest(sql, held, audience.organisations());
      await readOn(sql);
    };
    return listen({ databaseUrl, channels, onWake, onNotification, bell, signal });
  };
  const subscribe = (subscriber: Subscriber): Subscription | null => {
    if (position === null) return null;
    const leave = audience.add(subscriber);
    bell.ring();
    const end = (): void => {
      leave();
      bell.ring();
    };
    return { position, end };
  };
  const running = keepTrying(attempt, signal, onError);

  return {
    subscribe,
    position: () => position,
    ready: (timeoutMs) => within(timeoutMs, first.promise),
    close: async () => {
      stop.abort();
      await running;
    },
  };
};
