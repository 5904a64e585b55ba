import { alone } from '../../alone.ts';
import type { Db, Sql } from '../../db.ts';
import { readHeardSince } from '../probes/core-watch.ts';
import type { StoppedDetail } from './detail.ts';
import { insertDeliveries, type Recipient, usableChannels } from './plan-store.ts';
import { planFor } from './recipients.ts';
import { beginSilences, endSilences, newlySilent, type SilentMonitor } from './silent-store.ts';

export type SilenceDeps = Readonly<{
  db: Pick<Db, 'sql' | 'transaction'>;
  send: (ids: readonly string[]) => Promise<void>;
}>;

const silenceLock = 7_203_771_406;
/** So many are named; the rest is a number. */
const mostNames = 10;
const severity = 'monitoring-stopped';

const detailOf = (silent: readonly SilentMonitor[]): StoppedDetail => ({
  regions: [...new Set(silent.flatMap(({ regions }) => regions))].toSorted(),
  monitors: silent.length,
  since: Math.min(...silent.map(({ since }) => since)),
  silent: silent.slice(0, mostNames).map(({ name }) => name),
});

type Telling = Readonly<{
  event: 'monitoring.stopped' | 'monitoring.resumed';
  key: string;
  silent: readonly SilentMonitor[];
  channels: readonly Recipient[];
  now: number;
}>;
/** Answers the deliveries that are due at once. */
const tell = async (tx: Sql, organisationId: string, { event, key, silent, channels, now }: Telling) => {
  const news = {
    organisationId,
    event,
    severity,
    incidentId: null,
    monitorId: null,
    detail: detailOf(silent),
  } as const;
  const planned = await insertDeliveries(
    tx,
    { ...news, now },
    channels.map((channel) => planFor(channel, { key, severity, now })),
  );
  return planned.filter(({ dueAt }) => dueAt <= now).map(({ id }) => id);
};

const keyOf = (toldAt: number): string => `monitoring.silent:${toldAt}`;

const tellStopped = async ({ db }: SilenceDeps, now: number): Promise<readonly string[]> => {
  const silent = await newlySilent(db.sql, { heard: await readHeardSince(db.sql, now), now });
  if (silent.length === 0) return [];
  return db.transaction(async (tx) => {
    await beginSilences(tx, silent, now);
    const ids: string[] = [];
    for (const [organisationId, theirs] of Map.groupBy(silent, (one) => one.organisationId)) {
      const channels = (await usableChannels(tx, organisationId)).filter(({ kind }) => kind !== 'voice');
      const telling = { event: 'monitoring.stopped', key: keyOf(now), silent: theirs, channels, now } as const;
      ids.push(...(await tell(tx, organisationId, telling)));
    }
    return ids;
  });
};

/** Whoever was told that it stopped. */
const thatHeard = async (tx: Sql, organisationId: string, key: string): Promise<readonly Recipient[]> => {
  const { rows } = await tx.query<{ channelId: string }>(
    'SELECT channel_id AS "channelId" FROM delivery WHERE organisation_id = $1 AND key = $2',
    [organisationId, key],
  );
  const heard = new Set(rows.map(({ channelId }) => channelId));
  return (await usableChannels(tx, organisationId)).filter(({ channelId }) => heard.has(channelId));
};

const tellResumed = ({ db }: SilenceDeps, now: number): Promise<readonly string[]> =>
  db.transaction(async (tx) => {
    const resumed = await endSilences(tx, now);
    const ids: string[] = [];
    for (const theirs of Map.groupBy(resumed, (one) => `${one.organisationId} ${one.toldAt}`).values()) {
      const [first] = theirs;
      if (first === undefined) continue;
      const { organisationId, toldAt } = first;
      const channels = await thatHeard(tx, organisationId, keyOf(toldAt));
      const key = `monitoring.heard:${toldAt}:${now}`;
      ids.push(
        ...(await tell(tx, organisationId, { event: 'monitoring.resumed', key, silent: theirs, channels, now })),
      );
    }
    return ids;
  });

/**
 * The dead man's switch of each monitor: when no look at it is reported any more although its regions are there, its
 * people hear that once, and once that it goes on. A worker at a time; answers how many messages are due by it.
 */
export const watchSilence =
  (deps: SilenceDeps) =>
  async (now: number): Promise<number> => {
    const ids = await alone(deps.db, silenceLock, async () => [
      ...(await tellResumed(deps, now)),
      ...(await tellStopped(deps, now)),
    ]);
    if (ids === null || ids.length === 0) return 0;
    await deps.send(ids);
    return ids.length;
  };
