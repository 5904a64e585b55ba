import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Sql } from '../../db.ts';

export type Listening = Readonly<{
  databaseUrl: string;
  channels: readonly string[];
  /** Called when connected and after every notification or quiet spell, one call at a time; a rejection ends it. */
  onWake: (sql: Sql) => Promise<void>;
  onNotification: (channel: string, payload: string) => void;
  /** Wakes it without a notification. */
  bell: Bell;
  signal: AbortSignal;
}>;

/** Rings whoever listens right now, if anybody does. */
export type Bell = { ring: () => void };
export const silentBell = (): Bell => ({ ring: () => undefined });

/** Without a word for this long the connection is tried out: that is how a dead one shows. */
const quietMs = 15_000;

const openClient = (databaseUrl: string): Client =>
  new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
    keepAlive: true,
    application_name: 'farwatch events',
  });

/** Whichever comes first; none of them leaves a timer behind. */
const wakeOrQuiet = async (wake: Promise<void>, lost: Promise<never>): Promise<void> => {
  const heard = new AbortController();
  const quiet = sleep(quietMs, undefined, { signal: heard.signal, ref: false }).catch(() => undefined);
  await Promise.race([wake, lost, quiet]).finally(() => heard.abort());
};

/** Listens on a connection of its own until that breaks (rejects) or the signal ends it. */
export const listen = async ({
  databaseUrl,
  channels,
  onWake,
  onNotification,
  bell,
  signal,
}: Listening): Promise<void> => {
  const client = openClient(databaseUrl);
  const sql: Sql = { query: (text, values) => client.query(text, values === undefined ? undefined : [...values]) };
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined); // it may break when nobody waits any more
  client.on('error', lost.reject);
  client.on('end', () => lost.reject(new Error('The connection was closed')));
  let wake = Promise.withResolvers<void>();
  client.on('notification', ({ channel, payload = '' }) => {
    onNotification(channel, payload);
    wake.resolve();
  });
  bell.ring = () => wake.resolve();
  const end = (): Promise<void> => client.end().catch(() => undefined);
  signal.addEventListener('abort', end, { once: true });
  try {
    await client.connect();
    await client.query(channels.map((channel) => `LISTEN ${channel}`).join('; '));
    while (!signal.aborted) {
      wake = Promise.withResolvers<void>();
      await onWake(sql);
      await wakeOrQuiet(wake.promise, lost.promise);
    }
  } finally {
    signal.removeEventListener('abort', end);
    await end();
  }
};
