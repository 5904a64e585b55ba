import { describe, test } from 'vitest';

type Needing = Readonly<{ test: typeof test; describe: typeof describe }>;

type Callable = (...args: never[]) => unknown;
const isCallable = (value: unknown): value is Callable => typeof value === 'function';

/** Writes `label` before the title in every form of a vitest function: `f(title)`, `f.each(cases)(title)`, … */
const labelled = <F extends Callable>(original: F, label: string): F =>
  new Proxy(original, {
    apply: (target, self, args: unknown[]) => {
      const [title, ...rest] = args;
      const answer: unknown = Reflect.apply(target, self, typeof title === 'string' ? [label + title, ...rest] : args);
      return isCallable(answer) ? labelled(answer, label) : answer;
    },
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      return isCallable(value) ? labelled(value, label) : value;
    },
  });

/**
 * `test` and `describe` for what only works where the machine has `name` (a program): elsewhere they skip, with the
 * reason in their names, so that `npm test` can list them.
 * `const redis = needs('redis-server', redisAvailable); redis.describe('on Redis', () => …)`
 */
export const needs = (name: string, available: boolean): Needing => {
  if (available) return { test, describe };
  const label = `[needs ${name}] `;
  return {
    test: labelled(test.skip as typeof test, label), // `skip` takes the same calls
    describe: labelled(describe.skip as typeof describe, label), // likewise
  };
};
