import type { CheckResultView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { useMediaQuery } from '@mantine/hooks';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import styles from './response-log.module.css';
import { ResultRow } from './result-row.tsx';
import { type Scroller, useInSight, usePlaced } from './use-log-rows.ts';
import { useRowFocus } from './use-row-focus.ts';

const rowHeights = { wide: 44, narrow: 70 } as const;
/** As many rows as a fast wheel passes in the time a page takes. */
const nearEnd = 150;

/** By how many rows a key moves. */
const moves: Readonly<Record<string, (page: number) => number>> = {
  ArrowDown: () => 1,
  ArrowUp: () => -1,
  PageDown: (page) => page,
  PageUp: (page) => -page,
  Home: () => Number.NEGATIVE_INFINITY,
  End: () => Number.POSITIVE_INFINITY,
};

const stepOf = ({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent, page: number): number | undefined =>
  altKey || ctrlKey || metaKey || shiftKey ? undefined : moves[key]?.(page);

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

/** Whether the reader has left the top, where new rows come in. */
const useAway = (scroller: Scroller, height: number, onAway: Props['onAway']) => {
  const [away, setAway] = useState(false);
  useEffect(() => onAway(false), [onAway]);
  const scrolled = (): void => {
    const now = (scroller.current?.scrollTop ?? 0) > height / 2;
    if (now === away) return;
    setAway(now);
    onAway(now);
  };
  return { away, scrolled };
};

type Ends = Pick<Props, 'top' | 'more' | 'onNear'>;

/** Fetches ahead of the scrolling. */
const useFetchAhead = ({ top, more, onNear }: Ends, start: number, end: number, count: number): void => {
  useEffect(() => {
    // One after the other: a second fetch would end the first.
    if (!top && start < nearEnd) onNear('newer');
    else if (more && end > count - nearEnd) onNear('older');
  }, [top, more, start, end, count, onNear]);
};

type ItemProps = Readonly<{ height: number; start: number; size: number; place: number; onFocus: () => void }> &
  Parameters<typeof ResultRow>[0];

const Item = ({ height, start, size, place, onFocus, ...row }: ItemProps) => (
  <li
    className={styles.item}
    style={{ height, transform: `translateY(${start}px)` }}
    aria-setsize={size}
    aria-posinset={place}
    onFocus={onFocus}
  >
    <ResultRow {...row} />
  </li>
);

/** Only the rows in sight are in the document. */
export const LogRows = ({ rows, top, more, open, asked, foot, onOpen, onAway, onNear }: Props) => {
  const scroller = useRef<HTMLDivElement>(null);
  const height = useMediaQuery('(max-width: 640px)') === true ? rowHeights.narrow : rowHeights.wide;
  const { away, scrolled } = useAway(scroller, height, onAway);
  const placed = usePlaced({ rows, top }, !away);
  const { origin, rows: shown } = placed;
  const focus = useRowFocus(scroller, open);
  const at = shown.findIndex(({ id }) => id === focus.current);
  const virtual = useInSight(scroller, placed, height, at);
  const items = virtual.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};
  useFetchAhead({ top, more, onNear }, startIndex, endIndex, shown.length);
  const move = (event: KeyboardEvent): void => {
    const by = stepOf(event, Math.max(1, endIndex - startIndex - 1));
    if (by === undefined) return;
    event.preventDefault();
    const to = Math.min(shown.length - 1, Math.max(0, (at === -1 ? startIndex : at) + by));
    focus.moveTo(shown[to]?.id ?? null);
    virtual.scrollToIndex(to);
  };
  const shared = { height, size: more || !top ? -1 : shown.length, onOpen };
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
            <Item
              key={key}
              {...{ ...shared, result, start, place: origin + index + 1 }}
              open={open === result.id}
              asked={asked === result.scheduledAt}
              tab={index === (at === -1 ? startIndex : at)}
              onFocus={() => focus.setCurrent(result.id)}
            />
          );
        })}
      </ol>
      {foot}
    </div>
  );
};
