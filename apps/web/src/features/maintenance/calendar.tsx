import type { NamedOccurrence } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { addDays, addMonths, dayAt, dayText, monthOf, startOfDay, weeksOf } from '../../ui/calendar-days.ts';
import { Problem } from '../../ui/problem.tsx';
import { RangeBar } from '../../ui/range-bar.tsx';
import { useReady } from '../../ui/use-ready.ts';
import { useZone } from '../../ui/zone.ts';
import { Agenda } from './agenda.tsx';
import styles from './maintenance.module.css';
import { Month } from './month.tsx';
import { occurrencesQuery, windowsQuery } from './queries.ts';

/** All that is seen of a month, as moments: the days around it too. */
const momentsOf = (month: string, zone: string): readonly [string, string] => {
  const days = weeksOf(month).flat();
  const iso = (day: string) => new Date(startOfDay(day, zone)).toISOString();
  return [iso(days[0] ?? ''), iso(addDays(days.at(-1) ?? '', 1))];
};

/** Whether the first answers are there: until then nothing is drawn that they would push aside. */
export const useCalendarReady = (given: string | undefined): boolean => {
  const zone = useZone();
  const month = given ?? monthOf(dayAt(Date.now(), zone));
  const windows = useQuery(windowsQuery).isPending;
  const occurrences = useQuery(occurrencesQuery(...momentsOf(month, zone))).isPending;
  return useReady(windows || occurrences);
};

/** The time of a window that begins at a moment, if the month shows it. */
export const useOccurrence = (
  month: string | undefined,
  windowId: string | undefined,
  from: string | undefined,
): NamedOccurrence | null => {
  const zone = useZone();
  const { data } = useQuery(occurrencesQuery(...momentsOf(month ?? monthOf(dayAt(Date.now(), zone)), zone)));
  return data?.items.find((one) => one.windowId === windowId && one.from === from) ?? null;
};

type Props = Readonly<{
  /** `2026-11`; none = the present one. */
  month: string | undefined;
  onMonth: (month: string | undefined) => void;
  onDay: (day: string) => void;
  onOpen: (occurrence: NamedOccurrence) => void;
}>;

/** When there is maintenance, a month at a time: a grid where there is room, else a list. */
export const MaintenanceCalendar = ({ month: given, onMonth, onDay, onOpen }: Props) => {
  const zone = useZone();
  const thisMonth = monthOf(dayAt(Date.now(), zone));
  const month = given ?? thisMonth;
  const narrow = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false }) === true;
  const query = useQuery(occurrencesQuery(...momentsOf(month, zone)));
  const occurrences = query.data?.items ?? [];
  const go = (next: string): void => onMonth(next === thisMonth ? undefined : next);
  const step = (by: number): void => go(monthOf(addMonths(`${month}-01`, by)));
  return (
    <div className={styles.stack} aria-busy={query.isFetching}>
      <RangeBar onEarlier={() => step(-1)} onToday={() => onMonth(undefined)} onLater={() => step(1)}>
        {dayText(`${month}-01`, 'month')}
      </RangeBar>
      {query.status === 'error' ? (
        <Problem title={t`The calendar could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
      ) : narrow ? (
        <Agenda {...{ month, occurrences, onDay, onOpen }} />
      ) : (
        <Month {...{ month, occurrences, onDay, onOpen }} onMonth={go} />
      )}
      {query.data?.isCut === true ? (
        <p className={styles.soft}>
          <Trans>There is more than a thousand times in this month: only the first are shown.</Trans>
        </p>
      ) : null}
    </div>
  );
};
