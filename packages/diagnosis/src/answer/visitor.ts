import type { Cause } from '../causes.ts';

/** One calm sentence for visitors: no address, path, product or version, and no host but the monitor's. */
export const visitorSentence = (_cause: Cause, host: string): string =>
  `${host} can't be reached properly at the moment; the people who run it know.`;
