import type { Assignment } from '@farwatch/contracts';
import { type AddressFamily, type CheckResult, type CheckTrigger, familiesOf } from '@farwatch/domain';
import type { Check } from './check.ts';

export type Run = (
  assignment: Assignment,
  scheduledAt: number,
  trigger?: CheckTrigger,
  families?: readonly AddressFamily[],
) => Promise<void>;

const watched = ({ connection }: Assignment): readonly AddressFamily[] => familiesOf(connection?.family ?? 'any');

/** Looks, over each family at once, reports these together (they are one vote), and knows which monitors are being looked at. */
export const openRun = (check: Check, report: (result: CheckResult, assignment: Assignment) => void) => {
  const atWork = new Map<string, number>();
  const count = (monitorId: string, by: 1 | -1): void => {
    const left = (atWork.get(monitorId) ?? 0) + by;
    if (left > 0) atWork.set(monitorId, left);
    else atWork.delete(monitorId);
  };
  const run: Run = async (assignment, scheduledAt, trigger = 'schedule', families = watched(assignment)) => {
    count(assignment.monitorId, 1);
    try {
      const looks = families.map((family) => check(assignment, scheduledAt, trigger, family));
      for (const result of await Promise.all(looks)) report(result, assignment);
    } finally {
      count(assignment.monitorId, -1);
    }
  };
  return { run, isBeingLookedAt: (monitorId: string): boolean => atWork.has(monitorId) };
};
