import type { CheckReport } from '@farwatch/contracts';
import { type CheckResult, familiesOf, phaseOf, slotsBetween, type WatchedFamily } from '@farwatch/domain';
import { v7 as newId } from 'uuid';
import type { Db, Sql } from '../../db.ts';
import { saveTold, type Untold, untoldOutages } from './outage-store.ts';

/** So much of a region's time goes into the log at once, and so many results. */
const windowMs = 60_000;
const batch = 500;
const page = 1_000;
/** Of one stretch in one sweep; the rest comes with the next. */
const windowsPerSweep = 30;
/** The log has no room for older results. */
const oldestMs = 25 * 3_600_000;
/** A slot is not missed in the moment it comes due. */
const graceMs = 2_000;

export type SlotDeps = Readonly<{
  db: Pick<Db, 'sql'>;
  /** Takes a report as the queue's consumer does. */
  take: (report: CheckReport) => Promise<unknown>;
}>;

type Due = Readonly<{
  monitorId: string;
  intervalMs: number;
  regions: readonly string[];
  family: WatchedFamily;
  changedAt: number;
}>;

/** What a region has to look at, in pages. */
const monitorsOf = async (sql: Sql, region: string, after: string): Promise<readonly Due[]> => {
  const { rows } = await sql.query<Due>(
    `SELECT id AS "monitorId", interval_ms AS "intervalMs", regions, coalesce(connection->>'family', 'any') AS family,
       (extract(epoch FROM updated_at) * 1000)::float8 AS "changedAt"
     FROM monitor WHERE $1 = ANY(regions) AND paused_at IS NULL AND id > $2 ORDER BY id LIMIT ${page}`,
    [region, after],
  );
  return rows;
};

const missed = (monitor: Due, region: string, scheduledAt: number, now: number): readonly CheckResult[] =>
  familiesOf(monitor.family).map((family) => ({
    ...{ monitorId: monitor.monitorId, region, family, trigger: 'schedule', scheduledAt, startedAt: now, totalMs: 0 },
    ...{ outcome: { verdict: 'missed', reason: 'region-dark' }, status: null, bytes: null, remoteAddress: null },
    phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, downloadMs: null },
  }));

/** Before its last change a monitor was due at other moments; those are not known any more. */
const slotsOf = (monitor: Due, region: string, from: number, until: number): readonly number[] =>
  slotsBetween(phaseOf(monitor, region), monitor.intervalMs, Math.max(from, monitor.changedAt), until);

const send = async ({ take }: SlotDeps, results: readonly CheckResult[], now: number): Promise<void> => {
  for (let i = 0; i < results.length; i += batch) {
    const some = structuredClone(results.slice(i, i + batch)) as CheckReport['results']; // the same shape, without readonly
    await take({ probeId: 'core', batchId: newId(), sentAt: now, results: some });
  }
};

const tellWindow = async (deps: SlotDeps, region: string, [from, until]: [number, number], now: number) => {
  const first = '00000000-0000-0000-0000-000000000000';
  for (let after: string | undefined = first; after !== undefined; ) {
    const monitors: readonly Due[] = await monitorsOf(deps.db.sql, region, after);
    const results = monitors.flatMap((monitor) =>
      slotsOf(monitor, region, from, until).flatMap((slot) => missed(monitor, region, slot, now)),
    );
    await send(deps, results, now);
    after = monitors.length < page ? undefined : monitors.at(-1)?.monitorId;
  }
};

const tellOutage = async (deps: SlotDeps, outage: Untold, now: number): Promise<void> => {
  const end = outage.until ?? now - graceMs;
  let from = Math.max(outage.from, now - oldestMs);
  for (let n = 0; n < windowsPerSweep && from < end; n++) {
    const until = Math.min(end, from + windowMs);
    await tellWindow(deps, outage.region, [from, until], now);
    await saveTold(deps.db.sql, outage, until);
    from = until;
  }
};

/**
 * Writes what came due in dark regions into the log as missed, each slot once. A real result that is there stays, and one
 * that comes later takes its place: the log itself sees to that.
 */
export const tellDarkSlots = async (deps: SlotDeps, now: number): Promise<void> => {
  for (const outage of await untoldOutages(deps.db.sql)) await tellOutage(deps, outage, now);
};
