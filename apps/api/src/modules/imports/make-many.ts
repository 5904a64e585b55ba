import type { NewMonitor } from '@farwatch/contracts';
import { inLanes, type Outcome, outcomeOf } from '../monitors/bulk.ts';
import { createMonitor, pauseMonitor, type WriteDeps } from '../monitors/write.ts';

type Wanted = Readonly<{ monitor: NewMonitor; paused?: boolean }>;

/** Makes many monitors, each in a transaction of its own: one that is refused holds up no other. */
export const makeMany = (
  deps: WriteDeps,
  organisationId: string,
  wanted: readonly Wanted[],
): Promise<readonly Outcome[]> =>
  inLanes(wanted, ({ monitor, paused = false }) =>
    outcomeOf(deps, async () => {
      const row = await createMonitor(deps, organisationId, monitor);
      return paused ? pauseMonitor(deps, { organisationId, id: row.id }) : row;
    }),
  );
