import { t } from '@lingui/core/macro';
import { Chip, Group, Input, TextInput } from '@mantine/core';
import { dayNames, type WeekWindow } from './week-window.ts';
import styles from './week-window-fields.module.css';

type Props = Readonly<{ value: WeekWindow; onChange: (value: WeekWindow) => void; error?: string | null }>;

export const WeekWindowFields = ({ value, onChange, error = null }: Props) => (
  <Input.Wrapper labelElement="div" error={error}>
    <Chip.Group
      multiple
      value={value.days.map(String)}
      onChange={(days) => onChange({ ...value, days: days.map(Number).toSorted((a, b) => a - b) })}
    >
      <Group gap={6} role="group" aria-label={t`Days`}>
        {dayNames().map((name, index) => (
          <Chip key={name} size="xs" value={String(index + 1)}>
            {name}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
    <div className={styles.times}>
      <TextInput
        type="time"
        label={t`From`}
        value={value.from}
        onChange={({ currentTarget }) => onChange({ ...value, from: currentTarget.value })}
      />
      <TextInput
        type="time"
        label={t`Until`}
        description={
          value.from !== '' && value.until !== '' && value.until <= value.from ? t`on the next day` : undefined
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={value.until}
        onChange={({ currentTarget }) => onChange({ ...value, until: currentTarget.value })}
      />
    </div>
  </Input.Wrapper>
);
