import { t } from '@lingui/core/macro';
import { Group, Input } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { DayField } from './day-field.tsx';
import { TimeField } from './time-field.tsx';
import { useTold } from './use-told.ts';

type Props = Readonly<{
  label: string;
  /** What a clock on the wall shows, `2026-11-30T09:00`; nothing until it is whole. */
  value?: string;
  description?: ReactNode;
  error?: ReactNode;
  /** The first day that can be chosen. */
  min?: string;
  className?: string | undefined;
  clearable?: boolean;
  /** What a day that is chosen first begins with; without it the time is asked for. */
  firstTime?: string;
  onChange: (wall: string) => void;
}>;

const dayOf = (wall: string): string => wall.slice(0, 10);
const timeOf = (wall: string): string => wall.slice(11, 16);

/** The two halves, of which the form knows only the whole. */
const useHalves = ({ value = '', onChange }: Pick<Props, 'value' | 'onChange'>) => {
  const [halves, setHalves] = useState({ day: dayOf(value), time: timeOf(value) });
  const say = useTold(value, () => setHalves({ day: dayOf(value), time: timeOf(value) }));
  const set = (next: typeof halves): void => {
    setHalves(next);
    const whole = next.day === '' || next.time === '' ? '' : `${next.day}T${next.time}`;
    if (whole === value) return;
    say(whole);
    onChange(whole);
  };
  return { ...halves, set };
};

/**
 * A day and a time on the wall clock of whichever zone the form is about. Both stay texts: as a date of the device's own
 * zone an hour would be missing on the night when that zone's clock goes forward.
 */
export const WallField = ({
  label,
  description,
  error,
  min,
  className,
  clearable = false,
  firstTime = '',
  ...rest
}: Props) => {
  const { day, time, set } = useHalves(rest);
  const faultId = useId();
  const noteId = useId();
  const isWrong = error !== undefined && error !== null && error !== false;
  return (
    <Input.Wrapper
      className={className}
      miw={250}
      label={label}
      labelElement="div"
      description={description}
      error={error}
      descriptionProps={{ id: noteId }}
      errorProps={{ id: faultId }}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      role="group"
      aria-label={label}
      aria-describedby={[description ? noteId : '', isWrong ? faultId : ''].join(' ').trim() || undefined}
    >
      <Group gap={6} wrap="nowrap">
        <DayField
          label={t`${label}: day`}
          value={day}
          {...{ min, isWrong }}
          clear={clearable ? t`Clear: ${label}` : undefined}
          onChange={(next) => set({ day: next, time: next === '' ? '' : time || firstTime })}
        />
        <TimeField label={label} value={time} isWrong={isWrong} onChange={(next) => set({ day, time: next })} />
      </Group>
    </Input.Wrapper>
  );
};
