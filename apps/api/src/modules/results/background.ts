import type { Db } from '../../db.ts';
import { every, type Recurring } from '../../every.ts';
import { packDays } from './pack-days.ts';
import { rollUp } from './roll-up.ts';

const rollUpEveryMs = 10_000;
const packEveryMs = 60_000;

/** What a worker does for the log beside taking results: one worker at a time, in small steps. */
export const logJobs = (
  deps: Readonly<{ db: Pick<Db, 'sql' | 'transaction'> }>,
  onError: (what: string) => (error: unknown) => void,
): readonly Recurring[] => {
  const makeRollUps = rollUp(deps);
  const pack = packDays(deps);
  return [
    every(rollUpEveryMs, () => makeRollUps(Date.now()), onError('roll-ups could not be made')),
    every(packEveryMs, () => pack(Date.now()), onError('a closed day could not be packed')),
  ];
};
