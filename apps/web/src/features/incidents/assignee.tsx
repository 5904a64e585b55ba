import type { IncidentView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Select } from '@mantine/core';
import { messageOf } from '../../api/call-error.ts';
import type { Choice } from '../../ui/choice.ts';
import { useDeed } from './deeds.ts';
import styles from './incidents.module.css';

type Props = Readonly<{ incident: IncidentView; people: readonly Choice[] }>;

/** Whose it is to look after, apart from who answered first. */
export const Assignee = ({ incident, people }: Props) => {
  const deed = useDeed(incident.id);
  const { assigneeId } = incident;
  const left = assigneeId !== null && !people.some(({ value }) => value === assigneeId);
  return (
    <Select
      className={styles.assignee}
      label={t`Assigned to`}
      placeholder={t`Nobody`}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t`Assign to nobody` }}
      data={left ? [...people, { value: assigneeId, label: t`Somebody who left` }] : people}
      value={assigneeId}
      error={deed.isError ? messageOf(deed.error) : undefined}
      onChange={(accountId) => deed.mutate({ kind: 'assign', accountId })}
    />
  );
};
