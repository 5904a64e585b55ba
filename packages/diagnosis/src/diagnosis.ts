import type { LookRef } from './case.ts';
import type { Cause, HopWord } from './causes.ts';

/**
 * How sure: of answers given with a confidence of p, about p are right (measured by `npm run bench -- diagnosis`).
 * From outside alone it stays below 0.98.
 */
export type Confidence = number;

/** Who wrote the answer. */
export type WroteBy = Readonly<{
  /** A product's id (`nginx`, `cloudflare`), or `unknown`; null = nobody, there was no answer. */
  product: string | null;
  /** Its name in words. */
  name: string;
  hop: HopWord;
  confidence: Confidence;
}>;

/** One hop of the way, from the visitor on. */
export type ChainHop = Readonly<{
  role: 'edge' | 'gateway' | 'origin';
  product: string;
  name: string;
  /** What gave it away: `via: 1.1 varnish`. */
  because: string;
}>;

export type RankedCause = Readonly<{ cause: Cause; hop: HopWord; confidence: Confidence; words: string }>;

/** One thing that was seen, and what it speaks for. */
export type EvidenceItem = Readonly<{
  /** The rule or mark, kebab-case: stable. */
  id: string;
  /** One plain sentence of what was seen. */
  text: string;
  speaksFor: readonly Cause[];
  speaksAgainst: readonly Cause[];
  /** The check that shows it; null = the case as a whole, or a log. */
  look: LookRef | null;
}>;

/** Something to type or to write into a file. */
export type Snippet = Readonly<{ kind: 'command' | 'config'; title: string; text: string }>;
export type Advice = Readonly<{ text: string; snippets: readonly Snippet[] }>;

/** `confirmed`: a log says so. `probable`: one cause stands out. `open`: several fit, and what is seen can't separate them. */
export type Certainty = 'confirmed' | 'probable' | 'open';

export type Diagnosis = Readonly<{
  version: 1;
  wroteBy: WroteBy;
  chain: readonly ChainHop[];
  requestIds: readonly Readonly<{ name: string; value: string }>[];
  broke: Readonly<{ hop: HopWord; confidence: Confidence }>;
  /** Likeliest first; never empty. */
  causes: readonly RankedCause[];
  certainty: Certainty;
  /** One sentence for the owner. */
  summary: string;
  evidence: readonly EvidenceItem[];
  firstFix: Advice;
  nextCheck: Advice;
  /** What would show that this is wrong. */
  disproof: string;
  /** One calm sentence for visitors: no address, path, product or version. */
  visitor: string;
  /** What a long outage does to search ranking; null while it is short. */
  searchNote: string | null;
}>;
