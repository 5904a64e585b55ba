import { t } from '@lingui/core/macro';
import { Chip, Group, Input } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { dayNames, type WeekWindow } from './week-window.ts';
import styles from './week-window-fields.module.css';

const TimeField = lazy(async () => ({ default: (await import('./time-field.tsx')).TimeField }));

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
      <Suspense>
        <TimeField labelled label={t`From`} value={value.from} onChange={(from) => onChange({ ...value, from })} />
        <TimeField
          labelled
          label={t`Until`}
          description={
            value.from !== '' && value.until !== '' && value.until <= value.from ? t`on the next day` : undefined
          }
          value={value.until}
          onChange={(until) => onChange({ ...value, until })}
        />
      </Suspense>
    </div>
  </Input.Wrapper>
);
