import type { ScheduleView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { addDays, startOfDay } from '../../ui/calendar-days.ts';
import type { Choice } from '../../ui/choice.ts';
import { Problem } from '../../ui/problem.tsx';
import { useZone } from '../../ui/zone.ts';
import { Calendar, shownDays, type Track } from './calendar.tsx';
import { GapsNote } from './gaps-note.tsx';
import styles from './on-call.module.css';
import { shiftsQuery, unsavedShiftsQuery } from './queries.ts';
import { ShiftList } from './shift-list.tsx';
import { overrideSpans, peopleIn, type Span, spansOf } from './spans.ts';
import { useOverrides } from './use-overrides.tsx';

/** Calendars to choose from are heavy, and most people come to look. */
const TakeOver = lazy(async () => ({ default: (await import('./take-over.tsx')).TakeOver }));

type Range = Readonly<{ from: string; to: string }>;
/** Whole days of the reader’s calendar, as moments. */
export const momentsOf = (from: string, zone: string): Range => ({
  from: new Date(startOfDay(from, zone)).toISOString(),
  to: new Date(startOfDay(addDays(from, shownDays), zone)).toISOString(),
});

/** The rotations and overrides apart, each as it would be alone; asked for when somebody wants to see them. */
const useLayers = ({ name, rotations, overrides }: ScheduleView, range: Range, open: boolean): readonly Track[] => {
  const queries = rotations.map((rotation) => ({
    ...unsavedShiftsQuery({ name, rotations: [rotation], overrides: [] }, range.from, range.to),
    enabled: open,
  }));
  const found = useQueries({ queries });
  if (!open) return [];
  return [
    ...(overrides.length === 0
      ? []
      : [{ id: 'overrides', name: t`Overrides`, spans: overrideSpans(overrides), layer: true }]),
    ...found.map(({ data }, at) => ({
      id: `rotation ${at}`,
      name: t`Rotation ${at + 1} (${rotations[at]?.timeZone ?? ''})`,
      spans: spansOf(data ?? [], []),
      layer: true,
    })),
  ];
};

/** A zone of its own is said: its hand-overs keep to that zone’s clock. */
const OtherZones = ({ rotations }: Pick<ScheduleView, 'rotations'>) => {
  const zone = useZone();
  const others = [...new Set(rotations.map(({ timeZone }) => timeZone))].filter((name) => name !== zone).join(', ');
  return others === '' ? null : (
    <p className={styles.soft}>
      <Trans>
        Its hand-overs keep to the clock of {others}; the calendar shows them in {zone}.
      </Trans>
    </p>
  );
};

type Props = Readonly<{
  schedule: ScheduleView;
  people: readonly Choice[];
  from: string;
  onFrom: (from: string) => void;
}>;

/** Of which time somebody takes over, if they do, and what saves it. */
const useTaking = (scheduleId: string, spans: readonly Span[]) => {
  const zone = useZone();
  const [taken, take] = useState<Span | null>(null);
  const overrides = useOverrides(scheduleId);
  const open = (span: Span): void => {
    overrides.reset();
    const now = Math.floor(Date.now() / 60_000) * 60_000;
    take(span.from < now && now < span.until ? { ...span, from: now } : span);
  };
  const openDay = (day: string): void => {
    const [begin, end] = [startOfDay(day, zone), startOfDay(addDays(day, 1), zone)];
    const on = spans.find((span) => span.from < end && span.until > begin);
    open({ accountId: on?.accountId ?? null, override: null, from: begin, until: end });
  };
  return { taken, overrides, open, openDay, close: () => take(null) };
};

type TakingProps = Pick<Props, 'schedule' | 'people'> & Readonly<{ taking: ReturnType<typeof useTaking> }>;
const Taking = ({ schedule, people, taking: { taken, overrides, close } }: TakingProps) =>
  taken === null ? null : (
    <Suspense>
      <TakeOver
        scheduleName={schedule.name}
        span={taken}
        people={people}
        state={{ busy: overrides.isPending, error: overrides.error }}
        onAdd={(override) => overrides.mutate({ kind: 'add', override }, { onSuccess: close })}
        onRemove={(override) => overrides.mutate({ kind: 'remove', override }, { onSuccess: close })}
        onClose={close}
      />
    </Suspense>
  );

type MoreProps = Readonly<{ layered: boolean; listed: boolean; onLayers: () => void; onList: () => void }>;
const More = ({ layered, listed, onLayers, onList }: MoreProps) => (
  <div className={styles.acts}>
    <Button variant="default" size="xs" aria-expanded={layered} onClick={onLayers}>
      {layered ? <Trans>Hide the layers</Trans> : <Trans>Show the layers</Trans>}
    </Button>
    <Button variant="default" size="xs" aria-expanded={listed} onClick={onList}>
      {listed ? <Trans>Hide the list</Trans> : <Trans>Show as a list</Trans>}
    </Button>
  </div>
);

/** Two weeks of a schedule that can be handed to somebody else, a shift or a day at a time. */
export const ScheduleCalendar = ({ schedule, people, from, onFrom }: Props) => {
  const range = momentsOf(from, useZone());
  const query = useQuery({
    ...shiftsQuery(schedule.id, range.from, range.to),
    placeholderData: (before, last) => (last?.queryKey[1] === schedule.id ? before : undefined),
  });
  const [layered, layers] = useDisclosure(false);
  const [listed, list] = useDisclosure(false);
  const spans = spansOf(query.data ?? [], schedule.overrides);
  const taking = useTaking(schedule.id, spans);
  const result = { id: 'result', name: t`Who is on call`, spans, layer: false };
  const tracks = [result, ...useLayers(schedule, range, layered)];
  if (query.status === 'error')
    return (
      <Problem title={t`The shifts could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
    );
  return (
    <div className={styles.stack} aria-busy={query.isFetching}>
      <Calendar
        label={t`Calendar of ${schedule.name}`}
        {...{ tracks, people, from, onFrom }}
        order={peopleIn(schedule)}
        onSpan={taking.open}
        onDay={taking.openDay}
      />
      <GapsNote spans={spans} />
      <OtherZones rotations={schedule.rotations} />
      <More {...{ layered, listed }} onLayers={layers.toggle} onList={list.toggle} />
      {listed ? <ShiftList {...{ spans, people }} onSpan={taking.open} /> : null}
      <Taking {...{ schedule, people, taking }} />
    </div>
  );
};

type UnsavedProps = Readonly<{
  /** As it would be saved; null while the form isn’t valid. */
  schedule: Parameters<typeof unsavedShiftsQuery>[0] | null;
  people: readonly Choice[];
  from: string;
  onFrom: (from: string) => void;
}>;

/** The calendar of a schedule that somebody is about to save. */
export const UnsavedCalendar = ({ schedule, people, from, onFrom }: UnsavedProps) => {
  const range = momentsOf(from, useZone());
  const query = useQuery({
    ...unsavedShiftsQuery(schedule ?? { name: '', rotations: [] }, range.from, range.to),
    enabled: schedule !== null,
    placeholderData: keepPreviousData,
  });
  const spans = spansOf(query.data ?? [], schedule?.overrides ?? []);
  return (
    <div className={styles.stack} aria-busy={query.isFetching}>
      <Calendar
        label={t`Calendar of what is not saved yet`}
        tracks={[{ id: 'result', name: t`Who would be on call`, spans, layer: false }]}
        {...{ people, from, onFrom }}
        order={peopleIn(schedule ?? { rotations: [] })}
      />
      {query.status === 'error' ? (
        <Problem title={t`The shifts could not be reckoned`} error={query.error} onRetry={() => void query.refetch()} />
      ) : schedule === null ? (
        <p className={styles.soft}>
          <Trans>It shows who would be on call as soon as the form is complete.</Trans>
        </p>
      ) : (
        <GapsNote spans={spans} />
      )}
    </div>
  );
};
