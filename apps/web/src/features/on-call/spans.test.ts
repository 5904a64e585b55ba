import { expect, test } from 'vitest';
import { lookOf } from './spans.ts';

const ids = (n: number): readonly string[] => Array.from({ length: n }, (_, at) => `person ${at}`);
const looks = (n: number): readonly string[] =>
  ids(n).map((id) => {
    const { colour, pattern } = lookOf(ids(n), id);
    return `${colour} ${pattern}`;
  });

test('no two of eighteen people look the same', () => {
  expect(new Set(looks(18)).size).toBe(18);
});

test.each([2, 3, 6, 7, 8, 12, 13, 18])('of %i people who take turns none has the colour of the one before', (n) => {
  const colours = ids(n).map((id) => lookOf(ids(n), id).colour);
  for (const [at, colour] of colours.entries()) if (at > 0) expect(colour).not.toBe(colours[at - 1]);
  expect(looks(n)[0]).not.toBe(looks(n).at(-1));
});

test('somebody whom the schedule no longer names has a look all the same', () => {
  expect(lookOf(ids(3), 'gone')).toEqual({ colour: 1, pattern: 'plain' });
});
