import type { NamedOccurrence } from '@farwatch/contracts';
import { placeOf } from '../../ui/calendar-days.ts';

/** An occurrence in a week: its first day and the one after its last (0–7), its lane, and whether it goes beyond. */
export type Placed = Readonly<{
  occurrence: NamedOccurrence;
  first: number;
  end: number;
  lane: number;
  before: boolean;
  after: boolean;
}>;

/** The occurrences of a week, each in the highest lane that is free on its days; they come by their start. */
export const placed = (all: readonly NamedOccurrence[], edges: readonly number[]): readonly Placed[] => {
  const [begin = 0, end = 0] = [edges[0], edges.at(-1)];
  const lanes: number[] = [];
  return all.flatMap((occurrence) => {
    const [from, until] = [Date.parse(occurrence.from), Date.parse(occurrence.until)];
    if (until <= begin || from >= end) return [];
    const first = Math.floor(placeOf(edges, from));
    const last = Math.max(first + 1, Math.ceil(placeOf(edges, until)));
    const free = lanes.findIndex((taken) => taken <= first);
    const lane = free < 0 ? lanes.length : free;
    lanes[lane] = last;
    return [{ occurrence, first, end: last, lane, before: from < begin, after: until > end }];
  });
};
