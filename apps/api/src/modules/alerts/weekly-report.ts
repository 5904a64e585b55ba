import type { Db, Sql } from '../../db.ts';
import type { ReportDetail } from './detail.ts';
import { usableZone } from './moment.ts';
import { insertDeliveries, usableChannels } from './plan-store.ts';
import { at } from './store.ts';

export type ReportDeps = Readonly<{
  db: Pick<Db, 'sql' | 'transaction'>;
  send: (ids: readonly string[]) => Promise<void>;
  onError: (error: unknown) => void;
}>;

const weekMs = 7 * 86_400_000;
/** Reports that could not be planned for so long (no worker ran) are left out. */
const lateMs = 2 * 86_400_000;
const maxWorst = 10;

/** The newest Monday, 09:00 by the zone's wall clock, that is not after `now` (epoch ms). */
export const lastMonday = (now: number, timeZone: string): number => {
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(usableZone(timeZone));
  const monday = local.subtract({ days: local.dayOfWeek - 1 }).withPlainTime('09:00');
  const last = Temporal.ZonedDateTime.compare(monday, local) <= 0 ? monday : monday.subtract({ weeks: 1 });
  return last.epochMilliseconds;
};

type Organisation = Readonly<{ id: string; name: string; timeZone: string; reportedAt: Date | null; createdAt: Date }>;

const organisations = async (sql: Sql, after: string | null): Promise<readonly Organisation[]> => {
  const { rows } = await sql.query<Organisation>(
    `SELECT id, name, time_zone AS "timeZone", reported_at AS "reportedAt", created_at AS "createdAt" FROM organisation
     WHERE weekly_report AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT 200`,
    [after],
  );
  return rows;
};

type Line = Readonly<{ name: string; downMs: number; incidents: number }>;

/** Planned work that uptime leaves out, by monitor, within the week. */
const excluded = `WITH excluded AS (
  SELECT s.monitor_id, range_agg(tstzrange(greatest(s.started_at, ${at(2)}), least(coalesce(s.ended_at, s.until), ${at(3)})))
    AS times
  FROM maintenance_stretch s JOIN monitor w ON w.id = s.monitor_id
  WHERE w.organisation_id = $1 AND s.counts_as = 'excluded' AND s.started_at < ${at(3)}
    AND coalesce(s.ended_at, s.until) > ${at(2)} AND coalesce(s.ended_at, s.until) > s.started_at
  GROUP BY s.monitor_id)`;

/** Time down by monitor within the week, from its incidents, planned work left out; the longest first. */
const downtime = async (tx: Sql, organisationId: string, from: number, until: number): Promise<readonly Line[]> => {
  const { rows } = await tx.query<Line>(
    `${excluded}
     SELECT m.name, count(*)::int AS incidents, sum((
       SELECT coalesce(sum(extract(epoch FROM upper(r) - lower(r)) * 1000), 0) FROM unnest(tstzmultirange(tstzrange(
         greatest(i.started_at, ${at(2)}), least(coalesce(i.resolved_at, ${at(3)}), ${at(3)})))
         - coalesce(x.times, '{}')) AS r))::float8 AS "downMs"
     FROM incident i JOIN monitor m ON m.id = i.monitor_id LEFT JOIN excluded x ON x.monitor_id = m.id
     WHERE i.organisation_id = $1 AND i.started_at < ${at(3)} AND coalesce(i.resolved_at, 'infinity') > ${at(2)}
     GROUP BY m.id, m.name ORDER BY 3 DESC, m.name`,
    [organisationId, from, until],
  );
  return rows;
};

/** Time that all monitors were watched within the week, as far as they existed and no planned work was left out. */
const watchedMs = async (tx: Sql, organisationId: string, from: number, until: number) => {
  const { rows } = await tx.query<{ monitors: number; ms: number }>(
    `${excluded}
     SELECT count(*)::int AS monitors, coalesce(sum((
       SELECT coalesce(sum(extract(epoch FROM upper(r) - lower(r)) * 1000), 0)
       FROM unnest(tstzmultirange(tstzrange(greatest(m.created_at, ${at(2)}), ${at(3)})) - coalesce(x.times, '{}')) AS r
     )), 0)::float8 AS ms
     FROM monitor m LEFT JOIN excluded x ON x.monitor_id = m.id
     WHERE m.organisation_id = $1 AND m.created_at < ${at(3)}`,
    [organisationId, from, until],
  );
  return rows[0] ?? { monitors: 0, ms: 0 };
};

const reportOf = async (tx: Sql, { id, name }: Organisation, until: number): Promise<ReportDetail | null> => {
  const from = until - weekMs;
  const { monitors, ms } = await watchedMs(tx, id, from, until);
  if (monitors === 0) return null;
  const lines = await downtime(tx, id, from, until);
  const down = lines.reduce((sum, { downMs }) => sum + downMs, 0);
  const incidents = lines.reduce((sum, line) => sum + line.incidents, 0);
  const uptime = ms <= 0 ? 1 : Math.max(0, 1 - down / ms);
  return { organisation: name, from, until, monitors, incidents, uptime, worst: lines.slice(0, maxWorst) };
};

/** To every member's own mail channels: a summary is for people, not for programs. */
const plan = async (tx: Sql, organisation: Organisation, until: number, now: number): Promise<readonly string[]> => {
  const { id: organisationId } = organisation;
  const { rowCount } = await tx.query(
    `UPDATE organisation SET reported_at = ${at(2)} WHERE id = $1 AND (reported_at IS NULL OR reported_at < ${at(2)})`,
    [organisationId, until],
  );
  const detail = rowCount === 1 ? await reportOf(tx, organisation, until) : null;
  if (detail === null) return [];
  const mails = (await usableChannels(tx, organisationId)).filter(
    (one) => one.kind === 'email' && one.accountId !== null,
  );
  const about = {
    organisationId,
    event: 'report.weekly',
    severity: 'degraded',
    incidentId: null,
    monitorId: null,
  } as const;
  const planned = await insertDeliveries(
    tx,
    { ...about, detail, now },
    mails.map((channel) => ({ channel, key: `report.weekly:${until}`, dueAt: now, reason: null })),
  );
  return planned.map(({ id }) => id);
};

/** On Mondays at nine, by each organisation's own clock; answers how many organisations got one. */
export const planReports =
  (deps: ReportDeps) =>
  async (now: number): Promise<number> => {
    let count = 0;
    let after: string | null = null;
    for (;;) {
      const batch: readonly Organisation[] = await organisations(deps.db.sql, after);
      for (const organisation of batch) {
        const monday = lastMonday(now, organisation.timeZone);
        const told = organisation.reportedAt ?? organisation.createdAt;
        if (told.getTime() >= monday || now - monday > lateMs) continue;
        await deps.send(await deps.db.transaction((tx) => plan(tx, organisation, monday, now)));
        count += 1;
      }
      after = batch.at(-1)?.id ?? null;
      if (batch.length < 200) return count;
    }
  };
