import type { Line } from './line.ts';
import type { Window } from './window.ts';

/** A line that may be shown later. */
export type KeptLine = Readonly<{ number: number; line: Line; text: string }>;

const mostKept = 3_000;
const mostAtATime = 4;
const secondMs = 1_000;
const minuteMs = 60_000;

/** The second or minute, as the number of its first millisecond. */
const timeOf = (at: number | null, window: Window | null): number => {
  if (at === null) return 0;
  const length = window !== null && at >= window.from && at <= window.to ? secondMs : minuteMs;
  return at - (at % length);
};

/**
 * Keeps lines of every time and cause within a bound: of each cause some a minute, and some a second within the incident's
 * window, or the seconds before a short incident would leave no room for it. When there are too many, every other one goes,
 * and those kept later are thinned alike.
 */
export const openKeptLines = (window: Window | null) => {
  let kept: KeptLine[] = [];
  let time = Number.NaN;
  let atATime = new Map<string, number>();
  let every = 1;
  let asked = 0;

  const wants = ({ at, cause }: Line): boolean => {
    const now = timeOf(at, window);
    if (now !== time) {
      time = now;
      atATime = new Map();
    }
    const count = atATime.get(cause ?? '') ?? 0;
    atATime.set(cause ?? '', count + 1);
    if (count >= mostAtATime) return false;
    return asked++ % every === 0;
  };
  return {
    /** Whether a line should be kept: only then its text is worth making. */
    wants,
    keep: (one: KeptLine): void => {
      kept.push(one);
      if (kept.length <= mostKept) return;
      kept = kept.filter((_, n) => n % 2 === 0);
      every *= 2;
    },
    all: (): readonly KeptLine[] => kept,
  };
};
