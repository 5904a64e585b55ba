import type { QuietHours } from '@farwatch/contracts';
import { windowFault } from '../../ui/week-window.ts';

/** Why these hours can't be kept, or null. */
export const quietHoursFault = (quiet: QuietHours | null): string | null =>
  quiet?.windows.map(windowFault).find((fault) => fault !== null) ?? null;
