import type { IncidentView } from '@farwatch/contracts';
import { Select } from '@mantine/core';
import { messageOf } from '../../api/call-error.ts';
import type { Choice } from '../../ui/choice.ts';
import styles from './incidents.module.css';
import { useDeed } from './queries.ts';

type Props = Readonly<{ incident: IncidentView; people: readonly Choice[] }>;

/** Whose it is to look after, apart from who answered first. */
export const Assignee = ({ incident, people }: Props) => {
  const deed = useDeed(incident.id);
  const { assigneeId } = incident;
  const left = assigneeId !== null && !people.some(({ value }) => value === assigneeId);
  return (
    <Select
      className={styles.assignee}
      label="Assigned to"
      placeholder="Nobody"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Assign to nobody' }}
      data={left ? [...people, { value: assigneeId, label: 'Somebody who left' }] : people}
      value={assigneeId}
      disabled={deed.isPending}
      error={deed.isError ? messageOf(deed.error) : undefined}
      onChange={(accountId) => deed.mutate({ kind: 'assign', accountId })}
    />
  );
};
