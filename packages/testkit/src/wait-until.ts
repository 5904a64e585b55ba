import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until `condition` answers something truthy and answers that. What it throws counts as "not yet". Rejects after
 * `timeoutMs` (default a minute: a bound for what hangs) with what was waited for, or with what `condition` threw last.
 */
export const waitUntil = async <T>(
  condition: () => T | Promise<T>,
  timeoutMs = 60_000,
  what = 'the condition',
): Promise<NonNullable<T>> => {
  const end = performance.now() + timeoutMs;
  for (;;) {
    let problem: unknown;
    try {
      const answer = await condition();
      if (answer) return answer;
    } catch (error) {
      problem = error;
    }
    if (performance.now() > end)
      throw new Error(`${what} did not come about within ${timeoutMs} ms`, { cause: problem });
    await pause(10);
  }
};
