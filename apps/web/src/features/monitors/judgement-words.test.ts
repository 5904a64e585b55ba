import { expect, test } from 'vitest';
import { agreeChoices, agreeOf, judgementSentence } from './judgement-words.ts';

const usual = {
  agree: 'majority',
  failuresToOpen: null,
  successesToResolve: null,
  degradedAfter: 3,
  graceMs: 0,
} as const;

test.each([
  [usual, 1, 'Down when the region fails twice in a row; up again after it was well twice in a row.'],
  [usual, 5, 'Down when more than half of the regions that answer fail once; up again after as many were well once.'],
  [
    { ...usual, agree: 'any', failuresToOpen: 3, graceMs: 60_000 } as const,
    3,
    'Down when any region fails 3 times in a row, but not in the first 60 s after a change; up again after as many were well once.',
  ],
  [{ ...usual, agree: 2 }, 5, 'Down when 2 regions fail once; up again after as many were well once.'],
])('%j of %i regions', (policy, regions, words) => expect(judgementSentence(policy, regions)).toBe(words));

test('as many numbers of regions are offered as make a difference', () => {
  expect(agreeChoices(4).map(({ value }) => value)).toEqual(['majority', 'any', 'all', '2', '3']);
  expect([agreeOf('any'), agreeOf('3')]).toEqual(['any', 3]);
});
