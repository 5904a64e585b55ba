import { instantText } from '../../ui/instant.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './chart.module.css';
import type { ChartMark } from './chart-marks.ts';
import type { Tips } from './chart-tips.ts';

/** `left`: of the pointer, px within the plot. `at`: seconds since 1970. */
type Props = Readonly<{
  left: number;
  at: number | undefined;
  tips: Tips;
  /** What happened about then. */
  marks: readonly ChartMark[];
}>;

const Values = ({ heads, rows }: Tips) => (
  <table className={styles.tipTable}>
    {heads.length === 0 ? null : (
      <thead>
        <tr>
          <td />
          {heads.map((head) => (
            <td key={head}>{head}</td>
          ))}
        </tr>
      </thead>
    )}
    <tbody>
      {rows.map(({ label, colour, cells }) => (
        <tr key={label}>
          <td>
            <span className={styles.swatch} style={colour === undefined ? {} : { background: `var(${colour})` }} />
            {label}
          </td>
          {cells.map((cell, at) => (
            <td key={at}>{cell}</td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

/** The values under the pointer; a screen reader has the table. */
export const ChartTooltip = ({ left, at, tips, marks }: Props) => {
  const zone = useZone();
  if (at === undefined) return null;
  return (
    <div
      className={styles.tip}
      aria-hidden="true"
      style={{ left: `clamp(0px, ${Math.round(left) + 64}px, calc(100% - 272px))` }}
    >
      <span className={styles.tipTime}>{instantText(new Date(at * 1_000).toISOString(), zone)}</span>
      <Values {...tips} />
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
