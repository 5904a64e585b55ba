import type { Assignment } from '@farwatch/contracts';
import type { MissedReason } from '@farwatch/domain';
import type { AssignmentMap } from './assignments.ts';
import type { Ledger } from './ledger.ts';
import type { Slot } from './timetable.ts';

export type RunnerSettings = Readonly<{
  concurrency: number;
  now: () => number;
  ledger: Ledger;
  /** Looks and hands the result on. Never rejects. */
  run: (assignment: Assignment, slot: number) => Promise<void>;
  missed: (assignment: Assignment, slot: number, reason: MissedReason) => void;
}>;

export type Runner = Readonly<{
  assign: (assignments: AssignmentMap) => void;
  /** Slots that came due: each is looked at as soon as there is room, or missed. */
  offer: (slots: readonly Slot[], lateReason: MissedReason) => void;
  /** Slots nobody will look at any more. */
  miss: (slots: readonly Slot[], reason: MissedReason) => void;
  /** Starts no more looks; resolves when those running have ended. */
  stop: () => Promise<void>;
}>;

/** At most `concurrency` looks at once; the rest waits in order, and at most one interval. */
export const openRunner = ({ concurrency, now, ledger, run, missed }: RunnerSettings): Runner => {
  const running = new Set<Promise<void>>();
  let assignments: AssignmentMap = new Map();
  let waiting: Slot[] = [];
  let stopped = false;

  const drop = (slot: Slot, reason: MissedReason): void => {
    const assignment = assignments.get(slot.monitorId);
    if (assignment === undefined) ledger.withdrawn(slot.at);
    else missed(assignment, slot.at, reason);
  };
  const begin = (slot: Slot, assignment: Assignment): void => {
    ledger.started(now() - slot.at);
    const look = run(assignment, slot.at).finally(() => {
      running.delete(look);
      pump('overload');
    });
    running.add(look);
  };
  /** A look that would start more than an interval late says nothing about its slot. */
  const pump = (lateReason: MissedReason): void => {
    let taken = 0;
    while (!stopped && taken < waiting.length && running.size < concurrency) {
      const slot = waiting[taken++];
      const assignment = slot && assignments.get(slot.monitorId);
      if (slot === undefined) continue;
      if (assignment === undefined || now() - slot.at > slot.intervalMs) drop(slot, lateReason);
      else begin(slot, assignment);
    }
    waiting = waiting.slice(taken);
  };
  return {
    assign: (wanted) => {
      assignments = wanted;
      for (const slot of waiting) if (!wanted.has(slot.monitorId)) ledger.withdrawn(slot.at);
      waiting = waiting.filter(({ monitorId }) => wanted.has(monitorId));
    },
    offer: (slots, lateReason) => {
      for (const { at } of slots) ledger.due(at);
      const tooLate = (slot: Slot): boolean => now() - slot.at > slot.intervalMs;
      for (const slot of slots.filter(tooLate)) drop(slot, lateReason);
      waiting.push(...slots.filter((slot) => !tooLate(slot)));
      pump('overload');
    },
    miss: (slots, reason) => {
      for (const slot of slots) {
        ledger.due(slot.at);
        drop(slot, reason);
      }
    },
    stop: async () => {
      stopped = true;
      await Promise.all(running);
    },
  };
};
