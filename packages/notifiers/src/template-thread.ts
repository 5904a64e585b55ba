import { Worker } from 'node:worker_threads';
import type { LiquidJson } from './liquid-json.ts';
import type { TemplateJob } from './template-worker.ts';

/**
 * What a template makes. `late` and `dead`: it was ended because it ran too long or took too much memory.
 * `busy`: it was not begun, because too many others wait or the thread does not start.
 */
export type Made = LiquidJson | 'late' | 'dead' | 'busy';

export type TemplateBounds = Readonly<{ workMs: number; startMs: number; waitMs: number; maxWaiting: number }>;
const usual: TemplateBounds = { workMs: 300, startMs: 10_000, waitMs: 5_000, maxWaiting: 500 };

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
const newWorker = (): Worker => {
  const worker = new Worker(new URL('./template-worker.ts', import.meta.url), {
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  });
  worker.on('error', () => undefined); // 'exit' follows
  worker.unref();
  return worker;
};

/**
 * Makes bodies from users' templates away from the event loop, because only a thread can be ended in the middle of a
 * loop. One thread, one template at a time; it is started for the first one and anew after it was ended.
 */
export const openTemplateThread = (bounds: Partial<TemplateBounds> = {}) => {
  const { workMs, startMs, waitMs, maxWaiting } = { ...usual, ...bounds };
  let alive: Worker | null = null;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  const end = async (worker: Worker): Promise<void> => {
    alive = null;
    await worker.terminate();
  };
  const ready = async (): Promise<Worker | null> => {
    if (alive !== null) return alive;
    const worker = newWorker();
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
  const make = async (job: TemplateJob): Promise<Made> => {
    const worker = await ready();
    if (worker === null) return 'busy';
    const made = (await heard(worker, () => worker.postMessage(job), workMs)) as Made; // the thread says nothing else
    if (made === 'late' || made === 'dead') await end(worker);
    return made;
  };
  return async (template: string, scope: object): Promise<Made> => {
    if (waiting >= maxWaiting) return 'busy';
    waiting += 1;
    const due = performance.now() + waitMs;
    const turn = last.then(() => (performance.now() > due ? 'busy' : make({ template, scope })));
    last = turn.catch(() => undefined);
    return turn.finally(() => {
      waiting -= 1;
    });
  };
};
