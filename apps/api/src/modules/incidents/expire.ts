import { expire } from '@farwatch/domain';
import type { Db } from '../../db.ts';
import { lockOverdue } from '../monitors/state-store.ts';
import { type ApplyDeps, applyJudgement, type FollowUp } from './apply.ts';

/** At most this many in one sweep; the next one is a moment away. */
const maxPerSweep = 200;

/**
 * Judges monitors whose confirmation has run out, one transaction each, and answers what to send. A sweep over a
 * column and no timer: what a killed worker had promised is found by the next one.
 */
export const expireConfirmations =
  (deps: ApplyDeps & Readonly<{ db: Pick<Db, 'transaction'>; followUp: (work: FollowUp) => Promise<void> }>) =>
  async (now: number): Promise<number> => {
    for (let done = 0; done < maxPerSweep; done++) {
      const work = await deps.db.transaction(async (tx) => {
        const overdue = await lockOverdue(tx, now);
        if (overdue === null) return null;
        const { watched, state } = overdue;
        const judged = expire(state, watched.policy, now);
        return applyJudgement(deps, tx, { watched, before: state }, judged, { at: now, now });
      });
      if (work === null) return done;
      await deps.followUp(work);
    }
    return maxPerSweep;
  };
