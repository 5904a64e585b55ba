import type { ScheduleView } from '@farwatch/contracts';
import { ActionIcon, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type Choice, labelOf } from '../../ui/choice.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import styles from './on-call.module.css';
import { schedulesQuery, useDeleteSchedule } from './queries.ts';
import { ShiftsPreview } from './shifts-preview.tsx';

const Delete = ({ schedule }: { readonly schedule: ScheduleView }) => {
  const [asking, ask] = useDisclosure(false);
  const remove = useDeleteSchedule();
  return (
    <>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Delete ${schedule.name}`} onClick={ask.open}>
        <IconTrash size={17} aria-hidden />
      </ActionIcon>
      <Confirm
        opened={asking}
        title={`Delete ${schedule.name}?`}
        action="Delete schedule"
        busy={remove.isPending}
        error={remove.error}
        onClose={ask.close}
        onConfirm={() => remove.mutate(schedule.id, { onSuccess: ask.close })}
      >
        Its rotations and overrides are lost. One that a policy uses can’t be deleted.
      </Confirm>
    </>
  );
};

type RowProps = Readonly<{ schedule: ScheduleView; people: readonly Choice[]; onEdit: (scheduleId: string) => void }>;

const Row = ({ schedule, people, onEdit }: RowProps) => (
  <li className={styles.schedule}>
    <div className={styles.head}>
      <div className={styles.text}>
        <span className={styles.name}>{schedule.name}</span>
        {schedule.onCall === null ? (
          <StateBadge tone="warn" quiet>
            Nobody is on call now
          </StateBadge>
        ) : (
          <StateBadge tone="good" quiet>
            On call now: {labelOf(people, schedule.onCall, 'somebody who left')}
          </StateBadge>
        )}
      </div>
      <div className={styles.acts}>
        <Button variant="default" size="sm" aria-label={`Edit ${schedule.name}`} onClick={() => onEdit(schedule.id)}>
          Edit
        </Button>
        <Delete schedule={schedule} />
      </div>
    </div>
    <ShiftsPreview scheduleId={schedule.id} people={people} />
  </li>
);

type Props = Readonly<{ people: readonly Choice[]; onEdit: (scheduleId: string) => void }>;

/** Every schedule, with who is on call now and next. */
export const SchedulesList = ({ people, onEdit }: Props) => {
  const query = useQuery(schedulesQuery);
  switch (query.status) {
    case 'pending':
      return <Skeletons rows={2} height={120} label="Loading the schedules" />;
    case 'error':
      return (
        <Problem title="The schedules could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
      );
    case 'success':
      return query.data.length === 0 ? (
        <EmptyState title="Nobody is on call" action={<Button onClick={() => onEdit('new')}>Make a schedule</Button>}>
          A schedule says whose turn it is to be woken. Escalation policies tell whoever is on call.
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {query.data.map((schedule) => (
            <Row key={schedule.id} schedule={schedule} people={people} onEdit={onEdit} />
          ))}
        </ul>
      );
  }
};
