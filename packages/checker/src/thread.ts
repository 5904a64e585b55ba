import { Worker } from 'node:worker_threads';

/** `late` and `dead`: the work was ended because it ran too long or took too much memory. `busy`: it was not begun. */
export type NoAnswer = 'late' | 'dead' | 'busy';
/** How long one piece of work may take, the thread its start, and a piece its turn; and how many may wait. */
export type ThreadBounds = Readonly<{ workMs: number; startMs: number; waitMs: number; maxWaiting: number }>;

/** The next thing that a thread says after it is told something. */
const heard = (worker: Worker, tell: () => void, ms: number): Promise<unknown> =>
  new Promise((resolve) => {
    const settle = (answer: unknown): void => {
      clearTimeout(timer);
      worker.off('message', settle);
      worker.off('exit', died);
      resolve(answer);
    };
    const died = (): void => settle('dead');
    // An answer that is there already, but was not looked at while this thread was at work itself, comes first.
    const timer = setTimeout(() => setImmediate(settle, 'late'), ms);
    worker.once('message', settle);
    worker.once('exit', died);
    tell();
  });

/** It gets nothing of this process: no environment, no flags, little memory. */
const newWorker = (entry: URL): Worker => {
  const worker = new Worker(entry, {
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  });
  worker.on('error', () => undefined); // 'exit' follows
  worker.unref();
  return worker;
};

/**
 * Does what users wrote away from the event loop, because only a thread can be ended in the middle of a loop. One thread,
 * one piece of work at a time; it is started for the first one and anew after it was ended. `entry` says `ready`, then
 * answers each job with one message, which is no string of `NoAnswer`.
 */
export const openThread = <Job, Answer>(
  entry: URL,
  bounds: ThreadBounds,
): ((job: Job) => Promise<Answer | NoAnswer>) => {
  const { workMs, startMs, waitMs, maxWaiting } = bounds;
  let alive: Worker | null = null;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  const end = async (worker: Worker): Promise<void> => {
    alive = null;
    await worker.terminate();
  };
  const ready = async (): Promise<Worker | null> => {
    if (alive !== null) return alive;
    const worker = newWorker(entry);
    if ((await heard(worker, () => undefined, startMs)) !== 'ready') {
      await end(worker);
      return null;
    }
    worker.once('exit', () => {
      if (alive === worker) alive = null;
    });
    alive = worker;
    return worker;
  };
  const work = async (job: Job): Promise<Answer | NoAnswer> => {
    const worker = await ready();
    if (worker === null) return 'busy';
    const answer = (await heard(worker, () => worker.postMessage(job), workMs)) as Answer | NoAnswer; // the entry says nothing else
    if (answer === 'late' || answer === 'dead') await end(worker);
    return answer;
  };
  return async (job) => {
    if (waiting >= maxWaiting) return 'busy';
    waiting += 1;
    const due = performance.now() + waitMs;
    const turn = last.then(() => (performance.now() > due ? 'busy' : work(job)));
    last = turn.catch(() => undefined);
    return turn.finally(() => {
      waiting -= 1;
    });
  };
};
