import { millisText } from '../../ui/duration.tsx';
import { instantText } from '../../ui/instant.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './chart.module.css';
import type { ChartMark } from './chart-marks.ts';

/** `share`: of the whole, where that says something. */
export type TipValue = Readonly<{ label: string; colour: string; ms: number; share?: string }>;
/** `left`: of the pointer, px within the plot. `at`: seconds since 1970. */
type Props = Readonly<{
  left: number;
  at: number | undefined;
  values: readonly TipValue[];
  /** What happened about then. */
  marks: readonly ChartMark[];
}>;

/** The values under the pointer; a screen reader has the table. */
export const ChartTooltip = ({ left, at, values, marks }: Props) => {
  const zone = useZone();
  if (at === undefined) return null;
  return (
    <div
      className={styles.tip}
      aria-hidden="true"
      style={{ left: `clamp(0px, ${Math.round(left) + 64}px, calc(100% - 240px))` }}
    >
      <span className={styles.tipTime}>{instantText(new Date(at * 1_000).toISOString(), zone)}</span>
      {values.map(({ label, colour, ms, share }) => (
        <span key={label} className={styles.tipLine}>
          <span className={styles.swatch} style={{ background: `var(${colour})` }} />
          {label}
          {share === undefined ? null : <span className={styles.share}>{share}</span>}
          <b>{millisText(ms)}</b>
        </span>
      ))}
      {marks.map(({ at: markedAt, kind, word, text, Icon }) => (
        <span key={`${markedAt} ${kind} ${text}`} className={styles.tipMark}>
          <Icon size={14} aria-hidden />
          <span>
            {word}: {text}
          </span>
        </span>
      ))}
    </div>
  );
};
