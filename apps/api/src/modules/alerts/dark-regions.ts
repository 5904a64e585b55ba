import type { Db, Sql } from '../../db.ts';
import type { StoppedDetail } from './detail.ts';
import type { TellOperator } from './operator.ts';
import { insertDeliveries, usableChannels } from './plan-store.ts';
import { planFor } from './recipients.ts';

export type DarkDeps = Readonly<{
  db: Pick<Db, 'sql' | 'transaction'>;
  tellOperator: TellOperator;
  send: (ids: readonly string[]) => Promise<void>;
}>;

/** A probe gives a sign of life every 10 s. */
const darkAfterMs = 90_000;

type Region = Readonly<{ id: string; lastSeenAt: Date | null }>;
type Dark = Readonly<{ id: string; since: number }>;

/** The regions without a sign of life. While this process itself was away nobody could see one, so that time doesn't count. */
const darkRegions = async (sql: Sql, now: number, watchingSince: number): Promise<readonly Dark[]> => {
  const { rows } = await sql.query<Region>('SELECT id, last_seen_at AS "lastSeenAt" FROM region ORDER BY id');
  return rows.flatMap(({ id, lastSeenAt }) => {
    const seen = lastSeenAt?.getTime() ?? watchingSince;
    return now - Math.max(seen, watchingSince) > darkAfterMs ? [{ id, since: seen }] : [];
  });
};

type Unwatched = Readonly<{ organisationId: string; monitors: number; regions: readonly string[] }>;
/** Organisations with monitors that no living region looks at. */
const unwatched = async (sql: Sql, dark: readonly Dark[]): Promise<readonly Unwatched[]> => {
  const { rows } = await sql.query<Unwatched>(
    `SELECT organisation_id AS "organisationId", count(*)::int AS monitors,
       (SELECT array_agg(DISTINCT r) FROM unnest(array_agg(array_to_string(regions, ' '))) AS t (list),
          unnest(string_to_array(t.list, ' ')) AS r) AS regions
     FROM monitor WHERE paused_at IS NULL AND regions <@ $1::text[] GROUP BY organisation_id`,
    [dark.map(({ id }) => id)],
  );
  return rows;
};

const tellStopped = async (tx: Sql, one: Unwatched, dark: readonly Dark[], now: number) => {
  const since = Math.max(...dark.filter(({ id }) => one.regions.includes(id)).map((region) => region.since));
  const detail: StoppedDetail = { regions: [...one.regions], monitors: one.monitors, since };
  const severity = 'monitoring-stopped';
  const { organisationId } = one;
  const news = {
    organisationId,
    event: 'monitoring.stopped',
    severity,
    incidentId: null,
    monitorId: null,
    detail,
  } as const;
  const channels = (await usableChannels(tx, organisationId)).filter(({ kind }) => kind !== 'voice');
  const key = `monitoring.stopped:${since}`;
  return insertDeliveries(
    tx,
    { ...news, now },
    channels.map((channel) => planFor(channel, { key, severity, now })),
  );
};

/** Whoever was told that it stopped is told once that it goes on. */
const tellResumed = async (tx: Sql, dark: readonly Dark[], now: number): Promise<readonly string[]> => {
  const { rows } = await tx.query<{ id: string; organisationId: string; key: string; detail: StoppedDetail }>(
    `SELECT min(d.id::text) AS id, d.organisation_id AS "organisationId", d.key, d.detail
     FROM delivery d WHERE d.event = 'monitoring.stopped' AND d.created_at > to_timestamp($1::float8 / 1000)
       AND NOT EXISTS (SELECT 1 FROM delivery r WHERE r.organisation_id = d.organisation_id
         AND r.event = 'monitoring.resumed' AND r.key = 'monitoring.resumed' || substr(d.key, length('monitoring.stopped') + 1))
     GROUP BY d.organisation_id, d.key, d.detail`,
    [now - 7 * 86_400_000],
  );
  const ids: string[] = [];
  for (const { organisationId, key, detail } of rows) {
    if (detail.regions.every((region) => dark.some(({ id }) => id === region))) continue;
    const severity = 'monitoring-stopped';
    const { rows: told } = await tx.query<{ channelId: string }>(
      `SELECT channel_id AS "channelId" FROM delivery WHERE organisation_id = $1 AND key = $2`,
      [organisationId, key],
    );
    const heard = new Set(told.map(({ channelId }) => channelId));
    const channels = (await usableChannels(tx, organisationId)).filter(({ channelId }) => heard.has(channelId));
    const news = { organisationId, event: 'monitoring.resumed', severity, incidentId: null, monitorId: null } as const;
    const resumedKey = key.replace('monitoring.stopped', 'monitoring.resumed');
    const planned = await insertDeliveries(
      tx,
      { ...news, detail, now },
      channels.map((channel) => planFor(channel, { key: resumedKey, severity, now })),
    );
    ids.push(...planned.filter(({ dueAt }) => dueAt <= now).map(({ id }) => id));
  }
  return ids;
};

/**
 * Tells operators of regions whose probes are silent, and organisations when nobody looks at their monitors any more, once
 * each time, and once that it goes on. `watchingSince` is when this process began (epoch ms).
 */
export const watchRegions =
  (deps: DarkDeps, watchingSince: number) =>
  async (now: number): Promise<number> => {
    const dark = await darkRegions(deps.db.sql, now, watchingSince);
    for (const { id, since } of dark) {
      const text = `no probe of the region ${id} has called since ${new Date(since).toISOString()}`;
      await deps.tellOperator({ key: `region-dark:${id}`, text, now });
    }
    const stopped = dark.length === 0 ? [] : await unwatched(deps.db.sql, dark);
    for (const one of stopped) {
      const planned = await deps.db.transaction((tx) => tellStopped(tx, one, dark, now));
      await deps.send(planned.filter(({ dueAt }) => dueAt <= now).map(({ id }) => id));
    }
    await deps.send(await deps.db.transaction((tx) => tellResumed(tx, dark, now)));
    return dark.length;
  };
