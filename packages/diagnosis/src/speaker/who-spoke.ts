import type { Answer } from '../case.ts';
import type { HopWord } from '../causes.ts';
import type { ChainHop } from '../diagnosis.ts';
import { products } from '../products/all.ts';
import type { Mark, Product, ProductRole } from '../products/product.ts';
import { fits } from './fits.ts';
import type { Speaker } from './speaker.ts';

const points = { proof: 4, strong: 2, hint: 1 } as const;
const enough = 4;

const hopOfRole: Readonly<Record<ProductRole, HopWord>> = {
  edge: 'edge',
  platform: 'edge',
  gateway: 'gateway',
  application: 'origin',
};

const wordsOf = (mark: Mark): string => {
  switch (mark.kind) {
    case 'header':
    case 'header-case':
      return `header ${mark.name}`;
    case 'header-order':
      return `headers in the order ${mark.names.join(', ')}`;
    case 'no-header':
      return `no header ${mark.name}`;
    case 'body':
      return "the page's wording";
    case 'title':
      return "the page's title";
    case 'reason':
      return 'the reason phrase';
    case 'status':
      return 'the status';
    case 'all':
      return mark.of.map(wordsOf).join(' with ');
  }
};

type Score = Readonly<{ product: Product; score: number; marks: readonly Mark[] }>;
const scoreOf = (answer: Answer, product: Product): Score => {
  const marks = product.writes.filter((mark) => fits(answer, mark));
  return { product, marks, score: marks.reduce((sum, { weight }) => sum + points[weight], 0) };
};

/** Who is known to have been on the way, edges first. */
const chainOf = (answer: Answer): readonly ChainHop[] =>
  products.flatMap((product): ChainHop[] => {
    const mark = product.passes.find((each) => fits(answer, each));
    if (mark === undefined) return [];
    const role = product.role === 'application' ? 'origin' : product.role === 'gateway' ? 'gateway' : 'edge';
    return [{ role, product: product.id, name: product.name, because: wordsOf(mark) }];
  });

const nobody: Speaker = {
  wroteBy: { product: null, name: 'nobody', hop: 'none', confidence: 1 },
  because: [],
  chain: [],
  requestIds: [],
};

/** Reads from an answer alone who wrote it. Unsure = `unknown`: a wrong name costs more than none. */
export const whoSpoke = (answer: Answer | null): Speaker => {
  if (answer === null) return nobody;
  const scores = products.map((product) => scoreOf(answer, product)).sort((a, b) => b.score - a.score);
  const [best, second] = scores;
  const chain = chainOf(answer);
  const ids = new Set(products.flatMap(({ requestIds = [] }) => requestIds.map((name) => name.toLowerCase())));
  const requestIds = answer.headers
    .filter(([name]) => ids.has(name.toLowerCase()))
    .map(([name, value]) => ({ name, value }));
  const isClear = best !== undefined && best.score >= enough && best.score > (second?.score ?? 0);
  if (!isClear)
    return {
      wroteBy: { product: 'unknown', name: 'unknown', hop: 'unknown', confidence: 0 },
      because: [],
      chain,
      requestIds,
    };
  const { id: product, name, role } = best.product;
  return {
    wroteBy: { product, name, hop: hopOfRole[role], confidence: Math.min(0.99, 0.8 + 0.04 * (best.score - enough)) },
    because: best.marks.map(wordsOf),
    chain,
    requestIds,
  };
};
