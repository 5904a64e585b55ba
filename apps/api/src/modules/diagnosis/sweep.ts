import type { Db } from '../../db.ts';
import { dueIncidents, postpone } from './due.ts';
import { type RenewDeps, renew } from './renew.ts';

/** At most this many in one sweep; the next one is a moment away. */
const maxPerSweep = 50;
/** What can't be made is a bug of ours: tried again after so long, and in no other's way. */
const againMs = 60_000;

/**
 * Diagnoses the incidents that are due, one transaction each, and answers how many. Whatever became due is written with
 * what made it so: what a killed worker has left is found by the next one. The first fault is thrown in the end.
 */
export const sweepDiagnoses =
  (deps: RenewDeps & Readonly<{ db: Pick<Db, 'sql' | 'transaction'> }>) =>
  async (now: number): Promise<number> => {
    const faults: unknown[] = [];
    const due = await dueIncidents(deps.db.sql, now, maxPerSweep);
    for (const incidentId of due) {
      try {
        await deps.db.transaction((tx) =>
          renew(deps, tx, {
            incidentId,
            now,
            wanted: (still) => still?.dueAt != null && still.dueAt.getTime() <= now, // another worker may have been here
          }),
        );
      } catch (error) {
        faults.push(error);
        await postpone(deps.db.sql, incidentId, now + againMs);
      }
    }
    if (faults.length > 0) throw faults[0];
    return due.length;
  };
