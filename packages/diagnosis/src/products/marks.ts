import type { Mark, MarkWeight } from './product.ts';

/** Short ways to write marks down. Each ends with how much it weighs and where it comes from. */
export const header = (name: string, value: RegExp | null, weight: MarkWeight, source: string): Mark =>
  value === null ? { kind: 'header', name, weight, source } : { kind: 'header', name, value, weight, source };
export const body = (has: RegExp, weight: MarkWeight, source: string): Mark => ({ kind: 'body', has, weight, source });
export const title = (is: RegExp, weight: MarkWeight, source: string): Mark => ({ kind: 'title', is, weight, source });
export const reason = (is: RegExp, weight: MarkWeight, source: string): Mark => ({
  kind: 'reason',
  is,
  weight,
  source,
});
export const status = (of: readonly number[], weight: MarkWeight, source: string): Mark => ({
  kind: 'status',
  of,
  weight,
  source,
});
export const noHeader = (name: string, weight: MarkWeight, source: string): Mark => ({
  kind: 'no-header',
  name,
  weight,
  source,
});
/** All of these together, as one mark. */
export const all = (weight: MarkWeight, source: string, ...of: readonly Mark[]): Mark => ({
  kind: 'all',
  of,
  weight,
  source,
});
/** An answer without a body. */
export const emptyBody = (weight: MarkWeight, source: string): Mark => body(/^\s*$/u, weight, source);
/** The header came once, with this value: an inner hop that kept its own beside it would show. */
export const onlyHeader = (name: string, value: RegExp, weight: MarkWeight, source: string): Mark => ({
  kind: 'only-header',
  name,
  value,
  weight,
  source,
});
/** These headers came in this order. */
export const order = (weight: MarkWeight, source: string, ...names: readonly string[]): Mark => ({
  kind: 'header-order',
  names,
  weight,
  source,
});
