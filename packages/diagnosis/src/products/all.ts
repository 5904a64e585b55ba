import { cloudflare } from './cloudflare.ts';
import { nginx } from './nginx.ts';
import type { Product } from './product.ts';

/** Every product that is known; the edges first, as a request meets them. */
export const products: readonly Product[] = [cloudflare, nginx];

const byId = new Map(products.map((product) => [product.id, product]));
export const productOf = (id: string | null): Product | null => (id === null ? null : (byId.get(id) ?? null));
