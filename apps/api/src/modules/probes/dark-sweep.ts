import { isDark } from '@farwatch/domain';
import { alone } from '../../alone.ts';
import type { Db } from '../../db.ts';
import { markUnknown, type UnknownDeps } from '../monitors/unknown.ts';
import { notePresence, readHeardSince } from './core-watch.ts';
import { type SlotDeps, tellDarkSlots } from './dark-slots.ts';
import { beginOutage, darkRegions, endOutages, lastSigns } from './outage-store.ts';

/** Of all workers one is at it at a time. */
const sweepLock = 7_203_771_405;

export type DarkSweepDeps = SlotDeps & UnknownDeps & Readonly<{ db: Pick<Db, 'sql' | 'transaction'> }>;

/**
 * The one judgement of who is dark, as stored facts: begins and ends regions' outages, writes what came due meanwhile into
 * the log as missed, and takes monitors that no region looks at any more for `unknown`. Safe to be killed anywhere.
 */
export const sweepDarkRegions =
  (deps: DarkSweepDeps) =>
  async (now: number): Promise<number | null> => {
    const { sql } = deps.db;
    await notePresence(sql, 'worker', now);
    return alone(deps.db, sweepLock, async () => {
      const heard = await readHeardSince(sql, now);
      await endOutages(sql, now);
      const dark = (await lastSigns(sql)).filter(({ seenAt }) => isDark({ seenAt, heard }, now));
      for (const { id, seenAt } of dark) await beginOutage(sql, { id, since: seenAt });
      await tellDarkSlots(deps, now);
      const regions = await darkRegions(sql);
      if (regions.length > 0)
        await markUnknown(
          deps,
          regions.map(({ id }) => id),
        );
      return regions.length;
    });
  };
