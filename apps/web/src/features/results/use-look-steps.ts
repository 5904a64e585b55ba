import { useEffect, useEffectEvent, useState } from 'react';
import type { LogView } from './queries.ts';
import type { useLog } from './use-log.ts';

export type Way = 'newer' | 'older';
/** Null where the log ends; `busy`: what is fetched first. */
export type LookSteps = Readonly<Record<Way, (() => void) | null> & { busy: Way | null }>;
type Log = ReturnType<typeof useLog>;

/** Ids begin with the moment of their look. */
const momentOf = (id: string): number => Number(id.split('-')[0]);

/** The look beside one, in a log whose newest is first. One that isn't in it has its place by its moment. */
const beside = (rows: Log['rows'], look: string, way: Way): string | undefined => {
  const index = rows.findIndex(({ id }) => id === look);
  if (index !== -1) return rows[index + (way === 'older' ? 1 : -1)]?.id;
  const at = momentOf(look);
  return way === 'older'
    ? rows.find(({ id }) => momentOf(id) < at)?.id
    : rows.findLast(({ id }) => momentOf(id) > at)?.id;
};

/** From one look to the next, through the log as it is narrowed; what isn't in memory is fetched first. */
export const useLookSteps = (log: Log, view: LogView, onView: (view: LogView) => void): LookSteps => {
  const [wanted, setWanted] = useState<Way | null>(null);
  const look = view.look ?? '';
  const known = log.rows.some(({ id }) => id === look);
  const around = look === '' ? undefined : new Date(momentOf(look)).toISOString();
  const settled = known || view.at === around;
  const goes = (way: Way): boolean => !settled || (way === 'older' ? log.more : !log.top);
  const { isFetching, isError } = log.query;
  const walk = useEffectEvent((way: Way): void => {
    const next = settled ? beside(log.rows, look, way) : undefined;
    if (next === undefined && goes(way) && !isError) {
      setWanted(way);
      if (settled) log.near(way);
      else onView({ ...view, at: around });
      return;
    }
    setWanted(null);
    if (next !== undefined) onView({ ...view, look: next });
  });
  useEffect(() => {
    if (wanted !== null && !isFetching) walk(wanted);
  }, [wanted, isFetching]);
  const step = (way: Way): (() => void) | null =>
    goes(way) || beside(log.rows, look, way) !== undefined ? () => setWanted(way) : null;
  return { newer: step('newer'), older: step('older'), busy: wanted };
};
