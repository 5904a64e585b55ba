import type { LookRequest } from '@farwatch/checker';
import type { Cause, HopWord } from '@farwatch/diagnosis';
import type { GatewayName } from './gateways.ts';
import type { SmallName } from './small-gateways.ts';

/** What is true because it was set up so, never because somebody answered it. */
export type Truth = Readonly<{
  /** Who wrote the answer; `none` = there was none, `other` = a program without a name (our origin). */
  wrote: GatewayName | SmallName | 'php' | 'none' | 'other';
  broke: readonly HopWord[];
  /** The words that name the cause rightly, the best first. */
  causes: readonly Cause[];
  /** An error that a gateway only passed on. */
  isRelayed?: boolean;
  /** A fault that ends with a good status. */
  isMasked?: boolean;
  isHealthy?: boolean;
}>;

/** Where a check goes, and how to end what was started for it. */
export type Stage = AsyncDisposable &
  Readonly<{ url: string; request?: Partial<LookRequest>; log?: () => Promise<string> }>;

export type Scenario = Readonly<{
  id: string;
  /** Programs that must be installed, by any of their names. */
  needs: readonly (readonly string[])[];
  truth: Truth;
  /** Whether anything but a log could tell this cause from the others with the same answer; left out = the lab finds out. */
  isOpen?: boolean;
  stage: () => Promise<Stage>;
}>;

/** Ends what was started last first. */
export const stageOf = (
  url: string,
  started: readonly AsyncDisposable[],
  more: Omit<Stage, 'url' | typeof Symbol.asyncDispose> = {},
): Stage => ({
  ...{ url, ...more },
  [Symbol.asyncDispose]: async () => {
    for (const each of started.toReversed()) await each[Symbol.asyncDispose]();
  },
});
