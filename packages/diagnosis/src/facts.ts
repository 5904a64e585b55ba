import type { Case } from './case.ts';
import type { Cause, Weights } from './causes.ts';
import { productOf } from './products/all.ts';
import type { Pace, Product, Saying } from './products/product.ts';
import type { Facts } from './rules/rule.ts';
import { fitsAll } from './speaker/fits.ts';
import { whoSpoke } from './speaker/who-spoke.ts';

/** The wait without one way there and back, and the longest that it may have been. */
type Wait = Readonly<{ waitedMs: number; latestMs: number }>;

const instantMs = 100;
const usualTimeoutsS: readonly number[] = [5, 10, 15, 20, 25, 30, 45, 50, 60, 75, 90, 100, 120, 125, 180, 300];

/** Whole seconds below this may be anybody's setting. */
const settableS = 30;
const late = (s: number): number => (s <= 5 ? 130 : Math.max(250, s * 15));

/** Connecting may have taken longer than the way there and back, on a busy machine: it is believed as far as this. */
const mostDoubtMs = 250;
/** It can't have come before that time, and not long after it. */
const cameAt = ({ waitedMs, latestMs }: Wait, s: number, lateMs: number): boolean =>
  latestMs >= s * 1_000 - 20 && waitedMs <= s * 1_000 + lateMs;

/** Just above a timeout: it can't end before it, and the answer needs a moment to be written. */
const isAtTimeout = (wait: Wait, timeoutsS: readonly number[]): boolean => {
  const whole = Math.round(wait.latestMs / 1_000);
  const seconds = whole > 0 && whole <= settableS ? [...timeoutsS, whole] : timeoutsS;
  return seconds.some((s) => cameAt(wait, s, late(s)));
};

const paceOf = (wait: Wait, product: Product | null): Pace => {
  if (wait.waitedMs < instantMs) return 'instant';
  return isAtTimeout(wait, [...usualTimeoutsS, ...(product?.timeoutsS ?? [])]) ? 'timeout' : 'between';
};

/** The last hop's wait for the first byte, less one way there and back (which connecting took). */
const waitOf = ({ look }: Case): Wait | null => {
  const phases = look.hops.at(-1)?.phases ?? look.phases;
  if (phases?.firstByteMs == null) return null;
  const waitedMs = Math.max(0, phases.firstByteMs - (phases.connectMs ?? 0));
  return { waitedMs, latestMs: Math.min(phases.firstByteMs, waitedMs + mostDoubtMs) };
};

/** Within a quarter of a second after it. */
const tookAbout = (wait: Wait, seconds: readonly number[]): boolean => seconds.some((s) => cameAt(wait, s, 250));

const meansAnyPace = ({ pace, aboutS }: Saying): boolean => pace === undefined && aboutS === undefined;
const shareOf = ({ causes }: Saying): Weights => {
  const sum = Object.values(causes).reduce((all, each) => all + each, 0);
  return Object.fromEntries(Object.entries(causes).map(([cause, each]) => [cause, each / sum]));
};
/** When nobody measured the wait (a pasted page), each pace is as likely as the others. */
const anyOf = (some: readonly Saying[]): Saying | null => {
  const last = some.at(-1);
  if (last === undefined || some.length === 1) return last ?? null;
  const shares = some.map(shareOf);
  const names = new Set(shares.flatMap((each) => Object.keys(each) as Cause[])); // keys of Weights
  const causes = Object.fromEntries(
    [...names].map((cause) => [cause, shares.reduce((sum, each) => sum + (each[cause] ?? 0), 0)]),
  );
  const told = [...new Set(some.map(({ because }) => because))].join('; or ');
  return { ...last, causes, because: `how long it took is not known: ${told}` };
};

const sayingOf = ({ look }: Case, product: Product | null, pace: Pace | null, wait: Wait | null): Saying | null => {
  const { answer } = look;
  if (answer === null || product === null) return null;
  const fitting = product.says.filter(
    ({ status, pace: wanted, aboutS, marks = [] }) =>
      status.includes(answer.status ?? -1) &&
      (wanted === undefined || pace === null || wanted === pace) &&
      (aboutS === undefined || wait === null || tookAbout(wait, aboutS)) &&
      fitsAll(answer, marks),
  );
  if (pace !== null) return fitting[0] ?? null;
  const end = fitting.findIndex(meansAnyPace);
  return anyOf(end < 0 ? fitting : fitting.slice(0, end + 1));
};

/** Reads a case: each fact once, for all rules. */
export const factsOf = (seen: Case): Facts => {
  const speaker = whoSpoke(seen.look.answer);
  const product = productOf(speaker.wroteBy.product);
  const wait = waitOf(seen);
  const pace = wait === null ? null : paceOf(wait, product);
  const saying = sayingOf(seen, product, pace, wait);
  return { seen, speaker, product, saying, waitedMs: wait?.waitedMs ?? null, pace };
};
