import '@mantine/dates/styles.layer.css';
import { t } from '@lingui/core/macro';
import { DatePickerInput, type DayOfWeek } from '@mantine/dates';
import { dayText, firstDayOfWeek } from './calendar-days.ts';

type Props = Readonly<{
  label: string;
  /** `2026-11-30`, or nothing. */
  value: string;
  placeholder?: string;
  min?: string | undefined;
  max?: string | undefined;
  isWrong?: boolean;
  /** What the button that takes the day away says; without it there is none. */
  clear?: string | undefined;
  onChange: (day: string) => void;
}>;

/** A day, chosen from a calendar. Heavy: load it with what needs it. */
export const DayField = ({ label, value, placeholder = t`Day`, min, max, isWrong = false, clear, onChange }: Props) => (
  <DatePickerInput
    flex="1 1 130px"
    aria-label={value === '' ? label : t`${label}: ${dayText(value, 'withYear')}`}
    placeholder={placeholder}
    value={value === '' ? null : value}
    valueFormatter={({ date }) => (typeof date === 'string' ? dayText(date, 'withYear') : '')}
    onChange={(day) => onChange(day ?? '')}
    {...(min === undefined ? {} : { minDate: min })}
    {...(max === undefined ? {} : { maxDate: max })}
    error={isWrong}
    clearable={clear !== undefined}
    clearButtonProps={{ 'aria-label': clear }}
    clearSectionMode="clear"
    hideOutsideDates
    weekendDays={[]}
    firstDayOfWeek={firstDayOfWeek() as DayOfWeek} // it is one of seven
    // Its role names a label that isn't there; where it stands, in a dialog or on the page, it needs none.
    popoverProps={{ withRoles: false, withinPortal: false, returnFocus: true }}
    ariaLabels={{ previousMonth: t`Month before`, nextMonth: t`Month after` }}
  />
);
