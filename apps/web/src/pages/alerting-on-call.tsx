import { t } from '@lingui/core/macro';
import { lazy, Suspense } from 'react';
import { AlertPreview } from '../features/alert-preview/alert-preview.tsx';
import { usePeople } from '../features/members/queries.ts';
import { SchedulesList } from '../features/on-call/schedules-list.tsx';
import { Skeletons } from '../ui/skeletons.tsx';
import styles from './pages.module.css';

/** Its form comes when somebody opens one. */
const ScheduleEditor = lazy(async () => ({
  default: (await import('../features/on-call/schedule-editor.tsx')).ScheduleEditor,
}));

type Props = Readonly<{
  edit: string | undefined;
  onEdit: (scheduleId: string | undefined) => void;
  /** The first day of the calendars; none = this week. */
  from: string | undefined;
  onFrom: (from: string | undefined) => void;
}>;

export const AlertingOnCall = ({ edit, onEdit, from, onFrom }: Props) => {
  const people = usePeople();
  return edit === undefined ? (
    <SchedulesList {...{ people, onEdit, from, onFrom }} />
  ) : (
    <div className={styles.panel}>
      <Suspense fallback={<Skeletons rows={5} height={72} label={t`Loading the schedule`} />}>
        <ScheduleEditor
          key={edit}
          scheduleId={edit}
          people={people}
          preview={(change) => <AlertPreview change={change} />}
          onDone={() => onEdit(undefined)}
        />
      </Suspense>
    </div>
  );
};
