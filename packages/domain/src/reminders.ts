export type Reminding = Readonly<{
  /** When people first heard, or will hear, of it. */
  openedAt: number;
  /** Null = no reminders. */
  remindEveryMs: number | null;
  lastAt: number | null;
  now: number;
  snoozedUntil: number | null;
}>;

/**
 * When those who were told are told again that it lasts (epoch ms); null = never. One that was missed is due now, once:
 * the next one counts from when it was told. Asking again puts nothing off.
 */
export const nextReminderAt = ({ openedAt, remindEveryMs, lastAt, now, snoozedUntil }: Reminding): number | null =>
  remindEveryMs === null ? null : Math.max((lastAt ?? openedAt) + remindEveryMs, snoozedUntil ?? 0, now);
