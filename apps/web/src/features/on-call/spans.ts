import type { listShifts, ReplyOf, ScheduleView } from '@farwatch/contracts';

export type Shift = ReplyOf<typeof listShifts>['items'][number];
export type Override = ScheduleView['overrides'][number];
/** A stretch of one person, or of nobody; `override`: the one because of which it is theirs. Moments are epoch ms. */
export type Span = Readonly<{ accountId: string | null; from: number; until: number; override: Override | null }>;

/** Of overrides the latest in the list decides, as the API has it. */
const overrideAt = (overrides: readonly Override[], at: number): Override | null =>
  overrides.findLast(({ from, until }) => Date.parse(from) <= at && at < Date.parse(until)) ?? null;

const cut = (shift: Shift, overrides: readonly Override[]): readonly Span[] => {
  const [begin, end] = [Date.parse(shift.from), Date.parse(shift.until)];
  const edges = overrides
    .flatMap(({ from, until }) => [Date.parse(from), Date.parse(until)])
    .filter((edge) => edge > begin && edge < end)
    .toSorted((a, b) => a - b);
  const marks = [begin, ...new Set(edges), end];
  return marks.slice(0, -1).map((from, at) => ({
    accountId: shift.accountId,
    from,
    until: marks[at + 1] ?? end,
    override: overrideAt(overrides, from),
  }));
};

/** Shifts as they are drawn: where an override begins or ends there is an edge, though nobody else may be on call. */
export const spansOf = (shifts: readonly Shift[], overrides: readonly Override[]): readonly Span[] => {
  const spans: Span[] = [];
  for (const span of shifts.flatMap((shift) => cut(shift, overrides))) {
    const last = spans.at(-1);
    if (last?.accountId === span.accountId && last.override === span.override && last.until === span.from)
      spans[spans.length - 1] = { ...last, until: span.until };
    else spans.push(span);
  }
  return spans;
};

/** The overrides alone, as a layer over the rotations. */
export const overrideSpans = (overrides: readonly Override[]): readonly Span[] =>
  overrides.map((override) => ({
    accountId: override.accountId,
    from: Date.parse(override.from),
    until: Date.parse(override.until),
    override,
  }));

export const isGap = ({ accountId }: Pick<Span, 'accountId'>): boolean => accountId === null;

/** The people of a schedule in the order in which it names them: each has a colour by their place. */
export const peopleIn = ({ rotations, overrides = [] }: Pick<ScheduleView, 'rotations'> & Partial<ScheduleView>) => [
  ...new Set([
    ...rotations.flatMap(({ participants }) => participants),
    ...overrides.map(({ accountId }) => accountId),
  ]),
];
/** In this order neighbours differ for the colour-blind too, the last and the first as well. */
const colours = [1, 3, 2, 5, 6, 4] as const;
const patterns = ['plain', 'striped', 'dotted'] as const;
/** The colours of another pattern begin elsewhere: the seventh person is not the sixth's likeness, nor the first's. */
const shift = 3;

/** By what a person's bars are told from others'. */
export type Look = Readonly<{ colour: (typeof colours)[number]; pattern: (typeof patterns)[number] }>;

/** No two of eighteen people look the same. */
export const lookOf = (people: readonly string[], accountId: string): Look => {
  const place = Math.max(0, people.indexOf(accountId));
  const round = Math.floor(place / colours.length);
  return {
    colour: colours[(place + round * shift) % colours.length] ?? 1,
    pattern: patterns[round % patterns.length] ?? 'plain',
  };
};
