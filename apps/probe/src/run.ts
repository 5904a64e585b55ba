import type { Assignment } from '@farwatch/contracts';
import type { CheckResult, CheckTrigger } from '@farwatch/domain';
import type { Check } from './check.ts';

export type Run = (assignment: Assignment, scheduledAt: number, trigger?: CheckTrigger) => Promise<void>;

/** Looks and reports, and knows which monitors are being looked at. */
export const openRun = (check: Check, report: (result: CheckResult, assignment: Assignment) => void) => {
  const atWork = new Map<string, number>();
  const count = (monitorId: string, by: 1 | -1): void => {
    const left = (atWork.get(monitorId) ?? 0) + by;
    if (left > 0) atWork.set(monitorId, left);
    else atWork.delete(monitorId);
  };
  const run: Run = async (assignment, scheduledAt, trigger = 'schedule') => {
    count(assignment.monitorId, 1);
    try {
      report(await check(assignment, scheduledAt, trigger), assignment);
    } finally {
      count(assignment.monitorId, -1);
    }
  };
  return { run, isBeingLookedAt: (monitorId: string): boolean => atWork.has(monitorId) };
};
