import type { CheckResultView } from '@farwatch/contracts';
import { defaultRangeExtractor, observeElementRect, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import { type Placed, place, placeFirst } from './log-window.ts';

/** Rows in their place: what is in sight doesn't move when pages are fetched or dropped above it. */
export const usePlaced = (
  { rows, top }: Readonly<{ rows: readonly CheckResultView[]; top: boolean }>,
  follows: boolean,
) => {
  const [placed, setPlaced] = useState(() => placeFirst(rows));
  if (placed.rows === rows) return placed;
  const next = place(placed, rows, { top, follows });
  setPlaced(next);
  return next;
};
export type Scroller = RefObject<HTMLDivElement | null>;

/** Which rows are in the document: those in sight, and the one at `at`, or the keyboard would be lost. */
export const useInSight = (
  scroller: Scroller,
  { origin, shift, turn, rows }: Placed<CheckResultView>,
  height: number,
  at: number,
) => {
  // The virtualizer reckons all its rows anew whenever this changes: those not in memory are no rows to it, only room.
  const keyOf = useCallback((index: number) => rows[index]?.id ?? index, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    paddingStart: origin * height,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 6,
    initialRect: { width: 1_000, height: 600 },
    // A list that is laid out nowhere has no height; it will have the one it had.
    observeElementRect: (instance, tell) =>
      observeElementRect(instance, (rect) => (rect.height === 0 ? undefined : tell(rect))),
    getItemKey: keyOf,
    rangeExtractor: (range) =>
      at === -1
        ? defaultRangeExtractor(range)
        : [...new Set([...defaultRangeExtractor(range), at])].sort((a, b) => a - b),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each turn; sizes follow the height
  useLayoutEffect(() => {
    if (shift !== 0 && scroller.current !== null) scroller.current.scrollTop += shift * height;
  }, [turn]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer keeps sizes until it is told
  useLayoutEffect(() => virtual.measure(), [height]);
  return virtual;
};
