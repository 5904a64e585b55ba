import type { ScheduleView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { realDay } from '../../ui/calendar-days.ts';
import type { Choice } from '../../ui/choice.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import card from '../../ui/page.module.css';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { tellUndo } from '../../ui/undo-message.tsx';
import { useReady } from '../../ui/use-ready.ts';
import { useZone } from '../../ui/zone.ts';
import { NowAndNext, nowQuery } from './now-and-next.tsx';
import styles from './on-call.module.css';
import { schedulesQuery, shiftsQuery, useDeleteSchedule, useRestoreSchedule } from './queries.ts';
import { OnCallRange, useThisWeek } from './range.tsx';
import { momentsOf, ScheduleCalendar } from './schedule-calendar.tsx';

const Delete = ({ schedule }: { readonly schedule: ScheduleView }) => {
  const [asking, ask] = useDisclosure(false);
  const { mutateAsync: restore } = useRestoreSchedule();
  const remove = useDeleteSchedule(() => {
    ask.close();
    tellUndo(t`${schedule.name} is deleted.`, () => restore(schedule.id));
  });
  return (
    <>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`Delete ${schedule.name}`} onClick={ask.open}>
        <IconTrash size={17} aria-hidden />
      </ActionIcon>
      <Confirm
        opened={asking}
        title={t`Delete ${schedule.name}?`}
        action={t`Delete schedule`}
        busy={remove.isPending}
        error={remove.error}
        onClose={ask.close}
        onConfirm={() => remove.mutate(schedule.id)}
      >
        <Trans>It goes with its rotations and overrides. One that a policy uses can’t be deleted.</Trans>
      </Confirm>
    </>
  );
};

type Props = Readonly<{
  people: readonly Choice[];
  onEdit: (scheduleId: string) => void;
  /** The first day that is shown; none = this week. */
  from: string | undefined;
  onFrom: (from: string | undefined) => void;
}>;
type RowProps = Pick<Props, 'people' | 'onEdit' | 'onFrom'> & Readonly<{ schedule: ScheduleView; from: string }>;

const Row = ({ schedule, people, onEdit, from, onFrom }: RowProps) => (
  <li className={styles.schedule}>
    <div className={styles.head}>
      <div className={styles.text}>
        <h2 className={styles.name}>{schedule.name}</h2>
      </div>
      <div className={styles.acts}>
        <Button variant="default" size="sm" aria-label={t`Edit ${schedule.name}`} onClick={() => onEdit(schedule.id)}>
          <Trans>Edit</Trans>
        </Button>
        <Delete schedule={schedule} />
      </div>
    </div>
    <NowAndNext schedule={schedule} people={people} />
    <ScheduleCalendar {...{ schedule, people, from, onFrom }} />
  </li>
);

type AllProps = Pick<Props, 'people' | 'onEdit' | 'onFrom'> &
  Readonly<{ schedules: readonly ScheduleView[]; from: string }>;

/** All of them at once, when their first answers are there: one that came later would push the others aside. */
const All = ({ schedules, from, ...rest }: AllProps) => {
  const zone = useZone();
  const [now] = useState(() => Date.now());
  const range = momentsOf(from, zone);
  const queries = schedules.flatMap(({ id }) => [shiftsQuery(id, range.from, range.to), nowQuery(id, now, zone)]);
  const waiting = useQueries({ queries }).some(({ isPending }) => isPending);
  const ready = useReady(waiting);
  if (!ready) return waitingForSchedules();
  return (
    <div className={styles.stack}>
      <OnCallRange from={from} onFrom={rest.onFrom} />
      <ul className={styles.list}>
        {schedules.map((schedule) => (
          <Row key={schedule.id} {...{ schedule, from }} {...rest} />
        ))}
      </ul>
    </div>
  );
};
const waitingForSchedules = () => <Skeletons rows={1} height={340} label={t`Loading the schedules`} />;

/** Every schedule as a calendar, with who is on call now and next. */
export const SchedulesList = ({ people, onEdit, from, onFrom }: Props) => {
  const thisWeek = useThisWeek();
  const first = (from === undefined ? null : realDay(from)) ?? thisWeek;
  const query = useQuery(schedulesQuery);
  switch (query.status) {
    case 'pending':
      return waitingForSchedules();
    case 'error':
      return (
        <Problem
          title={t`The schedules could not be loaded`}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      );
    case 'success':
      return query.data.length === 0 ? (
        <div className={card.card}>
          <EmptyState
            title={t`Nobody is on call`}
            action={
              <Button onClick={() => onEdit('new')}>
                <Trans>Make a schedule</Trans>
              </Button>
            }
          >
            <Trans>A schedule says whose turn it is to be woken. Escalation policies tell whoever is on call.</Trans>
          </EmptyState>
        </div>
      ) : (
        <All schedules={query.data} {...{ people, onEdit, onFrom }} from={first} />
      );
  }
};
