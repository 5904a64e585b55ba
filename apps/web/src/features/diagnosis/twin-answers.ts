import type { getResult, LookDetailsView, ReplyOf } from '@farwatch/contracts';
import type { Headers } from './header-diff.ts';

type Kept = ReplyOf<typeof getResult>;
type Hop = LookDetailsView['hops'][number];

/** One of the two answers, as it is laid beside the other. */
export type Side = Readonly<{
  url: string;
  good: boolean;
  reason: string | null;
  hop: Hop | null;
  headers: Headers;
  body: string | null;
}>;
/** `sameMoment`: the details are of this very look, not of one before it that showed the same. */
export type Twins = Readonly<{ edge: Side; origin: Side; sameMoment: boolean }>;

const longestBody = 1_500;
/** The beginning of a body as text, whatever its bytes are; it is never rendered. */
const beginning = (base64: string | null | undefined): string | null => {
  if (base64 === null || base64 === undefined || base64 === '') return null;
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const text = new TextDecoder().decode(bytes);
  return text.length > longestBody ? `${text.slice(0, longestBody)}…` : text;
};

const edgeOf = ({ evidence, details }: Kept, hop: Hop | null): Side => ({
  ...{ url: evidence?.url ?? hop?.url ?? '', good: false, reason: evidence?.reason ?? null, hop },
  headers: evidence?.headers ?? [],
  body: beginning(evidence?.decodedBase64 || evidence?.bodyBase64) ?? (details === null ? null : ''),
});

/** The answer through the edge and the origin's own; null where the origin was not asked. */
export const twinsOf = (kept: Kept): Twins | null => {
  const twin = kept.details?.twin;
  if (twin === undefined) return null;
  const { origin: url, verdict, reason, hop, headers, bodyBase64 } = twin;
  return {
    edge: edgeOf(kept, kept.details?.hops.at(-1) ?? null),
    origin: { url, good: verdict === 'good', reason, hop, headers, body: beginning(bodyBase64) },
    sameMoment: kept.detailsOf === kept.id,
  };
};
