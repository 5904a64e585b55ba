import { addDays, dayAt, dayText, weekOf } from '../../ui/calendar-days.ts';
import { RangeBar } from '../../ui/range-bar.tsx';
import { useZone } from '../../ui/zone.ts';
import { shownDays } from './calendar.tsx';

/** The first day of the week that is now. */
export const useThisWeek = (): string => weekOf(dayAt(Date.now(), useZone()));

type Props = Readonly<{ from: string; onFrom: (from: string | undefined) => void }>;

/** Which two weeks are shown; a week earlier or later at a time. */
export const OnCallRange = ({ from, onFrom }: Props) => (
  <RangeBar
    onEarlier={() => onFrom(addDays(from, -7))}
    onToday={() => onFrom(undefined)}
    onLater={() => onFrom(addDays(from, 7))}
  >
    {`${dayText(from, 'dayAndMonth')} – ${dayText(addDays(from, shownDays - 1), 'withYear')}`}
  </RangeBar>
);
