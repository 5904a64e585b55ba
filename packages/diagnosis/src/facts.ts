import type { Case } from './case.ts';
import { productOf } from './products/all.ts';
import type { Pace, Product, Saying } from './products/product.ts';
import type { Facts } from './rules/rule.ts';
import { fitsAll } from './speaker/fits.ts';
import { whoSpoke } from './speaker/who-spoke.ts';

const instantMs = 100;
const usualTimeoutsS: readonly number[] = [5, 10, 15, 20, 25, 30, 45, 50, 60, 75, 90, 100, 120, 125, 180, 300];

/** Whole seconds below this may be anybody's setting. */
const settableS = 30;
const late = (s: number): number => (s <= 5 ? 130 : Math.max(250, s * 15));

/** Just above a timeout: it can't end before it, and the answer needs a moment to be written. */
const isAtTimeout = (waitedMs: number, timeoutsS: readonly number[]): boolean => {
  const whole = Math.round(waitedMs / 1_000);
  const seconds = whole > 0 && whole <= settableS ? [...timeoutsS, whole] : timeoutsS;
  return seconds.some((s) => waitedMs >= s * 1_000 - 20 && waitedMs <= s * 1_000 + late(s));
};

const paceOf = (waitedMs: number, product: Product | null): Pace => {
  if (waitedMs < instantMs) return 'instant';
  return isAtTimeout(waitedMs, [...usualTimeoutsS, ...(product?.timeoutsS ?? [])]) ? 'timeout' : 'between';
};

/** The last hop's wait for the first byte, less one way there and back (which connecting took). */
const waitedOf = ({ look }: Case): number | null => {
  const phases = look.hops.at(-1)?.phases ?? look.phases;
  if (phases?.firstByteMs == null) return null;
  return Math.max(0, phases.firstByteMs - (phases.connectMs ?? 0));
};

const sayingOf = (seen: Case, product: Product | null, pace: Pace | null): Saying | null => {
  const { answer } = seen.look;
  if (answer === null || product === null) return null;
  return (
    product.says.find(
      ({ status, pace: wanted, marks = [] }) =>
        status.includes(answer.status ?? -1) &&
        (wanted === undefined || pace === null || wanted === pace) &&
        fitsAll(answer, marks),
    ) ?? null
  );
};

/** Reads a case: each fact once, for all rules. */
export const factsOf = (seen: Case): Facts => {
  const speaker = whoSpoke(seen.look.answer);
  const product = productOf(speaker.wroteBy.product);
  const waitedMs = waitedOf(seen);
  const pace = waitedMs === null ? null : paceOf(waitedMs, product);
  return { seen, speaker, product, saying: sayingOf(seen, product, pace), waitedMs, pace };
};
