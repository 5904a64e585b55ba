import { type AddressFamily, familiesOf, nextSlot, phaseOf } from '@farwatch/domain';
import type { AssignmentMap } from './assignments.ts';
import { slotQueue } from './slot-queue.ts';

/** How far back looks that did not happen are reported; beyond it the region was simply not there. */
export const missedWindowMs = 600_000;

/** `families`: the looks that it takes, one each. */
export type Slot = Readonly<{
  monitorId: string;
  at: number;
  phase: number;
  intervalMs: number;
  families: readonly AddressFamily[];
}>;

export type Timetable = Readonly<{
  /** These are due from now on. Monitors that keep their rhythm keep their next slot, others get the first after `from`. */
  set: (assignments: AssignmentMap, from: number) => void;
  /** Forgets where it was: every monitor's next slot is the first after `from`. */
  reset: (assignments: AssignmentMap, from: number) => void;
  /** The slots up to now that were not yet taken, oldest first. */
  take: (now: number) => readonly Slot[];
  /** The moment of the next slot; infinity when there is none. */
  nextAt: () => number;
}>;

/** When each monitor is due next. Slots are arithmetic on (monitor, interval, region); the heap only sorts them. */
export const openTimetable = (region: string): Timetable => {
  let next = new Map<string, Slot>();
  let queue = slotQueue<Slot>();

  const enqueue = (slot: Slot): void => {
    next.set(slot.monitorId, slot);
    queue.push(slot);
  };
  const place = (assignments: AssignmentMap, from: number, known: ReadonlyMap<string, Slot>): void => {
    queue = slotQueue();
    next = new Map();
    for (const assignment of assignments.values()) {
      const { monitorId, intervalMs } = assignment;
      const phase = phaseOf(assignment, region);
      const kept = known.get(monitorId);
      const keeps = kept !== undefined && kept.phase === phase && kept.intervalMs === intervalMs;
      const families = familiesOf(assignment.connection?.family ?? 'any');
      const at = keeps ? kept.at : nextSlot(phase, intervalMs, from);
      enqueue({ monitorId, phase, intervalMs, at, families });
    }
  };
  const after = (slot: Slot, now: number): Slot => {
    const from = Math.max(slot.at, now - missedWindowMs); // nobody asks for a week of missed looks
    return { ...slot, at: nextSlot(slot.phase, slot.intervalMs, from) };
  };
  return {
    set: (assignments, from) => place(assignments, from, next),
    reset: (assignments, from) => place(assignments, from, new Map()),
    take: (now) => {
      const due: Slot[] = [];
      for (let slot = queue.peek(); slot !== undefined && slot.at <= now; slot = queue.peek()) {
        queue.pop();
        due.push(slot);
        enqueue(after(slot, now));
      }
      return due;
    },
    nextAt: () => queue.peek()?.at ?? Number.POSITIVE_INFINITY,
  };
};
