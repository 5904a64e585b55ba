import { t } from '@lingui/core/macro';
import { ActionIcon, Input, Select } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type Choice, labelOf } from '../../ui/choice.ts';
import { Rows } from '../../ui/rows.tsx';
import styles from './on-call.module.css';

type Props = Readonly<{
  people: readonly Choice[];
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
  error: ReactNode;
}>;

const swapped = (list: readonly string[], a: number, b: number): readonly string[] =>
  list.map((each, at) => (at === a ? (list[b] ?? each) : at === b ? (list[a] ?? each) : each));

/** People in the order of their turns. */
export const ParticipantsField = ({ people, value, onChange, error }: Props) => (
  <Input.Wrapper label={t`Who takes turns, in this order`} labelElement="div" error={error}>
    <ol className={styles.turns}>
      <Rows of={value}>
        {(accountId, at) => {
          const name = labelOf(people, accountId, t`somebody who left`);
          return (
            <li className={styles.turn}>
              <span className={styles.turnName}>{name}</span>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={at === 0}
                aria-label={t`${name} earlier`}
                onClick={() => onChange(swapped(value, at, at - 1))}
              >
                <IconArrowUp size={15} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={at === value.length - 1}
                aria-label={t`${name} later`}
                onClick={() => onChange(swapped(value, at, at + 1))}
              >
                <IconArrowDown size={15} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t`Take ${name} out`}
                onClick={() => onChange(value.toSpliced(at, 1))}
              >
                <IconX size={15} aria-hidden />
              </ActionIcon>
            </li>
          );
        }}
      </Rows>
    </ol>
    <Select
      aria-label={t`Add a person to the turns`}
      placeholder={t`Add a person`}
      searchable
      data={people}
      value={null}
      onChange={(accountId) => accountId !== null && onChange([...value, accountId])}
    />
  </Input.Wrapper>
);
