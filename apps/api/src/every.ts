/** A job that runs again and again, one at a time. */
export type Recurring = Readonly<{ stop: () => Promise<void> }>;

/**
 * Runs `job` now and then `intervalMs` after each end, until stopped; `stop` waits for a run under way. What a run
 * throws goes to `onError`, and the next one comes as planned: every job here finds by itself what is left to do.
 */
export const every = (
  intervalMs: number,
  job: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Recurring => {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const run = async (): Promise<void> => {
    try {
      await job();
    } catch (error) {
      onError(error);
    }
    if (!stopped) timer = setTimeout(next, intervalMs);
  };
  let running = run();
  const next = (): void => {
    running = run();
  };
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
  };
};
