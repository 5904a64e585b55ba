import { usePeople } from '../features/members/queries.ts';
import { ScheduleEditor } from '../features/on-call/schedule-editor.tsx';
import { SchedulesList } from '../features/on-call/schedules-list.tsx';
import card from '../ui/page.module.css';
import styles from './pages.module.css';

type Props = Readonly<{ edit: string | undefined; onEdit: (scheduleId: string | undefined) => void }>;

export const AlertingOnCall = ({ edit, onEdit }: Props) => {
  const people = usePeople();
  return edit === undefined ? (
    <div className={card.card}>
      <SchedulesList people={people} onEdit={onEdit} />
    </div>
  ) : (
    <div className={styles.panel}>
      <ScheduleEditor key={edit} scheduleId={edit} people={people} onDone={() => onEdit(undefined)} />
    </div>
  );
};
