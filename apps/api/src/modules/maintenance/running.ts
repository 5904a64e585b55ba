import { type Maintained, type MaintenanceTimes, occurrenceAt } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { holdsFor } from '../../scope.ts';

export type Running = Maintained & Readonly<{ name: string }>;
type Row = Omit<MaintenanceTimes, 'cuts'> & Readonly<{ windowId: string; name: string; cuts: readonly Date[] }>;

/**
 * The maintenance windows that a monitor is in at `now` (epoch ms), the one that ends last first. By the rules and not by
 * what a sweep has noted: what happens in a window's first second is in it.
 */
export const maintenanceOfMonitor = async (tx: Sql, monitorId: string, now: number): Promise<readonly Running[]> => {
  const { rows } = await tx.query<Row>(
    `SELECT w.id AS "windowId", w.name, w.starts_at AS "startsAt", w.time_zone AS "timeZone",
       w.duration_ms::float8 AS "durationMs", w.rule, w.cuts
     FROM maintenance_window w JOIN monitor m ON m.organisation_id = w.organisation_id
     WHERE m.id = $1 AND w.due_at <= to_timestamp($2::float8 / 1000) AND ${holdsFor('w')}`,
    [monitorId, now],
  );
  return rows
    .flatMap(({ windowId, name, cuts, ...times }) => {
      const running = occurrenceAt({ ...times, cuts: cuts.map((cut) => cut.getTime()) }, now);
      return running === null ? [] : [{ windowId, name, ...running }];
    })
    .toSorted((a, b) => b.until - a.until);
};
