import type { LookRequest } from '@farwatch/checker';
import type { Saturation } from './saturate.ts';

/** What is not said is as a new monitor has it. */
export type Looks = Partial<LookRequest> & Pick<LookRequest, 'url'>;

/** Every one of these, so many at once. */
export type Many = Readonly<{ requests: readonly Looks[]; concurrency: number }>;
/** What `looker.ts` may be asked. */
export type Ask = Saturation | Many;

/** What many looks cost: growth of what heap and buffers hold, at most and in the end; what came of each as JSON. */
export type Course = Readonly<{
  cpuMs: number;
  mostHeldMiB: number;
  keptMiB: number;
  said: readonly string[];
}>;
