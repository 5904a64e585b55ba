import type { CheckResultView } from '@farwatch/contracts';
import { Button, Loader } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import card from '../../ui/page.module.css';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { LogFilters } from './log-filters.tsx';
import { type LogFilter, logQuery } from './queries.ts';
import { ResultRow } from './result-row.tsx';
import styles from './results.module.css';

const rowHeight = 45;
const nearEnd = 30;

type RowsProps = Readonly<{ results: readonly CheckResultView[]; onNearEnd: () => void }>;

/** Only the rows in sight are in the document; rows measure themselves, since they open. */
const Rows = ({ results, onNearEnd }: RowsProps) => {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLOListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, []);
  const virtual = useWindowVirtualizer({
    count: results.length,
    estimateSize: () => rowHeight,
    overscan: 20,
    scrollMargin: top,
    initialRect: { width: 1_000, height: 1_000 },
    getItemKey: (index) => results[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= results.length - nearEnd) onNearEnd();
  }, [last, results.length, onNearEnd]);
  const toggle = (id: string): void =>
    setOpen((before) => (before.has(id) ? before.difference(new Set([id])) : before.union(new Set([id]))));
  return (
    <ol ref={list} className={styles.log} style={{ height: virtual.getTotalSize() }} aria-label="Response log">
      {items.map((item) => {
        const result = results[item.index];
        return result === undefined ? null : (
          <li
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            className={styles.logItem}
            style={{ transform: `translateY(${item.start - top}px)` }}
          >
            <ResultRow result={result} open={open.has(result.id)} onToggle={() => toggle(result.id)} />
          </li>
        );
      })}
    </ol>
  );
};

type Props = Readonly<{
  monitorId: string;
  regions: readonly string[];
  filter: LogFilter;
  onFilter: (filter: LogFilter) => void;
}>;

const Log = ({ monitorId, filter, onFilter }: Omit<Props, 'regions'>) => {
  const query = useInfiniteQuery(logQuery(monitorId, filter));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = (): void => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  if (query.status === 'pending') return <Skeletons rows={8} height={rowHeight} label="Loading the response log" />;
  if (query.status === 'error')
    return (
      <Problem title="The response log could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
    );
  const results = query.data.pages.flatMap(({ items }) => items);
  const filtered = Object.values(filter).some((value) => value !== undefined);
  if (results.length === 0)
    return (
      <EmptyState
        small={!filtered}
        title={filtered ? 'No look matches' : 'No look yet'}
        action={
          filtered ? (
            <Button variant="default" onClick={() => onFilter({})}>
              Show all
            </Button>
          ) : undefined
        }
      >
        {filtered ? undefined : 'Each look is written here as it comes in.'}
      </EmptyState>
    );
  return (
    <>
      <Rows results={results} onNearEnd={more} />
      {hasNextPage ? (
        <div className={styles.more}>
          {isFetchingNextPage ? (
            <Loader size="sm" aria-label="Loading older looks" />
          ) : (
            <Button variant="default" onClick={more}>
              Load older
            </Button>
          )}
        </div>
      ) : null}
    </>
  );
};

/** Every look at a monitor, newest first and live, by outcome, code and region. */
export const ResponseLog = (props: Props) => (
  <div>
    <LogFilters {...props} />
    <div className={card.card}>
      <Log {...props} />
    </div>
  </div>
);
