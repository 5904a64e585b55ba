import { useNow } from './clock.ts';

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** A length for people, its two largest units: `4 min 12 s`, `3 d 2 h`; below ten seconds `840 ms`, `1.2 s`. */
export const durationText = (ms: number): string => {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  const whole = Math.floor(ms / 1_000) * 1_000;
  const first = units.findIndex(([, size]) => whole >= size);
  const parts = units.slice(first, first + 2).flatMap(([unit, size], at) => {
    const left = at === 0 ? whole : whole % (units[first]?.[1] ?? size);
    const count = Math.floor(left / size);
    return count === 0 ? [] : [`${count} ${unit}`];
  });
  return parts.join(' ');
};

/** Milliseconds as they are read in a table: `38 ms`, `1.24 s`. */
export const millisText = (ms: number): string =>
  ms >= 1_000 ? `${(ms / 1_000).toFixed(2)} s` : ms >= 10 || ms === 0 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;

export const Duration = ({ ms }: { readonly ms: number }) => (
  <span title={`${Math.round(ms)} ms`}>{durationText(ms)}</span>
);

/** How long ago something began; counts on by itself. */
export const Since = ({ at }: { readonly at: string }) => {
  const began = Date.parse(at);
  const now = useNow();
  const ms = Math.max(0, now - began);
  return <span>{ms < 10_000 ? `${Math.floor(ms / 1_000)} s` : durationText(ms)}</span>;
};
