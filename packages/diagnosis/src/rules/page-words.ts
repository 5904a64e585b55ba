import { pageOf } from './page.ts';
import type { Clue, Facts, Rule } from './rule.ts';
import { pageWords } from './words.ts';

/** What a page says, as far as people read it: its title and its beginning. */
const mostRead = 2_000;

const read = ({ seen: { look }, saying }: Facts): readonly Clue[] => {
  const { answer, ref } = look;
  if (answer === null || (answer.status ?? 0) < 400 || answer.body === '') return [];
  const { title, text } = pageOf(answer);
  const shown = `${title} ${text.slice(0, mostRead)}`;
  return pageWords
    .filter(({ weights, isRaw }) => Object.keys(weights).length > 0 && (isRaw || saying === null))
    .filter(({ of, isRaw }) => of.test(shown) || (isRaw && of.test(answer.body)))
    .map(({ text: words, weights }) => ({ text: words, weights, look: ref }));
};

/** What the words of an error page say of its cause. A known product's own words are in what it means by them already. */
export const pageWordsRule: Rule = { id: 'page-words', source: 'rules/words.ts names each', part: 'weighing', read };
