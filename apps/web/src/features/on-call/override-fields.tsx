import { t } from '@lingui/core/macro';
import { ActionIcon, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Choice } from '../../ui/choice.ts';
import { WallField } from '../../ui/wall-field.tsx';
import styles from './on-call.module.css';
import type { ScheduleForm } from './rotation-fields.tsx';

type Props = Readonly<{ form: ScheduleForm; at: number; people: readonly Choice[] }>;

/** Somebody steps in, for once. */
export const OverrideFields = ({ form, at, people }: Props) => {
  const path = `overrides.${at}`;
  return (
    <fieldset className={styles.override} aria-label={t`Override ${at + 1}`}>
      <Select
        className={styles.grow}
        label={t`Who steps in`}
        searchable
        data={people}
        {...form.getInputProps(`${path}.accountId`)}
      />
      <WallField className={styles.grow} label={t`From`} {...form.getInputProps(`${path}.from`)} />
      <WallField className={styles.grow} label={t`Until`} {...form.getInputProps(`${path}.until`)} />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        mt={27}
        aria-label={t`Remove override ${at + 1}`}
        onClick={() => form.removeListItem('overrides', at)}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </fieldset>
  );
};
