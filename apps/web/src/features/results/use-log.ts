import type { CheckResultView } from '@farwatch/contracts';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { type LogView, logQuery, newsQuery } from './queries.ts';

const noRows: readonly CheckResultView[] = [];
/** Whoever follows for a day doesn't keep the day in memory. */
const mostFollowed = 3_000;

/** Pages may overlap by a look that came in between. */
const unique = (pages: readonly Readonly<{ items: readonly CheckResultView[] }>[]): readonly CheckResultView[] => {
  const seen = new Set<string>();
  return pages.flatMap(({ items }) => items.filter(({ id }) => !seen.has(id) && seen.add(id)));
};

/** While rows are held back, the first one that is shown. */
const useHeld = (holds: boolean, rows: readonly CheckResultView[]): number => {
  const [held, setHeld] = useState<string | null>(null);
  const first = rows[0]?.id ?? null;
  if (holds && held === null && first !== null) setHeld(first);
  if (!holds && held !== null) setHeld(null);
  return holds && held !== null
    ? Math.max(
        0,
        rows.findIndex(({ id }) => id === held),
      )
    : 0;
};

/** The log that a view asks for: its rows in memory, what waits above them, and how more is fetched. */
export const useLog = (monitorId: string, { filter, at }: LogView) => {
  const client = useQueryClient();
  const options = logQuery(monitorId, filter, at);
  const query = useInfiniteQuery(options);
  const news = useQuery(newsQuery(monitorId, filter));
  const [paused, setPaused] = useState(false);
  const [away, setAway] = useState(false);
  const { data, fetchNextPage, fetchPreviousPage, isFetching, isError } = query;
  const all = useMemo(() => (data === undefined ? noRows : unique(data.pages)), [data]);
  const top = data !== undefined && data.pages[0]?.previous === null;
  const waits = useHeld(top && (paused || away), all);
  const rows = useMemo(() => all.slice(waits), [all, waits]);
  const near = useCallback(
    (end: 'newer' | 'older'): void => {
      if (isFetching || isError) return;
      void (end === 'newer' ? fetchPreviousPage() : fetchNextPage());
    },
    [isFetching, isError, fetchNextPage, fetchPreviousPage],
  );
  const restart = useCallback((): void => {
    client.setQueryData(newsQuery(monitorId, filter).queryKey, 0);
    void client.resetQueries({ queryKey: logQuery(monitorId, filter).queryKey, exact: true });
  }, [client, monitorId, filter]);
  const tooMany = top && !paused && !away && all.length > mostFollowed;
  useEffect(() => {
    if (tooMany) restart();
  }, [tooMany, restart]);
  return {
    ...{ query, rows, top, paused, setPaused, setAway, near, restart },
    waiting: top ? waits : news.data,
    more: query.hasNextPage,
  };
};
