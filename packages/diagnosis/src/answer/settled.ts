import type { RankedCause } from '../diagnosis.ts';
import type { Facts } from '../rules/rule.ts';

/** Whether a log has told: lines of this cause stand in it at the time of the failure. */
export const isToldByLog = ({ seen: { log } }: Facts, { cause, confidence }: RankedCause): boolean =>
  confidence >= 0.9 && (log?.counts.some((count) => count.cause === cause && count.within > 0) ?? false);
