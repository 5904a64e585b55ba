import type { UptimeView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';

/** `99.98 %`, `100 %`, `–` when nothing is known. Cut, never rounded up: 100 % means not a moment of down. */
export const uptimeText = (ratio: number | null): string => {
  if (ratio === null) return '–';
  if (ratio >= 1) return '100 %';
  const digits = ratio > 0.99 ? 3 : 2;
  // A hair more, so that 0.29 %, which is 28.999… hundredths in binary, is not cut to 0.28; never up to 100.
  const percent = Math.min(Math.floor(ratio * 10 ** (digits + 2) + 1e-6), 10 ** (digits + 2) - 1) / 10 ** digits;
  return `${percent.toFixed(digits)} %`;
};

const lengthText = (ms: number): string => {
  const minutes = ms / 60_000;
  if (minutes < 1) return t`${Math.round(ms / 1_000)} s`;
  if (minutes < 120) return t`${Math.round(minutes)} min`;
  return minutes < 2_880 ? t`${(minutes / 60).toFixed(1)} h` : t`${(minutes / 1_440).toFixed(1)} days`;
};

/** How a figure is reckoned, in words. */
export const reckoning = ({ upMs, downMs, unknownMs, leftOutMs, incidents }: UptimeView): string => {
  const parts = [
    t`up ${lengthText(upMs)}`,
    t`down ${lengthText(downMs)} in ${plural(incidents, { one: '# incident', other: '# incidents' })}`,
  ];
  if (unknownMs > 0) parts.push(t`not known ${lengthText(unknownMs)}, not counted`);
  if (leftOutMs > 0) parts.push(t`in maintenance ${lengthText(leftOutMs)}, left out`);
  return t`Up ÷ (up + down): ${parts.join('; ')}`;
};
