import type { Db } from '../../db.ts';
import { lockOverdue } from '../monitors/state-store.ts';
import type { ApplyDeps } from './apply.ts';
import { type FollowUp, judge } from './judge.ts';

/** At most this many in one sweep; the next one is a moment away. */
const maxPerSweep = 200;

/**
 * Judges monitors of which something is to be decided though no look came (a confirmation has run out, flapping is over),
 * one transaction each, and answers how many. A sweep over a column and no timer: what a killed worker had promised is
 * found by the next one. One that can't be judged is left for the next sweep and keeps no other waiting; the first such
 * fault is thrown in the end.
 */
export const expireConfirmations =
  (deps: ApplyDeps & Readonly<{ db: Pick<Db, 'transaction'>; followUp: (work: FollowUp) => Promise<void> }>) =>
  async (now: number): Promise<number> => {
    const seen: string[] = [];
    const faults: unknown[] = [];
    const judgeNext = async (): Promise<FollowUp | null> =>
      deps.db.transaction(async (tx) => {
        const held = await lockOverdue(tx, now, seen);
        if (held === null) return null;
        seen.push(held.watched.monitorId);
        return judge(deps, tx, [{ held, looks: [] }], { now, asOf: now });
      });
    for (let done = 0; done < maxPerSweep; done++) {
      const before = seen.length;
      try {
        const work = await judgeNext();
        if (work === null) break;
        await deps.followUp(work);
      } catch (error) {
        faults.push(error);
        if (seen.length === before) break; // not one monitor's fault: the database is away
      }
    }
    if (faults.length > 0) throw faults[0];
    return seen.length;
  };
