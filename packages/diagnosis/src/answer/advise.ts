import { type Cause, causeFacts } from '../causes.ts';
import type { Advice, RankedCause, Snippet } from '../diagnosis.ts';
import type { Facts } from '../rules/rule.ts';
import { type Blanks, blanksOf, filled, filledSnippet } from './blanks.ts';
import { helpOf } from './causes/all.ts';
import type { ProductHelp, StackHelp } from './help.ts';
import { type Known, nextCheck } from './next-check.ts';
import { productHelp } from './products/all.ts';
import { isToldByLog } from './settled.ts';
import { stackOf } from './stacks/recognise.ts';

/** What to do first, what to look at next, and what would show that it is none of this. */
export type Advised = Readonly<{ firstFix: Advice; nextCheck: Advice; disproof: string }>;

/** More than these nobody reads amid an incident. */
const mostSnippets = 6;

/** Whoever wrote the answer, else the innermost hop that is known; a log names the gateway whose it is. */
const productIn = ({ speaker: { wroteBy, chain }, seen: { log } }: Facts): Pick<Known, 'product' | 'productName'> => {
  const logs = (log?.formats ?? []).filter((format) => format !== 'php-fpm');
  const hops = [
    { id: wroteBy.product, name: wroteBy.name },
    ...chain.map(({ product, name }) => ({ id: product, name })).reverse(),
    ...logs.map((format) => ({ id: format, name: format })),
  ];
  for (const { id, name } of hops) {
    const product = productHelp(id);
    if (product !== null) return { product, productName: name };
  }
  return { product: null, productName: null };
};

const ofStack = (cause: Cause, stack: StackHelp | null): readonly Snippet[] =>
  stack === null ? [] : (stack.fixes[cause] ?? (causeFacts[cause].hop === 'origin' ? stack.otherwise : []));

const snippetsFor = (cause: Cause, product: ProductHelp | null, stack: StackHelp | null): readonly Snippet[] => {
  const all = [...ofStack(cause, stack), ...(product?.fixes[cause] ?? []), ...(helpOf[cause].snippets ?? [])];
  const texts = all.map(({ text }) => text);
  return all.filter(({ text }, n) => texts.indexOf(text) === n).slice(0, mostSnippets);
};

const fill = ({ text, snippets }: Advice, blanks: Blanks): Advice => ({
  text: filled(text, blanks),
  snippets: snippets.map((each) => filledSnippet(each, blanks)),
});

/** Below this no cause stands out. */
const standsOut = 0.6;
/** Where several causes fit, the fix of the likeliest is told as that. */
const fixWords = (text: string, [first, second]: readonly RankedCause[]): string => {
  if (first === undefined || second === undefined || first.confidence >= standsOut) return text;
  return `If ${first.words} (the likeliest of several, ${Math.round(first.confidence * 100)} %): ${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
};

/** Reads the causes, likeliest first, and what is known of the product and the stack behind it. */
export const advise = (ranked: readonly RankedCause[], facts: Facts): Advised => {
  const [first] = ranked;
  const cause = first?.cause ?? 'healthy';
  const { product, productName } = productIn(facts);
  const stack = stackOf(facts);
  const blanks = blanksOf(facts);
  const text = fixWords(product?.words?.[cause] ?? helpOf[cause].fix, ranked);
  return {
    firstFix: fill({ text, snippets: cause === 'healthy' ? [] : snippetsFor(cause, product, stack) }, blanks),
    nextCheck: fill(
      nextCheck(ranked, { product, productName, stack }, first !== undefined && isToldByLog(facts, first)),
      blanks,
    ),
    disproof: filled(helpOf[cause].disproof, blanks),
  };
};
