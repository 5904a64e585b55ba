import { setTimeout as pause } from 'node:timers/promises';
import { holesIn } from './look-faults.ts';
import type { Watch } from './watch.ts';

/** Everything is to be in step again within this. */
export const inStepMs = 35_000;
const giveUpMs = 180_000;
/** A look is read by when it was due, and may begin later. */
const earlierMs = 60_000;
/** A slot is told of when its look has ended and its batch has gone: a second and a little. */
const onItsWayMs = 3_000;

/**
 * Waits until, as the API tells it, every slot from `from` up to a moment ago is accounted for and no incident is open of sites that
 * are all up. Answers how long that took from `peaceAt` (epoch ms) on, in ms; infinity = three minutes were not enough.
 */
export const untilInStep = async ({ watched, read }: Watch, from: number, peaceAt: number): Promise<number> => {
  for (let now = Date.now(); now - peaceAt < giveUpMs; now = Date.now()) {
    const seen = await read(from - earlierMs).catch(() => null);
    const until = now - onItsWayMs;
    if (seen !== null && until > peaceAt) {
      const { results, incidents } = seen;
      const open = incidents.some(({ status }) => status === 'open');
      if (!open && holesIn({ watched, results }, from, until).length === 0) return now - peaceAt;
    }
    await pause(500);
  }
  return Number.POSITIVE_INFINITY;
};
