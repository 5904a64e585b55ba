import type { Tally } from './tally.ts';
import type { LogIncident, Window } from './window.ts';

const quarterMs = 900_000;
/** Zones lie between UTC-12 and UTC+14; a log's clock is ahead by its zone. */
const mostQuarters = 56;
const slackMs = 2_000;

/** Few lines may fall into any window by chance. */
const leastLines = 1;

type Fit = Readonly<{ shiftMs: number; within: number; beside: number }>;

const fitOf = (tallies: readonly Tally[], { from, to }: Window, seconds: ReadonlySet<number>, shiftMs: number): Fit => {
  let within = 0;
  let beside = 0;
  for (const { times } of tallies)
    for (const [begin, count] of times) {
      const at = begin + shiftMs;
      if (at < from - 1_000 || at > to) continue;
      within += count;
      if (seconds.has(Math.floor(at / 1_000))) beside += count;
    }
  return { shiftMs, within, beside };
};

/** The seconds near a failing check. */
const secondsOf = ({ looks }: LogIncident): ReadonlySet<number> => {
  const seconds = new Set<number>();
  for (const { at } of looks)
    for (let ms = -slackMs; ms <= slackMs; ms += 1_000) seconds.add(Math.floor((at + ms) / 1_000));
  return seconds;
};

const isBetter = (a: Fit, b: Fit): boolean => {
  if (a.within !== b.within) return a.within > b.within;
  if (a.beside !== b.beside) return a.beside > b.beside;
  return Math.abs(a.shiftMs) < Math.abs(b.shiftMs);
};

/**
 * What must be added to a log's clock to reach UTC: the shift, in quarters of an hour, that puts most of its errors into the
 * incident. As it is when that fits as well: no shift is claimed where nothing shows one.
 */
export const findShift = (tallies: readonly Tally[], incident: LogIncident, window: Window): number => {
  const seconds = secondsOf(incident);
  const local = tallies.filter(({ isAbsolute }) => !isAbsolute);
  const asItIs = fitOf(local, window, seconds, 0);
  let best = asItIs;
  for (let quarters = -mostQuarters; quarters <= mostQuarters; quarters++) {
    const fit = fitOf(local, window, seconds, quarters * quarterMs);
    if (fit.within >= leastLines && isBetter(fit, best)) best = fit;
  }
  // A busy log has errors at all times: another clock must explain clearly more of them.
  return asItIs.within > 0 && best.within < asItIs.within * 1.5 + 2 && asItIs.beside >= best.beside / 2
    ? 0
    : best.shiftMs;
};
