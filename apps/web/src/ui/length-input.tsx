import { t } from '@lingui/core/macro';
import { Group, NumberInput, type NumberInputProps, Select } from '@mantine/core';
import { useState } from 'react';
import styles from './length-input.module.css';

const units = { min: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof units;
const names = () => [
  { value: 'min', label: t`minutes` },
  { value: 'h', label: t`hours` },
  { value: 'd', label: t`days` },
];

/** The largest unit that tells it in whole numbers. */
const unitOf = (ms: number): Unit => (ms > 0 && ms % units.d === 0 ? 'd' : ms > 0 && ms % units.h === 0 ? 'h' : 'min');

type Props = Readonly<{ label: string; value: number; onChange: (ms: number) => void }> &
  Omit<NumberInputProps, 'label' | 'value' | 'onChange'>;

/** A length of time, typed as a number with its unit; kept in milliseconds. */
export const LengthInput = ({ label, value, onChange, ...rest }: Props) => {
  const [unit, setUnit] = useState<Unit>(() => unitOf(value));
  return (
    <Group gap={6} align="flex-end" wrap="nowrap">
      <NumberInput
        label={label}
        classNames={{ label: styles.label ?? '' }}
        flex={1}
        miw={0}
        min={0}
        value={value / units[unit]}
        onChange={(amount) => onChange(Math.round(Number(amount) * units[unit]))}
        {...rest}
      />
      <Select
        aria-label={t`${label}: unit`}
        w={112}
        flex="none"
        allowDeselect={false}
        data={names()}
        value={unit}
        onChange={(next) => {
          if (next !== 'min' && next !== 'h' && next !== 'd') return;
          onChange(Math.round((value / units[unit]) * units[next]));
          setUnit(next);
        }}
      />
    </Group>
  );
};
