import type { Answer } from '../case.ts';
import type { HopWord } from '../causes.ts';
import type { WroteBy } from '../diagnosis.ts';
import { products } from '../products/all.ts';
import type { Mark, Product, ProductRole } from '../products/product.ts';
import { chainOf } from './chain.ts';
import { type Bearing, bearingOf, bears } from './fits.ts';
import { markWords } from './mark-words.ts';
import type { Speaker } from './speaker.ts';

const points = { proof: 4, strong: 2, hint: 1 } as const;
const enough = 4;

const hopOfRole: Readonly<Record<ProductRole, HopWord>> = {
  edge: 'edge',
  platform: 'edge',
  gateway: 'gateway',
  application: 'origin',
};

type Score = Readonly<{ product: Product; score: number; marks: readonly Mark[] }>;
/** The heaviest mark first: it is what is told. */
const scoreOf = (seen: Bearing, product: Product): Score => {
  const marks = product.writes.filter((mark) => bears(seen, mark)).sort((a, b) => points[b.weight] - points[a.weight]);
  return { product, marks, score: marks.reduce((sum, { weight }) => sum + points[weight], 0) };
};

/** Hints alone, however many, name nobody: a gateway's `Server` stands on what it only passed on too. */
const writerOf = (seen: Bearing): Score | null => {
  const scores = products.map((product) => scoreOf(seen, product)).sort((a, b) => b.score - a.score);
  const [best, second] = scores;
  if (best === undefined || best.score < enough || best.score === second?.score) return null;
  return best.marks.some(({ weight }) => weight !== 'hint') ? best : null;
};

/** Names under which anybody sends an id of the request. */
const anybodysIds = [
  ...['x-request-id', 'x-correlation-id', 'x-trace-id', 'request-id', 'x-amzn-trace-id', 'x-b3-traceid'],
  ...['traceparent', 'x-transaction-id', 'x-request-uuid'],
] as const;
const idNames: ReadonlySet<string> = new Set([
  ...anybodysIds,
  ...products.flatMap(({ requestIds = [] }) => requestIds.map((name) => name.toLowerCase())),
]);
const mostOfAnId = 200;
const requestIdsOf = ({ headers }: Answer): Speaker['requestIds'] =>
  headers
    .filter(([name, value]) => idNames.has(name.toLowerCase()) && value.trim() !== '')
    .map(([name, value]) => ({ name, value: value.slice(0, mostOfAnId) }));

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
  const seen = bearingOf(answer);
  const writer = writerOf(seen);
  const chain = chainOf(seen, products, writer);
  const requestIds = requestIdsOf(answer);
  if (writer === null) return { wroteBy: unsure, because: [], chain, requestIds };
  const { id, name, role } = writer.product;
  const confidence = Math.round(Math.min(0.99, 0.9 + 0.02 * (writer.score - enough)) * 100) / 100;
  const because = [...new Set(writer.marks.map((mark) => markWords(seen, mark)))];
  return { wroteBy: { product: id, name, hop: hopOfRole[role], confidence }, because, chain, requestIds };
};
