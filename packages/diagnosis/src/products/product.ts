import type { Weights } from '../causes.ts';

export type ProductRole = 'edge' | 'gateway' | 'application' | 'platform';

/** `proof`: nobody else writes this. `strong`: two of these are proof. `hint`: only counts beside a strong one. */
export type MarkWeight = 'proof' | 'strong' | 'hint';
type Marked = Readonly<{ weight: MarkWeight /** The page or source file this comes from. */; source: string }>;

/** Something about an answer that gives a product away. Texts are compared without regard to case unless a pattern says so. */
export type Mark = Marked &
  (
    | Readonly<{ kind: 'header'; name: string; value?: RegExp }>
    /** The header came once, with this value. */
    | Readonly<{ kind: 'only-header'; name: string; value: RegExp }>
    /** The header's name exactly as written, case included (HTTP/1 only). */
    | Readonly<{ kind: 'header-case'; name: string }>
    /** These headers came in this order. */
    | Readonly<{ kind: 'header-order'; names: readonly string[] }>
    | Readonly<{ kind: 'no-header'; name: string }>
    | Readonly<{ kind: 'body'; has: RegExp }>
    | Readonly<{ kind: 'title'; is: RegExp }>
    | Readonly<{ kind: 'reason'; is: RegExp }>
    | Readonly<{ kind: 'status'; of: readonly number[] }>
    /** Several at once; counts as one mark. */
    | Readonly<{ kind: 'all'; of: readonly Mark[] }>
  );

/** How long the answer took after the request: under 100 ms; near one of the product's timeouts; anything else. */
export type Pace = 'instant' | 'timeout' | 'between';

/** What it means when this product itself writes such an answer. The first of a product's that fits is taken. */
export type Saying = Readonly<{
  id: string;
  status: readonly number[];
  /** Left out = whatever it took. */
  pace?: Pace;
  /** Only when it took about one of these seconds: what a product's retries or timeouts add up to. */
  aboutS?: readonly number[];
  /** All of these must be there besides. */
  marks?: readonly Mark[];
  /** How likely each cause is, relative to the others, before anything else is known. */
  causes: Weights;
  /** One plain sentence: "nginx answers 502 at once when …". */
  because: string;
  source: string;
}>;

/** A product that can stand between a visitor and an application, as data: one file each. */
export type Product = Readonly<{
  id: string;
  name: string;
  role: ProductRole;
  /** It wrote this answer itself. */
  writes: readonly Mark[];
  /** The answer came through it, whoever wrote it. */
  passes: readonly Mark[];
  /** Headers whose value is an id that its operator can look up. */
  requestIds?: readonly string[];
  says: readonly Saying[];
  /** Its usual timeouts towards the next hop, in seconds. */
  timeoutsS?: readonly number[];
}>;
