import type { CheckReport } from '@farwatch/contracts';
import type { Db } from '../../db.ts';
import type { RegionStore } from './store.ts';

const everyMs = 5_000;

/**
 * A report is a sign of life too: of the moment it was sent, not of the one it was taken out of the queue. A region whose
 * probes can't reach the API, and report all the same, is not dark.
 */
export const signsOfReports = ({
  db,
  regions,
}: Readonly<{ db: Pick<Db, 'sql'>; regions: Pick<RegionStore, 'seen'> }>) => {
  const noted = new Map<string, Readonly<{ at: number; done: Promise<void> }>>();
  return async ({ results, sentAt, clockOffsetMs }: CheckReport, now: number): Promise<void> => {
    const region = results[0]?.region;
    const seenAt = Math.min(now, sentAt - (clockOffsetMs ?? 0));
    if (region === undefined) return;
    const last = noted.get(region);
    // Also who comes a moment later goes on only once it is written.
    if (last !== undefined && seenAt - last.at < everyMs) return last.done;
    if (noted.size > 1_000) noted.clear();
    const done = regions.seen(db.sql, region, new Date(seenAt));
    noted.set(region, { at: seenAt, done });
    await done.catch((error: unknown) => {
      noted.delete(region); // the next report tries again
      throw error;
    });
  };
};
