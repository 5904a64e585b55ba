import { type Cause, causes, type Weights } from './causes.ts';
import { rules } from './rules/all.ts';
import type { Clue, Facts, Rule } from './rules/rule.ts';

/** A clue, and the rule that found it. */
export type Found = Clue & Readonly<{ rule: Rule }>;
export type Weighed = Readonly<{ found: readonly Found[]; share: ReadonlyMap<Cause, number> }>;

const weightOf = (weights: Weights, cause: Cause, otherwise: number): number => weights[cause] ?? otherwise;
const cluesOf = (part: Rule['part'], facts: Facts, some: readonly Rule[]): readonly Found[] =>
  some.filter((rule) => rule.part === part).flatMap((rule) => rule.read(facts).map((clue) => ({ ...clue, rule })));

const openingOf = (facts: Facts, some: readonly Rule[]): readonly Found[] => {
  for (const rule of some) {
    const clues = rule.part === 'opening' ? rule.read(facts) : [];
    if (clues.length > 0) return clues.map((clue) => ({ ...clue, rule }));
  }
  return [];
};

/**
 * Each cause's share, by Bayes' rule in odds: what the opening holds possible, times what each clue says of it. A cause that
 * the opening does not name can still come in by a clue that is proof of it, from a small share.
 */
export const weigh = (facts: Facts, some: readonly Rule[] = rules): Weighed => {
  const opening = openingOf(facts, some);
  const clues = cluesOf('weighing', facts, some);
  const first = opening.flatMap(({ weights }) => Object.values(weights)).reduce((a, b) => Math.max(a, b), 0);
  const floor = first === 0 ? 1 : first / 2_000;
  const raw = causes.map((cause): [Cause, number] => {
    const begin = Math.max(floor, ...opening.map(({ weights }) => weights[cause] ?? 0));
    return [cause, clues.reduce((now, { weights, otherwise = 1 }) => now * weightOf(weights, cause, otherwise), begin)];
  });
  const sum = raw.reduce((all, [, value]) => all + value, 0);
  return {
    found: [...opening, ...clues],
    share: new Map(raw.map(([cause, value]) => [cause, sum === 0 ? 0 : value / sum])),
  };
};
