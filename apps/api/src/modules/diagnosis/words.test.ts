import { causeWords, hopWords } from '@farwatch/contracts';
import { causes, hops } from '@farwatch/diagnosis';
import { expect, test } from 'vitest';

test('the words that cross the wire are those of the diagnosis', () => {
  expect([...causeWords].toSorted()).toEqual([...causes].toSorted());
  expect([...hopWords].toSorted()).toEqual([...hops].toSorted());
});
