import { t } from '@lingui/core/macro';
import { useNow } from './clock.ts';

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;
type Unit = (typeof units)[number][0];

/** Short, with a space and without a comma: no style of Intl.DurationFormat writes them so. */
const counted = (count: number | string, unit: Unit | 'millisecond'): string => {
  switch (unit) {
    case 'day':
      return t`${count} d`;
    case 'hour':
      return t`${count} h`;
    case 'minute':
      return t`${count} min`;
    case 'second':
      return t`${count} s`;
    case 'millisecond':
      return t`${count} ms`;
  }
};

/** A length for people, its two largest units: `4 min 12 s`, `3 d 2 h`; below ten seconds `840 ms`, `1.2 s`. */
export const durationText = (ms: number): string => {
  if (ms < 1_000) return counted(Math.max(0, Math.round(ms)), 'millisecond');
  if (ms < 10_000) return counted((ms / 1_000).toFixed(1), 'second');
  const whole = Math.floor(ms / 1_000) * 1_000;
  const first = units.findIndex(([, size]) => whole >= size);
  const parts = units.slice(first, first + 2).flatMap(([unit, size], at) => {
    const left = at === 0 ? whole : whole % (units[first]?.[1] ?? size);
    const count = Math.floor(left / size);
    return count === 0 ? [] : [counted(count, unit)];
  });
  return parts.join(' ');
};

/** Milliseconds as they are read in a table: `38 ms`, `1.24 s`. */
export const millisText = (ms: number): string => {
  if (ms >= 1_000) return counted((ms / 1_000).toFixed(2), 'second');
  return counted(ms >= 10 || ms === 0 ? Math.round(ms) : ms.toFixed(1), 'millisecond');
};

export const Duration = ({ ms }: { readonly ms: number }) => (
  <span title={counted(Math.round(ms), 'millisecond')}>{durationText(ms)}</span>
);

/** How long ago something began; counts on by itself. */
export const Since = ({ at }: { readonly at: string }) => {
  const began = Date.parse(at);
  const now = useNow();
  const ms = Math.max(0, now - began);
  return <span>{ms < 10_000 ? counted(Math.floor(ms / 1_000), 'second') : durationText(ms)}</span>;
};
