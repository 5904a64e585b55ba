import type { QuietHours } from '@farwatch/contracts';
import { useMemo } from 'react';
import { AlertPreview } from '../features/alert-preview/alert-preview.tsx';
import { quietHoursFault } from '../features/quiet-hours/quiet-hours-fault.ts';
import { QuietHoursField } from '../features/quiet-hours/quiet-hours-field.tsx';

type Props = Readonly<{
  value: QuietHours | null;
  onChange: (value: QuietHours | null) => void;
  description: string;
  error?: string | undefined;
  /** Of which channel; null = of whoever is asking; absent = of one that is not made yet, which tells nothing. */
  channelId?: string | null | undefined;
  /** As they are now: only what differs has something to show. */
  saved: QuietHours | null;
}>;

/** Quiet hours with what they would have held back. */
export const QuietHoursSlot = ({ channelId, saved, ...field }: Props) => {
  const { value } = field;
  const whole = quietHoursFault(value) === null;
  const change = useMemo(
    () => (channelId === undefined || !whole ? null : ({ kind: 'quiet-hours', channelId, quietHours: value } as const)),
    [channelId, whole, value],
  );
  const differs = channelId !== undefined && JSON.stringify(value) !== JSON.stringify(saved);
  return <QuietHoursField {...field} preview={differs ? <AlertPreview change={change} /> : null} />;
};
