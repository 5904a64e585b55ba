import type { Line } from './line.ts';

/** A line that may be shown later. */
export type KeptLine = Readonly<{ number: number; line: Line; text: string }>;

const mostKept = 3_000;
const mostAMinute = 4;
const minuteMs = 60_000;

/**
 * Keeps lines of every time and cause within a bound: some a minute of each cause; when there are too many, every other one
 * goes, and those kept later are thinned alike.
 */
export const openKeptLines = () => {
  let kept: KeptLine[] = [];
  let minute = Number.NaN;
  let inMinute = new Map<string, number>();
  let every = 1;
  let asked = 0;

  const wants = ({ at, cause }: Line): boolean => {
    const now = at === null ? 0 : Math.floor(at / minuteMs);
    if (now !== minute) {
      minute = now;
      inMinute = new Map();
    }
    const count = inMinute.get(cause ?? '') ?? 0;
    inMinute.set(cause ?? '', count + 1);
    if (count >= mostAMinute) return false;
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
