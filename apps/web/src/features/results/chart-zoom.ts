/** What is looked at, in epoch milliseconds. */
export type Span = Readonly<{ from: number; to: number }>;
export type ZoomAct = 'in' | 'out' | 'earlier' | 'later';

/** Closer than this there is nothing to see between two looks. */
const leastMs = 60_000;

/** Null when all of it is looked at. */
export const within = (whole: Span, wanted: Span): Span | null => {
  const length = Math.min(Math.max(wanted.to - wanted.from, leastMs), whole.to - whole.from);
  if (length >= whole.to - whole.from) return null;
  const from = Math.round(Math.min(Math.max(wanted.from, whole.from), whole.to - length));
  return { from, to: Math.round(from + length) };
};

/** One step closer, wider or along; it never leaves the whole. */
export const stepped = (whole: Span, shown: Span, act: ZoomAct): Span | null => {
  const length = shown.to - shown.from;
  const moved = (by: number, grow: number): Span => ({
    from: shown.from + (by - grow) * length,
    to: shown.to + (by + grow) * length,
  });
  switch (act) {
    case 'in':
      return within(whole, moved(0, -0.25));
    case 'out':
      return within(whole, moved(0, 0.5));
    case 'earlier':
      return within(whole, moved(-0.5, 0));
    case 'later':
      return within(whole, moved(0.5, 0));
  }
};

/** What a key does to the chart, as the arrows, plus and minus suggest; `reset` shows all. */
export const keyActs: Readonly<Record<string, ZoomAct | 'reset'>> = {
  '+': 'in',
  '=': 'in',
  '-': 'out',
  ArrowLeft: 'earlier',
  ArrowRight: 'later',
  '0': 'reset',
};
