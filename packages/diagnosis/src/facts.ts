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
const late = (s: number): number => (s <= 1 ? 130 : Math.max(300, s * 15));

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
const mixed = (parts: readonly (readonly [saying: Saying, part: number])[]): Weights => {
  const shares = parts.map(([saying, part]) => [shareOf(saying), part] as const);
  const names = new Set(shares.flatMap(([each]) => Object.keys(each) as Cause[])); // keys of Weights
  return Object.fromEntries(
    [...names].map((cause) => [cause, shares.reduce((sum, [each, part]) => sum + part * (each[cause] ?? 0), 0)]),
  );
};
/** When nobody measured the wait (a pasted page), each pace is as likely as the others. */
const anyOf = (some: readonly Saying[]): Saying | null => {
  const last = some.at(-1);
  if (last === undefined || some.length === 1) return last ?? null;
  const causes = mixed(some.map((saying) => [saying, 1]));
  const told = [...new Set(some.map(({ because }) => because))].join('; or ');
  return { ...last, causes, because: `how long it took is not known: ${told}` };
};

/** From here on the wait is the application's; a far region, a chain or a busy machine add some tenths of a second. */
const workedMs = 1_500;

/** Between "at once" and "it worked on it" nothing changes from one millisecond to the next. */
const between = (waitedMs: number, atOnce: Saying | null, later: Saying | null): Saying | null => {
  if (atOnce === null || later === null || atOnce === later || waitedMs >= workedMs) return later ?? atOnce;
  const part = (waitedMs - instantMs) / (workedMs - instantMs);
  const causes = mixed([
    [atOnce, 1 - part],
    [later, part],
  ]);
  return { ...later, pace: 'between', causes, because: part < 0.5 ? atOnce.because : later.because };
};

const sayingOf = ({ look }: Case, product: Product | null, pace: Pace | null, wait: Wait | null): Saying | null => {
  const { answer } = look;
  if (answer === null || product === null) return null;
  const said = product.says.filter(
    ({ status, aboutS, marks = [] }) =>
      status.includes(answer.status ?? -1) &&
      (aboutS === undefined || wait === null || tookAbout(wait, aboutS)) &&
      fitsAll(answer, marks),
  );
  const at = (wanted: Pace | null): readonly Saying[] =>
    said.filter(({ pace: own }) => own === undefined || wanted === null || own === wanted);
  const fitting = at(pace);
  if (pace === 'between' && wait !== null) return between(wait.waitedMs, at('instant')[0] ?? null, fitting[0] ?? null);
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
