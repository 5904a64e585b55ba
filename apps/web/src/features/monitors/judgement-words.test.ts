import { failingNeeded, wellNeeded } from '@farwatch/domain';
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
  [
    usual,
    5,
    `Down when more than half of the regions that answer fail once; up again after more than half of them were well once.`,
  ],
  [
    { ...usual, agree: 'any', failuresToOpen: 3, graceMs: 60_000 } as const,
    3,
    `Down when any region fails 3 times in a row, but not in the first 60 s after a change; up again after every region that answers was well once.`,
  ],
  [
    { ...usual, agree: 'all' } as const,
    3,
    `Down when every region that answers fails once; up again after any of them was well once.`,
  ],
  [
    { ...usual, agree: 2 },
    5,
    `Down when 2 regions fail once; up again after all but one of the regions that answer were well once.`,
  ],
  [
    { ...usual, agree: 4 },
    5,
    'Down when 4 regions fail once; up again after all but 3 of the regions that answer were well once.',
  ],
  [
    { ...usual, agree: 9 },
    3,
    `Down when every region that answers fails once; up again after any of them was well once.`,
  ],
])('%j of %i regions', (policy, regions, words) => expect(judgementSentence(policy, regions)).toBe(words));

test('what is degraded is said where a check can be', () => {
  expect(judgementSentence(usual, 3, 800)).toMatch(
    / Degraded when as many find that it takes more than 800 ms 3 times in a row\.$/u,
  );
  expect(judgementSentence({ ...usual, degradedAfter: 1 }, 1, 800)).toMatch(
    / Degraded when it takes more than 800 ms once\.$/u,
  );
});

test.each([
  ['any', /any region fails.*every region/u, 1, 5],
  ['all', /every region.*any of them/u, 5, 1],
  ['majority', /more than half.*more than half/u, 3, 3],
  [2, /2 regions fail.*all but one/u, 2, 4],
] as const)('the words for %s are the rule’s', (agree, words, failing, well) => {
  expect([failingNeeded(agree, 5), wellNeeded(agree, 5)]).toEqual([failing, well]);
  expect(judgementSentence({ ...usual, agree }, 5)).toMatch(words);
});

test('as many numbers of regions are offered as make a difference', () => {
  expect(agreeChoices(4).map(({ value }) => value)).toEqual(['majority', 'any', 'all', '2', '3']);
  expect([agreeOf('any'), agreeOf('3')]).toEqual(['any', 3]);
});
