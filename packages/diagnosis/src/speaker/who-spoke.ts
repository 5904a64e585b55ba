import type { Answer } from '../case.ts';
import type { HopWord } from '../causes.ts';
import type { ChainHop, WroteBy } from '../diagnosis.ts';
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
    case 'only-header':
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

const chainRole: Readonly<Record<ProductRole, ChainHop['role']>> = {
  edge: 'edge',
  platform: 'edge',
  gateway: 'gateway',
  application: 'origin',
};
const hopBy = ({ id, name, role }: Product, because: string): ChainHop => ({
  ...{ role: chainRole[role], product: id, name, because },
});

/** Where a product stands in `Via`, the first being nearest to the origin (RFC 9110, section 7.6.3). */
const placeInVia = ({ headers }: Answer, { passes }: Product): number => {
  const via = headers.filter(([name]) => name.toLowerCase() === 'via').flatMap(([, value]) => value.split(','));
  const marks = passes.flatMap((mark) =>
    mark.kind === 'header' && mark.name === 'Via' && mark.value ? [mark.value] : [],
  );
  return via.findIndex((entry) => marks.some((mark) => mark.test(entry.trim())));
};

/** Who is known to have been on the way, as the request met them: edges, then gateways, the outermost first. */
const chainOf = (answer: Answer, writer: Score | null): readonly ChainHop[] => {
  const found = products.flatMap((product) => {
    const mark =
      product.passes.find((each) => fits(answer, each)) ?? (product === writer?.product ? writer.marks[0] : undefined);
    return mark === undefined ? [] : [{ product, mark, place: placeInVia(answer, product) }];
  });
  const rank = { edge: 0, platform: 0, gateway: 1, application: 2 } as const;
  return found
    .sort((a, b) => rank[a.product.role] - rank[b.product.role] || b.place - a.place)
    .map(({ product, mark }) => hopBy(product, wordsOf(mark)));
};

/** Names under which anybody sends an id of the request. */
const anybodysIds = ['x-request-id', 'x-correlation-id', 'x-trace-id', 'request-id'] as const;
const idNames: ReadonlySet<string> = new Set([
  ...anybodysIds,
  ...products.flatMap(({ requestIds = [] }) => requestIds.map((name) => name.toLowerCase())),
]);

const unsure: WroteBy = { product: 'unknown', name: 'unknown', hop: 'unknown', confidence: 0 };
const nobody: Speaker = {
  wroteBy: { product: null, name: 'nobody', hop: 'none', confidence: 1 },
  because: [],
  chain: [],
  requestIds: [],
};

/** Reads from an answer alone who wrote it. Unsure = `unknown`: a wrong name costs more than none. */
export const whoSpoke = (answer: Answer | null): Speaker => {
  if (answer === null) return nobody;
  const [best, second] = products.map((product) => scoreOf(answer, product)).sort((a, b) => b.score - a.score);
  const isClear = best !== undefined && best.score >= enough && best.score > (second?.score ?? 0);
  const writer = isClear ? best : null;
  const chain = chainOf(answer, writer);
  const requestIds = answer.headers
    .filter(([name]) => idNames.has(name.toLowerCase()))
    .map(([name, value]) => ({ name, value: value.slice(0, 200) }));
  if (writer === null) return { wroteBy: unsure, because: [], chain, requestIds };
  const { id, name, role } = writer.product;
  const confidence = Math.min(0.99, 0.9 + 0.02 * (writer.score - enough));
  const because = [...new Set(writer.marks.map(wordsOf))];
  return { wroteBy: { product: id, name, hop: hopOfRole[role], confidence }, because, chain, requestIds };
};
