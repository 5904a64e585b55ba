import type { Assignment, ConfirmCheck } from '@farwatch/contracts';
import type { CheckTrigger } from '@farwatch/domain';
import type { Assignments } from './assignments.ts';

/** A confirmation is asked for at most a few seconds ahead; a longer wait would be a mistake or a clock far off. */
const longestWaitMs = 5_000;

export type ConfirmSettings = Readonly<{
  region: string;
  assignments: Pick<Assignments, 'current' | 'pull'>;
  now: () => number;
  /** Resolves after that long, or at once when the probe stops. */
  sleep: (ms: number) => Promise<void>;
  /** Looks and hands the result on. Never rejects. */
  run: (assignment: Assignment, scheduledAt: number, trigger: CheckTrigger) => Promise<void>;
}>;

/**
 * A person may have changed the monitor a moment before asking; one not known is new. Both are worth a pull, and without
 * it the look would be at what the monitor was.
 */
const assigned = async ({ assignments }: ConfirmSettings, check: ConfirmCheck): Promise<Assignment | undefined> => {
  const stale = check.trigger === 'request' || !assignments.current().has(check.monitorId);
  if (stale && (await assignments.pull()) === 'away') throw new Error('the API is away: the look is tried again');
  return assignments.current().get(check.monitorId);
};

/**
 * Answers looks that are asked for out of turn; the result carries the moment it was asked for as its slot. Rejects when
 * the look should be tried again; past its expiry it is dropped.
 */
export const confirmHandler =
  (settings: ConfirmSettings) =>
  async (check: ConfirmCheck): Promise<void> => {
    const { region, now, sleep, run } = settings;
    if (check.region !== region || now() > check.expiresAt) return;
    const assignment = await assigned(settings, check);
    if (assignment === undefined) return; // deleted, paused, or no longer ours
    const ahead = Math.min(longestWaitMs, check.scheduledAt - now());
    if (ahead > 0) await sleep(ahead);
    if (now() <= check.expiresAt) await run(assignment, check.scheduledAt, check.trigger);
  };
