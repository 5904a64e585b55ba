import '@mantine/dates/styles.layer.css';
import { t } from '@lingui/core/macro';
import { TimePicker, type TimePickerProps } from '@mantine/dates';
import { twelveHours } from './hour-cycle.ts';

type Props = Readonly<{
  label: string;
  /** `09:30`, or nothing. */
  value: string;
  /** Whether the label stands above it. */
  labelled?: boolean;
  isWrong?: boolean;
  onChange: (time: string) => void;
}> &
  Pick<TimePickerProps, 'description'>;

/** A time of day, by the clock that the person reads. Heavy: load it with what needs it. */
export const TimeField = ({ label, value, labelled = false, isWrong = false, onChange, ...look }: Props) => (
  <TimePicker
    {...look}
    label={labelled ? label : undefined}
    inputWrapperOrder={['label', 'input', 'description', 'error']}
    value={value}
    onChange={(time) => onChange(time.slice(0, 5))}
    error={isWrong}
    format={twelveHours() ? '12h' : '24h'}
    amPmLabels={{ am: t`AM`, pm: t`PM` }}
    hoursInputLabel={t`${label}: hours`}
    minutesInputLabel={t`${label}: minutes`}
    amPmInputLabel={t`${label}: before or after noon`}
  />
);
