import type { Advice, RankedCause } from '../diagnosis.ts';
import type { Facts } from '../rules/rule.ts';

/** What to do first, what to look at next, and what would show that it is none of this. */
export type Advised = Readonly<{ firstFix: Advice; nextCheck: Advice; disproof: string }>;

/** Reads the causes, likeliest first, and what is known of the product and the stack behind it. */
export const advise = ([first]: readonly RankedCause[], _facts: Facts): Advised => ({
  firstFix: { text: first?.words ?? '', snippets: [] },
  nextCheck: { text: '', snippets: [] },
  disproof: '',
});
