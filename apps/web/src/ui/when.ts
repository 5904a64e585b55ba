import { momentOf, nextDayAt } from './wall-time.ts';

const hour = 3_600_000;
const spans = { '24h': 24 * hour, '7d': 168 * hour, '30d': 720 * hour, '90d': 2_160 * hour } as const;
export type Span = keyof typeof spans;
export const isSpan = (value: unknown): value is Span => typeof value === 'string' && Object.hasOwn(spans, value);

/** A stretch of time as it stands in the URL; `from` and `to` are days on the reader's calendar. */
export type When = Readonly<{ span?: Span | undefined; from?: string | undefined; to?: string | undefined }>;
export type Moments = Readonly<{ from: string | undefined; to: string | undefined }>;

export const dayOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value) ? value : undefined;

/**
 * The moments to ask for; two days are meant in their order, whichever was typed first. A span is counted from the full
 * minute, so that a page that is drawn again asks nothing new.
 */
export const momentsOf = (when: When, zone: string, now: number): Moments => {
  const minute = Math.floor(now / 60_000) * 60_000;
  const since = when.span === undefined ? undefined : new Date(minute - spans[when.span]).toISOString();
  const turned = when.from !== undefined && when.to !== undefined && when.to < when.from;
  const [begin, end] = turned ? [when.to, when.from] : [when.from, when.to];
  const last = end === undefined ? null : momentOf(`${end}T00:00`, zone);
  return {
    from: begin === undefined ? since : (momentOf(`${begin}T00:00`, zone) ?? undefined),
    to: last === null ? undefined : nextDayAt(Date.parse(last), 0, zone),
  };
};
