import { Worker } from 'node:worker_threads';
import { fairQueue } from './fair-queue.ts';

/** `late` and `dead`: the work was ended because it ran too long or took too much memory. `busy`: it got no turn in time. */
export type NoAnswer = 'late' | 'dead' | 'busy';
/** How long one piece of work may take, the thread its start, and a piece its turn; and how many may wait. */
export type ThreadBounds = Readonly<{ workMs: number; startMs: number; waitMs: number; maxWaiting: number }>;
/** `owner`: whose work it is; owners take turns. `until`: nobody waits for the answer any longer, on `performance.now`. */
export type Turn = Readonly<{ owner?: string; until?: number }>;

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

/** A thread that is started when it is asked for, and anew after it was ended. */
const renewed = (entry: URL, startMs: number) => {
  let alive: Worker | null = null;
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
  return { ready, end };
};

type Waiting<Job, Answer> = Readonly<{
  job: Job;
  /** When its turn must have come, a start of the thread aside; and when its answer. */
  due: number;
  until: number;
  settle: (answer: Promise<Answer | NoAnswer> | NoAnswer) => void;
}>;
type Queue<Job, Answer> = ReturnType<typeof fairQueue<Waiting<Job, Answer>>>;

/** Works off what waits, one after another; to be called whenever something does. */
const workingOff = <Job, Answer>(queue: Queue<Job, Answer>, entry: URL, { workMs, startMs }: ThreadBounds) => {
  const { ready, end } = renewed(entry, startMs);
  let isAtWork = false;
  const work = async (worker: Worker, { job, until }: Waiting<Job, Answer>): Promise<Answer | NoAnswer> => {
    const left = Math.min(workMs, until - performance.now());
    if (left <= 0) return 'busy';
    const answer = (await heard(worker, () => worker.postMessage(job), left)) as Answer | NoAnswer; // the entry says nothing else
    if (answer === 'late' || answer === 'dead') await end(worker);
    return answer === 'late' && left < workMs / 2 ? 'busy' : answer; // what waited long isn't slow
  };
  return async (): Promise<void> => {
    if (isAtWork) return;
    isAtWork = true;
    while (queue.size() > 0) {
      const began = performance.now();
      const worker = await ready();
      const next = queue.take();
      if (next === null) break; // all gave up while the thread started
      const mayBegin = worker !== null && began <= next.due;
      const answer = mayBegin ? work(worker, next) : Promise.resolve('busy' as const);
      next.settle(answer);
      await answer.catch(() => undefined); // told to the one who asked
    }
    isAtWork = false;
  };
};

/**
 * Does what users wrote away from the event loop, because only a thread can be ended in the middle of a loop. One thread,
 * one piece of work at a time; it is started for the first one and anew after it was ended. `entry` says `ready`, then
 * answers each job with one message, which is no string of `NoAnswer`.
 */
export const openThread = <Job, Answer>(
  entry: URL,
  bounds: ThreadBounds,
): ((job: Job, turn?: Turn) => Promise<Answer | NoAnswer>) => {
  const queue: Queue<Job, Answer> = fairQueue();
  const workOff = workingOff(queue, entry, bounds);
  let unanswered = 0;
  const ask = (job: Job, owner: string, until: number): Promise<Answer | NoAnswer> =>
    new Promise((resolve) => {
      const settle: Waiting<Job, Answer>['settle'] = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      const waiting = { job, until, due: performance.now() + bounds.waitMs, settle };
      const giveUp = (): void => {
        if (queue.drop(waiting)) settle('busy');
      };
      const timer = Number.isFinite(until) ? setTimeout(giveUp, until - performance.now()) : undefined;
      queue.add(owner, waiting);
      void workOff();
    });
  return async (job, { owner = '', until = Number.POSITIVE_INFINITY } = {}) => {
    if (unanswered >= bounds.maxWaiting || until <= performance.now()) return 'busy';
    unanswered += 1;
    return ask(job, owner, until).finally(() => {
      unanswered -= 1;
    });
  };
};
