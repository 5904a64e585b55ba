import type { Assignment } from '@farwatch/contracts';
import type { MissedReason } from '@farwatch/domain';
import type { AssignmentMap } from './assignments.ts';
import { type HostLimits, hostOf, type Placed } from './host-limits.ts';
import type { Ledger } from './ledger.ts';
import type { Slot } from './timetable.ts';

export type RunnerSettings = Readonly<{
  concurrency: number;
  /** Who waits for a place at a host does so here. */
  limits: Pick<HostLimits<Slot>, 'wait' | 'take' | 'empty'>;
  now: () => number;
  ledger: Ledger;
  /** Looks and hands the result on. Never rejects. */
  run: (assignment: Assignment, slot: Slot) => Promise<void>;
  missed: (slot: Slot, reason: MissedReason) => void;
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

/** At most `concurrency` looks at once, of them at one host what `limits` allows; the rest waits in order, and at most one interval. */
export const openRunner = ({ concurrency, limits, now, ledger, run, missed }: RunnerSettings): Runner => {
  const running = new Set<Promise<void>>();
  let assignments: AssignmentMap = new Map();
  let stopped = false;

  const comesDue = ({ at, families }: Slot): void => {
    for (const _ of families) ledger.due(at);
  };
  const withdraw = ({ at, families }: Slot): void => {
    for (const _ of families) ledger.withdrawn(at);
  };
  const drop = (slot: Slot, reason: MissedReason): void => {
    if (assignments.has(slot.monitorId)) missed(slot, reason);
    else withdraw(slot);
  };
  /** A look that would start more than an interval late says nothing about its slot. */
  const isTooLate = (slot: Slot): boolean => now() - slot.at > slot.intervalMs;
  const begin = ({ item: slot, leave }: Placed<Slot>, assignment: Assignment): void => {
    ledger.started(now() - slot.at);
    const look = run(assignment, slot).finally(() => {
      running.delete(look);
      leave();
      pump();
    });
    running.add(look);
  };
  const pump = (): void => {
    while (!stopped && running.size < concurrency) {
      const next = limits.take();
      if (next === undefined) return;
      const assignment = assignments.get(next.item.monitorId);
      if (assignment !== undefined && !isTooLate(next.item)) {
        begin(next, assignment);
        continue;
      }
      next.leave();
      drop(next.item, 'overload');
    }
  };
  const wait = (slot: Slot): void => {
    const assignment = assignments.get(slot.monitorId);
    if (assignment === undefined) withdraw(slot);
    else limits.wait(hostOf(assignment.url), slot);
  };
  return {
    assign: (wanted) => {
      assignments = wanted;
      const waiting = limits.empty().toSorted((a, b) => a.at - b.at);
      for (const slot of waiting) wait(slot); // anew: a monitor may have moved to another host
    },
    offer: (slots, lateReason) => {
      for (const slot of slots) comesDue(slot);
      for (const slot of slots) {
        if (isTooLate(slot)) drop(slot, lateReason);
        else wait(slot);
      }
      pump();
    },
    miss: (slots, reason) => {
      for (const slot of slots) {
        comesDue(slot);
        drop(slot, reason);
      }
    },
    stop: async () => {
      stopped = true;
      await Promise.all(running);
    },
  };
};
