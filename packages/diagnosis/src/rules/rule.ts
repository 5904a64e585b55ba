import type { Case, LookRef } from '../case.ts';
import type { Weights } from '../causes.ts';
import type { Pace, Product, Saying } from '../products/product.ts';
import type { Speaker } from '../speaker/speaker.ts';

/** What is read from a case before the rules: each fact once. */
export type Facts = Readonly<{
  seen: Case;
  speaker: Speaker;
  /** The product that wrote the answer, when known. */
  product: Product | null;
  saying: Saying | null;
  /** From the request's end to the first byte, without one way there and back; null = not measured. */
  waitedMs: number | null;
  pace: Pace | null;
}>;

/** What one piece of evidence does to the causes. */
export type Clue = Readonly<{
  /** One plain sentence of what was seen. */
  text: string;
  /**
   * How many times likelier this is to be seen under each cause than by chance: above 1 speaks for it, below 1 against
   * it. In an opening clue: how likely each cause is before the rest is looked at.
   */
  weights: Weights;
  /** The same for every cause that `weights` does not name; 1 when left out. */
  otherwise?: number;
  look?: LookRef | null;
}>;

/** One kind of evidence; one file each. */
export type Rule = Readonly<{
  id: string;
  /** Where it comes from: an RFC's section, a product's page or source file, or a measurement of ours. */
  source: string;
  /** `opening`: names the causes that can be at all; `weighing`: moves them. */
  part: 'opening' | 'weighing';
  read: (facts: Facts) => readonly Clue[];
}>;
