import type { Clue, Facts, Rule } from './rule.ts';

/**
 * Nobody known wrote this page, and it came through somebody whose own error pages are known: so it came from behind. That
 * gateway may have been given a page of its owner's, though.
 */
const read = ({ seen: { look }, speaker: { wroteBy, chain } }: Facts): readonly Clue[] => {
  const { answer, ref } = look;
  const [outermost] = chain.filter(({ role }) => role !== 'origin');
  if (answer === null || (answer.status ?? 0) < 500 || wroteBy.product !== 'unknown' || outermost === undefined)
    return [];
  if (answer.body.trim() === '') return [];
  return [
    {
      text: `the page is not ${outermost.name}'s own: it was written behind it, or by its owner`,
      weights: {
        ...{ 'app-error': 1.5, 'origin-refusing': 5, maintenance: 3, 'origin-saturated': 1.5, 'rate-limited': 1.5 },
        ...{
          'origin-not-listening': 0.5,
          'no-live-upstream': 0.6,
          'gateway-wrong-target': 0.5,
          'origin-unreachable': 0.6,
        },
      },
      look: ref,
    },
  ];
};

/** An error that was only passed on. */
export const relayed: Rule = {
  id: 'relayed',
  source: 'gateway-errors: signs of a relayed error; measured',
  part: 'weighing',
  read,
};
