export type Reminding = Readonly<{
  /** When people first heard, or will hear, of it. */
  openedAt: number;
  /** Null = no reminders. */
  remindEveryMs: number | null;
  lastAt: number | null;
  now: number;
  snoozedUntil: number | null;
}>;

/** When those who were told are told again that it lasts (epoch ms); null = never. One that was missed is not made up for. */
export const nextReminderAt = ({ openedAt, remindEveryMs, lastAt, now, snoozedUntil }: Reminding): number | null => {
  if (remindEveryMs === null) return null;
  const planned = (lastAt ?? openedAt) + remindEveryMs;
  return Math.max(planned <= now && lastAt !== null ? now + remindEveryMs : planned, snoozedUntil ?? 0);
};
