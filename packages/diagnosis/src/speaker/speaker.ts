import type { ChainHop, WroteBy } from '../diagnosis.ts';

/** Who wrote an answer, and the way it came. */
export type Speaker = Readonly<{
  wroteBy: WroteBy;
  /** What gave the writer away, one sentence fragment each. */
  because: readonly string[];
  chain: readonly ChainHop[];
  requestIds: readonly Readonly<{ name: string; value: string }>[];
}>;
