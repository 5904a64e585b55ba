import { millisText } from '../../ui/duration.tsx';
import { instantText } from '../../ui/instant.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './chart.module.css';

/** `share`: of the whole, where that says something. */
export type TipValue = Readonly<{ label: string; colour: string; ms: number; share?: string }>;
/** `left`: of the pointer, px within the plot. `at`: seconds since 1970. */
type Props = Readonly<{ left: number; at: number | undefined; values: readonly TipValue[] }>;

/** The values under the pointer; a screen reader has the table. */
export const ChartTooltip = ({ left, at, values }: Props) => {
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
    </div>
  );
};
