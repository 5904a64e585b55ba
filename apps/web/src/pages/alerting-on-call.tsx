import { AlertPreview } from '../features/alert-preview/alert-preview.tsx';
import { usePeople } from '../features/members/queries.ts';
import { ScheduleEditor } from '../features/on-call/schedule-editor.tsx';
import { SchedulesList } from '../features/on-call/schedules-list.tsx';
import styles from './pages.module.css';

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
      <ScheduleEditor
        key={edit}
        scheduleId={edit}
        people={people}
        preview={(change) => <AlertPreview change={change} />}
        onDone={() => onEdit(undefined)}
      />
    </div>
  );
};
