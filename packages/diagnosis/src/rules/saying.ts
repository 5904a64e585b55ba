import type { Rule } from './rule.ts';

/** What the product that wrote the answer means by it: the widest opening there is. */
export const saying: Rule = {
  id: 'saying',
  source: 'each product names its own',
  part: 'opening',
  read: ({ saying: said, seen }) =>
    said === null ? [] : [{ text: said.because, weights: said.causes, look: seen.look.ref }],
};
