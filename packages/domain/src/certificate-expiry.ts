/** Days before a certificate's end that people are warned at; 0 = it has ended. */
export const certificateThresholds = [30, 14, 7, 3, 1, 0] as const;

const dayMs = 86_400_000;

/**
 * The warning that is due and was not given yet, the most urgent one alone: who hears of 3 days needs no word of 30.
 * Moments are epoch ms. Null = nothing to say.
 */
export const certificateWarning = ({
  notAfter,
  toldDays,
  now,
}: Readonly<{ notAfter: number; toldDays: readonly number[]; now: number }>): number | null => {
  const reached = certificateThresholds.filter((days) => notAfter - now <= days * dayMs);
  const most = reached.at(-1);
  if (most === undefined || toldDays.some((days) => days <= most)) return null;
  return most;
};
