import type { CheckResultView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { useMediaQuery } from '@mantine/hooks';
import { defaultRangeExtractor, observeElementRect, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { place, placeFirst } from './log-window.ts';
import styles from './response-log.module.css';
import { ResultRow } from './result-row.tsx';

const rowHeights = { wide: 44, narrow: 70 } as const;
/** As many rows as a fast wheel passes in the time a page takes. */
const nearEnd = 150;

const moves: Readonly<Record<string, (page: number) => number>> = {
  ArrowDown: () => 1,
  ArrowUp: () => -1,
  PageDown: (page) => page,
  PageUp: (page) => -page,
  Home: () => Number.NEGATIVE_INFINITY,
  End: () => Number.POSITIVE_INFINITY,
};

type Props = Readonly<{
  rows: readonly CheckResultView[];
  /** Nothing is newer than the first row. */
  top: boolean;
  more: boolean;
  open: string | undefined;
  asked: string | undefined;
  foot: ReactNode;
  onOpen: (id: string) => void;
  onAway: (away: boolean) => void;
  onNear: (end: 'newer' | 'older') => void;
}>;

/** Rows in their place: what is in sight doesn't move when pages are fetched or dropped above it. */
const usePlaced = ({ rows, top }: Pick<Props, 'rows' | 'top'>, follows: boolean) => {
  const [placed, setPlaced] = useState(() => placeFirst(rows));
  if (placed.rows === rows) return placed;
  const next = place(placed, rows, { top, follows });
  setPlaced(next);
  return next;
};

/** Only the rows in sight are in the document. */
export const LogRows = ({ rows, top, more, open, asked, foot, onOpen, onAway, onNear }: Props) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const [current, setCurrent] = useState<string | null>(null);
  const toFocus = useRef(false);
  const height = useMediaQuery('(max-width: 640px)') === true ? rowHeights.narrow : rowHeights.wide;
  const { origin, shift, turn, rows: shown } = usePlaced({ rows, top }, !away);
  const at = shown.findIndex(({ id }) => id === current);
  // The virtualizer reckons all its rows anew whenever this changes: those not in memory are no rows to it, only room.
  const keyOf = useCallback((index: number) => shown[index]?.id ?? index, [shown]);
  const virtual = useVirtualizer({
    count: shown.length,
    paddingStart: origin * height,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 6,
    initialRect: { width: 1_000, height: 600 },
    // A list that is laid out nowhere has no height; it will have the one it had.
    observeElementRect: (instance, tell) =>
      observeElementRect(instance, (rect) => (rect.height === 0 ? undefined : tell(rect))),
    getItemKey: keyOf,
    // The focused row stays in the document, or the keyboard would be lost.
    rangeExtractor: (range) =>
      at === -1
        ? defaultRangeExtractor(range)
        : [...new Set([...defaultRangeExtractor(range), at])].sort((a, b) => a - b),
  });
  const items = virtual.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each turn; sizes follow the height
  useLayoutEffect(() => {
    if (shift !== 0 && scroller.current !== null) scroller.current.scrollTop += shift * height;
  }, [turn]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer keeps sizes until it is told
  useLayoutEffect(() => virtual.measure(), [height]);
  useEffect(() => onAway(false), [onAway]);
  useEffect(() => {
    // One after the other: a second fetch would end the first.
    if (!top && startIndex < nearEnd) onNear('newer');
    else if (more && endIndex > shown.length - nearEnd) onNear('older');
  }, [top, more, startIndex, endIndex, shown.length, onNear]);
  useEffect(() => {
    if (!toFocus.current || current === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-look="${CSS.escape(current)}"]`);
    if (row === null || row === undefined) return;
    toFocus.current = false;
    row.focus({ preventScroll: true });
  });

  const opened = useRef(open);
  useEffect(() => {
    if (open === undefined && opened.current !== undefined)
      scroller.current
        ?.querySelector<HTMLElement>(`[data-look="${CSS.escape(opened.current)}"]`)
        ?.focus({ preventScroll: true });
    opened.current = open;
  }, [open]);

  const move = (event: KeyboardEvent): void => {
    const by = moves[event.key]?.(Math.max(1, endIndex - startIndex - 1));
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const from = at === -1 ? startIndex : at;
    const to = Math.min(shown.length - 1, Math.max(0, from + by));
    toFocus.current = true;
    setCurrent(shown[to]?.id ?? null);
    virtual.scrollToIndex(to);
  };
  const tabTo = at === -1 ? startIndex : at;
  const scrolled = (): void => {
    const now = (scroller.current?.scrollTop ?? 0) > height / 2;
    if (now === away) return;
    setAway(now);
    onAway(now);
  };
  return (
    <div ref={scroller} className={styles.scroller} onScroll={scrolled}>
      <ol
        className={styles.rows}
        style={{ height: virtual.getTotalSize() }}
        aria-label={t`Response log`}
        onKeyDown={move}
      >
        {origin === 0 ? null : <li className={styles.room} style={{ height: origin * height }} aria-hidden />}
        {items.map(({ key, index, start }) => {
          const result = shown[index];
          return result === undefined ? null : (
            <li
              key={key}
              className={styles.item}
              style={{ height, transform: `translateY(${start}px)` }}
              aria-setsize={more || !top ? -1 : shown.length}
              aria-posinset={origin + index + 1}
              onFocus={() => setCurrent(result.id)}
            >
              <ResultRow
                result={result}
                open={open === result.id}
                asked={asked === result.scheduledAt}
                tab={index === tabTo}
                onOpen={onOpen}
              />
            </li>
          );
        })}
      </ol>
      {foot}
    </div>
  );
};
