import type { Problem } from './problem.ts';

/** The one way out: a signal, the launcher's end, or a part that can't be kept running. */
export type Leave = Readonly<{
  signal: AbortSignal;
  /** Resolves when it is time to go; with the problem when there is one. */
  asked: Promise<Problem | null>;
  giveUp: (problem: Problem) => void;
}>;

/** Signals closer together than this are one: npm hands on the Ctrl-C that the terminal has sent as well. */
const sameMs = 1_000;

/**
 * Listens for everything that means "stop". `atOnce` is called when the person asks again because draining takes too
 * long for them.
 */
export const listenForLeave = (atOnce: () => void): Leave => {
  const controller = new AbortController();
  const { promise, resolve } = Promise.withResolvers<Problem | null>();
  let askedAt = 0;
  const leave = (problem: Problem | null): void => {
    askedAt = Date.now();
    resolve(problem);
    controller.abort();
  };
  const ask = (): void => {
    if (!controller.signal.aborted) leave(null);
    else if (Date.now() - askedAt > sameMs) atOnce();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, ask);
  process.on('message', (message) => {
    if (message === 'leave') ask();
  });
  // Whoever started us is gone without a word (`kill -9`): nobody could stop us later.
  process.on('disconnect', () => {
    if (!controller.signal.aborted) leave(null);
  });
  return {
    signal: controller.signal,
    asked: promise,
    giveUp: (problem) => {
      if (!controller.signal.aborted) leave(problem);
    },
  };
};
