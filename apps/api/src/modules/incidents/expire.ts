import type { Db } from '../../db.ts';
import { lockOverdue } from '../monitors/state-store.ts';
import type { ApplyDeps } from './apply.ts';
import { type FollowUp, judge } from './judge.ts';

/** At most this many in one sweep; the next one is a moment away. */
const maxPerSweep = 200;

/**
 * Judges monitors of which something is to be decided though no look came (a confirmation has run out, flapping is over),
 * one transaction each, and answers what to send. A sweep over a column and no timer: what a killed worker had promised is
 * found by the next one.
 */
export const expireConfirmations =
  (deps: ApplyDeps & Readonly<{ db: Pick<Db, 'transaction'>; followUp: (work: FollowUp) => Promise<void> }>) =>
  async (now: number): Promise<number> => {
    for (let done = 0; done < maxPerSweep; done++) {
      const work = await deps.db.transaction(async (tx) => {
        const held = await lockOverdue(tx, now);
        return held === null ? null : judge(deps, tx, [{ held, looks: [] }], { now, asOf: now });
      });
      if (work === null) return done;
      await deps.followUp(work);
    }
    return maxPerSweep;
  };
