import type { Assignment, ConfirmCheck } from '@farwatch/contracts';
import { burstEndsAt, nextBurstLook, nextSlot, phaseOf } from '@farwatch/domain';
import type { AssignmentMap, Assignments } from './assignments.ts';
import type { Clock } from './tick.ts';

/** Beyond it an incident is looked at in its interval only. */
const mostBursts = 1_000;
/** A look that could not start within this is left out: the next one comes. */
const latestMs = 1_000;
/** A slot that is as near serves as well, and one of the same moment would be the same result. */
const nearMs = 500;
/** Woken at least this often, to notice that the clock was set or the machine slept. */
const longestSleepMs = 1_000;

type BurstAsk = NonNullable<ConfirmCheck['burst']>;

export type BurstSettings = Readonly<{
  region: string;
  /** Looks of bursts that may run at once; what finds no place is left out. */
  places: number;
  clock: Clock;
  assignments: Pick<Assignments, 'current' | 'pull'>;
  isBeingLookedAt: (monitorId: string) => boolean;
  /** Looks and hands the result on. Never rejects. */
  run: (assignment: Assignment, scheduledAt: number) => Promise<void>;
}>;

export type Bursts = Readonly<{
  /** Begins or ends one. Rejects when it should be asked again: the monitor is not known and the API is away. */
  handle: (monitorId: string, ask: BurstAsk) => Promise<void>;
  /** Monitors that are gone, paused or changed are looked at in their interval again. */
  assign: (assignments: AssignmentMap) => void;
  size: () => number;
  close: () => void;
}>;

const slotIsNear = (assignment: Assignment, region: string, at: number): boolean =>
  nextSlot(phaseOf(assignment, region), assignment.intervalMs, at - nearMs) <= at + nearMs;

type Running = Readonly<{ ask: BurstAsk; as: string; cancel: () => void }>;

/** Fresh incidents are looked at more often, beside the slots and in a tenth of their places. Held in memory: what a restart loses, the slots make up for. */
export const openBursts = (settings: BurstSettings): Bursts => {
  const { region, places, clock, assignments, isBeingLookedAt, run } = settings;
  const bursts = new Map<string, Running>();
  /** Until when: an end may overtake its begin. */
  const ended = new Map<string, number>();
  let looking = 0;

  const stop = (monitorId: string): void => {
    bursts.get(monitorId)?.cancel();
    bursts.delete(monitorId);
  };
  const look = (monitorId: string, slot: number): void => {
    const assignment = assignments.current().get(monitorId);
    if (assignment === undefined || slotIsNear(assignment, region, slot)) return;
    if (looking >= places || isBeingLookedAt(monitorId)) return;
    looking += 1;
    void run(assignment, slot).finally(() => {
      looking -= 1;
    });
  };
  /** Sleeps until the slot, in pieces; then looks, and goes on with the next one. */
  const wait = (monitorId: string, slot: number): void => {
    const burst = bursts.get(monitorId);
    if (burst === undefined) return;
    const now = clock.now();
    if (now < slot) {
      const cancel = clock.after(Math.min(longestSleepMs, slot - now), () => wait(monitorId, slot));
      bursts.set(monitorId, { ...burst, cancel });
      return;
    }
    if (now - slot <= latestMs) look(monitorId, slot);
    const next = nextBurstLook(burst.ask, region, now);
    if (next === null) bursts.delete(monitorId);
    else wait(monitorId, next);
  };
  const begin = async (monitorId: string, ask: BurstAsk): Promise<void> => {
    const now = clock.now();
    if (now >= burstEndsAt(ask.startedAt) || (ended.get(monitorId) ?? 0) >= ask.startedAt) return;
    const known = assignments.current().has(monitorId);
    if (!known && (await assignments.pull()) === 'away')
      throw new Error('the API is away: the burst is asked for again');
    const assignment = assignments.current().get(monitorId);
    const first = nextBurstLook(ask, region, clock.now());
    if (assignment === undefined || first === null) return;
    if ((bursts.get(monitorId)?.ask.startedAt ?? 0) >= ask.startedAt) return;
    if (bursts.size >= mostBursts && !bursts.has(monitorId)) return;
    stop(monitorId);
    bursts.set(monitorId, { ask, as: JSON.stringify(assignment), cancel: () => undefined });
    wait(monitorId, first);
  };
  const end = (monitorId: string, { startedAt }: BurstAsk): void => {
    if (ended.size >= mostBursts) ended.clear();
    ended.set(monitorId, Math.max(startedAt, ended.get(monitorId) ?? 0));
    if ((bursts.get(monitorId)?.ask.startedAt ?? Number.POSITIVE_INFINITY) <= startedAt) stop(monitorId);
  };
  return {
    handle: async (monitorId, ask) => {
      if (ask.kind === 'begin') await begin(monitorId, ask);
      else end(monitorId, ask);
    },
    assign: (wanted) => {
      for (const [monitorId, { as }] of bursts) if (JSON.stringify(wanted.get(monitorId)) !== as) stop(monitorId);
    },
    size: () => bursts.size,
    close: () => {
      for (const monitorId of [...bursts.keys()]) stop(monitorId);
    },
  };
};
