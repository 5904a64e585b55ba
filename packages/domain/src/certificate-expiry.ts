/** Days before a certificate's end that people are warned at; 0 = it has ended. */
export const certificateThresholds = [30, 14, 7, 3, 1, 0] as const;

const dayMs = 86_400_000;

/** The thresholds that a certificate's end has come within, the most urgent one last. Moments are epoch ms. */
export const dueThresholds = ({ notAfter, now }: Readonly<{ notAfter: number; now: number }>): readonly number[] =>
  certificateThresholds.filter((days) => notAfter - now <= days * dayMs);

/**
 * The warning that is due and was not given yet, the most urgent one alone: who hears of 3 days needs no word of 30.
 * `toldDays` belongs to this certificate: a new one begins with none. Null = nothing to say.
 */
export const certificateWarning = ({
  notAfter,
  toldDays,
  now,
}: Readonly<{ notAfter: number; toldDays: readonly number[]; now: number }>): number | null => {
  const most = dueThresholds({ notAfter, now }).at(-1);
  return most === undefined || toldDays.some((days) => days <= most) ? null : most;
};
