import { expect, test } from 'vitest';
import { fairQueue } from './fair-queue.ts';

const filled = (things: string) => {
  const queue = fairQueue<string>();
  for (const thing of things.split(' ')) queue.add(thing.charAt(0), thing);
  return queue;
};
const rest = (queue: ReturnType<typeof filled>): string => {
  const all: string[] = [];
  for (let thing = queue.take(); thing !== null; thing = queue.take()) all.push(thing);
  return all.join(' ');
};

test.each([
  ['a1 b1 c1', 'a1 b1 c1'],
  ['a1 a2 a3 b1', 'a1 b1 a2 a3'],
  ['a1 a2 b1 b2 c1', 'a1 b1 c1 a2 b2'],
])('owners take turns: %s', (given, taken) => expect(rest(filled(given))).toBe(taken));
test('who comes later waits for no more than one thing of each owner', () => {
  const queue = filled('a1 a2 a3 a4 a5');
  expect([queue.take(), queue.take(), queue.take()]).toEqual(['a1', 'a2', 'a3']);
  queue.add('b', 'b1');
  expect(rest(queue)).toBe('b1 a4 a5');
});
test('what gave up has no turn, and what had its turn can’t give up', () => {
  const queue = filled('a1 b1');
  expect([queue.drop('a1'), queue.size(), queue.take(), queue.drop('b1'), queue.take()]).toEqual([
    ...[true, 1, 'b1', false, null],
  ]);
});
