import type { ChainHop } from '../diagnosis.ts';
import type { Mark, Product, ProductRole } from '../products/product.ts';
import type { Bearing } from './fits.ts';
import { bears } from './fits.ts';
import { markWords } from './mark-words.ts';

const roles: Readonly<Record<ProductRole, ChainHop['role']>> = {
  edge: 'edge',
  platform: 'edge',
  gateway: 'gateway',
  application: 'origin',
};
const ranks: Readonly<Record<ChainHop['role'], number>> = { edge: 0, gateway: 1, origin: 2 };

/** Where one of the product's marks for this header fits among the values. */
const placeIn = (values: readonly string[], { passes }: Product, header: string): number => {
  const marks = passes.flatMap((mark) =>
    mark.kind === 'header' && mark.name.toLowerCase() === header && mark.value ? [mark.value] : [],
  );
  return values.findIndex((value) => marks.some((mark) => mark.test(value)));
};

/**
 * Who wrote `Server` stands before who wrote `Via` when `Connection`, which the outermost hop writes, comes before `Via`
 * (measured: nginx before Varnish), or when the headers were sorted since (Caddy). Else caches stand before servers.
 */
const isViaInner = ({ places }: Bearing): boolean => {
  const [via, server, age] = ['via', 'server', 'age'].map((name) => places.get(name) ?? -1);
  const connection = places.get('connection') ?? Number.POSITIVE_INFINITY;
  return connection < (via ?? -1) || ((age ?? -1) >= 0 && (age ?? -1) < (server ?? -1));
};

/**
 * How far out a product stands, by what tells the order: each hop adds its entry to the end of `Via` (RFC 9110, section
 * 7.6.3), and of two `Server` lines the first is that of the outer one (measured, Caddy).
 */
const outness = (seen: Bearing, product: Product): number => {
  const vias = (seen.values.get('via') ?? []).flatMap((value) => value.split(',').map((entry) => entry.trim()));
  const via = placeIn(vias, product, 'via');
  const [outer, inner] = [10_000, 100];
  if (via >= 0) return (isViaInner(seen) ? inner : outer) + via;
  const servers = seen.values.get('server') ?? [];
  const server = placeIn(servers, product, 'server');
  return server < 0 ? 0 : (isViaInner(seen) ? outer : inner) + servers.length - server;
};

/** Whoever wrote the answer had nobody's behind it to pass on (measured: Caddy and Traffic Server before Squid). */
const innermost = -1;

/** Who is known to have been on the way, as the request met them: edges, gateways, the origin; the outermost first. */
export const chainOf = (
  seen: Bearing,
  some: readonly Product[],
  writer: Readonly<{ product: Product; marks: readonly Mark[] }> | null,
): readonly ChainHop[] => {
  const found = some.flatMap((product) => {
    const passed = product.passes.find((each) => bears(seen, each));
    const mark = passed ?? (product === writer?.product ? writer.marks[0] : undefined);
    if (mark === undefined) return [];
    const out = product === writer?.product && product.role !== 'application' ? innermost : outness(seen, product);
    return [{ product, mark, out, rank: ranks[roles[product.role]] }];
  });
  return found
    .sort((a, b) => a.rank - b.rank || b.out - a.out)
    .map(({ product: { id, name, role }, mark }) => ({
      ...{ role: roles[role], product: id, name, because: markWords(seen, mark) },
    }));
};
