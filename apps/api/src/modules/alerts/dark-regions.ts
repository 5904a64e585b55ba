import { clockToleranceMs } from '@farwatch/domain';
import type { Db, Sql } from '../../db.ts';
import { type DarkRegion, darkRegions } from '../probes/outage-store.ts';
import type { StoppedDetail } from './detail.ts';
import type { TellOperator } from './operator.ts';
import { insertDeliveries, usableChannels } from './plan-store.ts';
import { planFor } from './recipients.ts';

export type DarkDeps = Readonly<{
  db: Pick<Db, 'sql' | 'transaction'>;
  tellOperator: TellOperator;
  send: (ids: readonly string[]) => Promise<void>;
}>;

type Doubtful = Readonly<{ id: string; clockOffsetMs: number | null; blind: boolean }>;
/** Regions that are there, but whose probe has a wrong clock or sees nothing. */
const doubtful = async (sql: Sql): Promise<readonly Doubtful[]> => {
  const { rows } = await sql.query<Doubtful>(
    `SELECT id, clock_offset_ms AS "clockOffsetMs", blind FROM region r
     WHERE (abs(clock_offset_ms) > $1 OR blind)
       AND NOT EXISTS (SELECT 1 FROM region_outage o WHERE o.region = r.id AND o.ended_at IS NULL) ORDER BY id`,
    [clockToleranceMs],
  );
  return rows;
};

const tellDoubtful = async ({ db, tellOperator }: DarkDeps, now: number): Promise<void> => {
  for (const { id, clockOffsetMs, blind } of await doubtful(db.sql)) {
    if (clockOffsetMs !== null && Math.abs(clockOffsetMs) > clockToleranceMs) {
      const off = `${(Math.abs(clockOffsetMs) / 1_000).toFixed(1)} s ${clockOffsetMs > 0 ? 'ahead of' : 'behind'} ours`;
      const text = `the clock of the region ${id} is ${off}; the times of its results are corrected by that`;
      await tellOperator({ key: `region-clock:${id}`, text, now });
    }
    if (blind) {
      const text = `the region ${id} reaches none of its control targets; its failed looks have no vote`;
      await tellOperator({ key: `region-blind:${id}`, text, now });
    }
  }
};

/** Who was told that a region was blind is told once that it sees again, and for how long it did not. */
const tellSeeing = async ({ db, tellOperator }: DarkDeps, now: number): Promise<void> => {
  const { rows } = await db.sql.query<{ id: string; since: Date; told: boolean }>(
    `WITH back AS (SELECT id, blind_since FROM region WHERE NOT blind AND blind_since IS NOT NULL FOR UPDATE SKIP LOCKED),
       forgotten AS (DELETE FROM operator_notice n USING back WHERE n.key = 'region-blind:' || back.id RETURNING n.key),
       seeing AS (UPDATE region r SET blind_since = NULL FROM back WHERE r.id = back.id)
     SELECT id, blind_since AS since, EXISTS (SELECT 1 FROM forgotten f WHERE f.key = 'region-blind:' || id) AS told
     FROM back`,
  );
  for (const { id, since, told } of rows) {
    const minutes = Math.max(1, Math.round((now - since.getTime()) / 60_000));
    const text = `the region ${id} sees again; it was blind for ${minutes} min, and its failed looks of then have no vote`;
    if (told) await tellOperator({ key: `region-sees:${id}:${since.getTime()}`, text, now });
  }
};

type Unwatched = Readonly<{ organisationId: string; monitors: number; regions: readonly string[] }>;
/** Organisations with monitors that no living region looks at. */
const unwatched = async (sql: Sql, dark: readonly DarkRegion[]): Promise<readonly Unwatched[]> => {
  const { rows } = await sql.query<Unwatched>(
    `SELECT organisation_id AS "organisationId", count(*)::int AS monitors,
       (SELECT array_agg(DISTINCT r) FROM unnest(array_agg(array_to_string(regions, ' '))) AS t (list),
          unnest(string_to_array(t.list, ' ')) AS r) AS regions
     FROM monitor WHERE paused_at IS NULL AND regions <@ $1::text[] GROUP BY organisation_id`,
    [dark.map(({ id }) => id)],
  );
  return rows;
};

const tellStopped = async (tx: Sql, one: Unwatched, dark: readonly DarkRegion[], now: number) => {
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
const tellResumed = async (tx: Sql, dark: readonly DarkRegion[], now: number): Promise<readonly string[]> => {
  const { rows } = await tx.query<{ id: string; organisationId: string; key: string; detail: StoppedDetail }>(
    `SELECT min(d.id::text) AS id, d.organisation_id AS "organisationId", d.key, d.detail
     FROM delivery d WHERE d.event = 'monitoring.stopped' AND d.key LIKE 'monitoring.stopped:%' AND d.created_at > to_timestamp($1::float8 / 1000)
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
 * Tells operators of regions whose probes are silent, blind or wrong about the time, and organisations when nobody looks
 * at their monitors any more, once each time, and once that it goes on. Who is dark is judged by `sweepDarkRegions`.
 */
export const watchRegions =
  (deps: DarkDeps) =>
  async (now: number): Promise<number> => {
    const dark = await darkRegions(deps.db.sql);
    await tellDoubtful(deps, now);
    await tellSeeing(deps, now);
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
