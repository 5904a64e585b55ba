import { setTimeout as sleep } from 'node:timers/promises';
import { oneLine, Problem } from './problem.ts';
import type { Running } from './running.ts';

/** One part of the house that is kept running. */
export type Supervised = Readonly<{
  /** Stops it for good; resolves once it is gone. */
  stop: () => Promise<void>;
  /** Stops it and starts it again at once. */
  restart: () => Promise<void>;
}>;

export type SuperviseOptions = Readonly<{
  name: string;
  start: () => Promise<Running>;
  say: (line: string) => void;
  /** Called once, when it has died so often that starting it again is no help. */
  giveUp: (problem: Problem) => void;
  backOff?: BackOff;
}>;

/** `steadyMs`: after running this long, earlier deaths are forgotten. */
export type BackOff = Readonly<{ firstMs: number; maxMs: number; steadyMs: number; tries: number }>;
const usualBackOff: BackOff = { firstMs: 500, maxMs: 30_000, steadyMs: 300_000, tries: 10 };

/** Starts it once (a failure of that first start is thrown) and from then on again whenever it dies, ever more slowly. */
export const supervise = async (options: SuperviseOptions): Promise<Supervised> => {
  const { name, start, say, giveUp, backOff = usualBackOff } = options;
  const stopping = new AbortController();
  let current = await start();
  let replacing = false;
  let deaths = 0;

  /** Answers null when it is up, or why it isn't. `current` is set before anything else can look at it. */
  const tryStart = async (): Promise<string | null> => {
    try {
      current = await start();
      return null;
    } catch (error) {
      return oneLine(error);
    }
  };

  /** Answers false when there is no more trying. */
  const startAgain = async (how: string): Promise<boolean> => {
    for (let reason = how; ; ) {
      deaths += 1;
      if (deaths > backOff.tries) {
        giveUp(new Problem(`${name} ended ${deaths} times in a row (${reason}): giving up.`));
        return false;
      }
      const waitMs = Math.min(backOff.maxMs, backOff.firstMs * 2 ** (deaths - 1));
      say(`${name} ended unexpectedly (${reason}); starting it again in ${waitMs / 1000} s`);
      if (!(await sleep(waitMs, true, { signal: stopping.signal }).catch(() => false))) return false;
      const failure = await tryStart();
      if (failure === null) {
        say(`${name} is up again`);
        return true;
      }
      reason = failure;
    }
  };

  /** Ends when it is stopped or given up. What was started just then is left in `current` for `stop`. */
  const keep = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const upSince = Date.now();
      const how = await current.exited;
      if (stopping.signal.aborted) return;
      if (Date.now() - upSince > backOff.steadyMs) deaths = 0;
      const failure = replacing ? await tryStart() : how;
      replacing = false;
      if (failure !== null && !(await startAgain(failure))) return;
    }
  };
  const kept = keep();

  return {
    stop: async () => {
      stopping.abort();
      await current.stop();
      await kept; // a start that was under way is let finish, and what it started is stopped as well
      await current.stop();
    },
    restart: async () => {
      replacing = true;
      await current.stop();
    },
  };
};
