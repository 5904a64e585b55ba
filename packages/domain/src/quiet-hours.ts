import type { Listener } from './alert-order.ts';
import type { Severity } from './severity.ts';
import { isTimeZone, type WallWindow, windowEnd } from './wall-clock.ts';

/** While one of the windows lasts, messages wait; severities in `except` come through. */
export type QuietHours = Readonly<{
  timeZone: string;
  windows: readonly WallWindow[];
  except: readonly Severity[];
}>;

const weekMs = 7 * 86_400_000;

/**
 * When the quiet that holds now ends (epoch ms), windows that adjoin joined; null = it isn't quiet for this severity. A
 * whole week of quiet ends after 7 days: a message that never comes is a lost one. A zone that isn't known is never quiet.
 */
export const quietUntil = (
  { timeZone, windows, except }: QuietHours,
  severity: Severity,
  at: number,
): number | null => {
  if (except.includes(severity) || !isTimeZone(timeZone)) return null;
  let end = at;
  // Every window begins at most once a day, so a week holds no more stretches than this.
  for (let joined = 0; joined <= windows.length * 9; joined++) {
    const ends = windows.flatMap((window) => windowEnd(window, timeZone, end) ?? []);
    const later = Math.max(end, ...ends);
    if (later === end) break;
    end = later;
    if (end >= at + weekMs) return at + weekMs;
  }
  return end === at ? null : end;
};

/** People are told of what shares its cause so long after the first one opened, so that one message names all. */
export const gatherMs = 10_000;

/** When news is due at a channel (epoch ms), and what puts it off. */
export type NewsDue = Readonly<{ dueAt: number; putOffBy: 'quiet-hours' | 'gathered' | null }>;

/**
 * Now or, where it is quiet, afterwards. What is told together with others (`gathered`) waits for them where people read
 * it; a program gets each by itself anyway.
 */
export const newsDueAt = (
  { listener, quiet }: Readonly<{ listener: Listener; quiet: QuietHours | null }>,
  { severity, now, gathered }: Readonly<{ severity: Severity; now: number; gathered: number | null }>,
  /** Whoever asks much keeps the answers. */
  untilOf: typeof quietUntil = quietUntil,
): NewsDue => {
  const until = quiet === null ? null : untilOf(quiet, severity, now);
  if (until !== null) return { dueAt: until, putOffBy: 'quiet-hours' };
  if (gathered === null || gathered <= now || listener === 'program') return { dueAt: now, putOffBy: null };
  return { dueAt: gathered, putOffBy: 'gathered' };
};
