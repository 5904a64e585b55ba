import type { IncidentView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { NativeSelect } from '@mantine/core';
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
    <NativeSelect
      className={styles.assignee}
      label={t`Assigned to`}
      data={[
        { value: '', label: t`Nobody` },
        ...people,
        // The list is empty until it is known, and oneself is always on it.
        ...(left ? [{ value: assigneeId, label: people.length === 0 ? '…' : t`Somebody who left` }] : []),
      ]}
      value={assigneeId ?? ''}
      error={deed.isError ? messageOf(deed.error) : undefined}
      onChange={({ currentTarget: { value } }) =>
        deed.mutate({ kind: 'assign', accountId: value === '' ? null : value })
      }
    />
  );
};
