import { expect, test } from 'vitest';
import type { Problem } from './problem.ts';
import type { Running } from './running.ts';
import { supervise } from './supervise.ts';

const backOff = { firstMs: 1, maxMs: 4, steadyMs: 60_000, tries: 3 };

/** Something that runs until it is told to die or to stop. */
const thing = () => {
  const { promise: exited, resolve } = Promise.withResolvers<string>();
  const running: Running = { pid: 0, exited, stop: async () => resolve('stopped') };
  return { running, die: () => resolve('died') };
};

/** Resolves with each start's thing in turn. */
const starts = (failing: (turn: number) => boolean = () => false) => {
  const waiting: ((started: ReturnType<typeof thing>) => void)[] = [];
  const ready: ReturnType<typeof thing>[] = [];
  let turn = 0;
  return {
    start: async (): Promise<Running> => {
      turn += 1;
      if (failing(turn)) throw new Error(`start ${turn} failed`);
      const started = thing();
      const wanted = waiting.shift();
      if (wanted === undefined) ready.push(started);
      else wanted(started);
      return started.running;
    },
    next: (): Promise<ReturnType<typeof thing>> => {
      const there = ready.shift();
      return there === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(there);
    },
    turns: () => turn,
  };
};

const quiet = { say: () => undefined, giveUp: () => undefined };

test('what dies is started again, as often as it dies within bounds', async () => {
  const world = starts();
  const kept = await supervise({ name: 'it', start: world.start, ...quiet, backOff });
  (await world.next()).die();
  (await world.next()).die();
  await world.next();
  await kept.stop();
  expect(world.turns()).toBe(3);
});

test('a start that fails counts as a death and is tried again', async () => {
  const world = starts((turn) => turn === 2);
  const kept = await supervise({ name: 'it', start: world.start, ...quiet, backOff });
  (await world.next()).die();
  await world.next();
  await kept.stop();
  expect(world.turns()).toBe(3);
});

test('what dies again and again is given up, once and with the reason', async () => {
  const world = starts((turn) => turn > 1);
  const { promise, resolve } = Promise.withResolvers<Problem>();
  const kept = await supervise({ name: 'it', start: world.start, say: () => undefined, giveUp: resolve, backOff });
  (await world.next()).die();
  expect((await promise).message).toMatch(/^it ended 4 times in a row \(start 4 failed\)/);
  await kept.stop();
});

test('a stop is not taken for a death', async () => {
  const world = starts();
  const kept = await supervise({ name: 'it', start: world.start, ...quiet, backOff });
  await kept.stop();
  expect(world.turns()).toBe(1);
});

test('a stop does not wait for the back-off to pass', async () => {
  const world = starts();
  const said = Promise.withResolvers<string>();
  const slow = { ...backOff, firstMs: 3_600_000, maxMs: 3_600_000 };
  const options = { name: 'it', start: world.start, giveUp: () => undefined, backOff: slow };
  const kept = await supervise({ ...options, say: said.resolve });
  (await world.next()).die();
  await said.promise;
  await kept.stop();
  expect(world.turns()).toBe(1);
});

test('a restart happens at once and counts as no death', async () => {
  const world = starts();
  const lines: string[] = [];
  const options = { name: 'it', start: world.start, giveUp: () => undefined, backOff };
  const kept = await supervise({ ...options, say: (line) => void lines.push(line) });
  await world.next();
  await kept.restart();
  await world.next();
  await kept.stop();
  expect(lines).toEqual([]);
});
