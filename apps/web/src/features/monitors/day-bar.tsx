import type { MonitorSummary } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { durationText } from '../../ui/duration.tsx';
import styles from './summary.module.css';

const kindOf: Readonly<Record<string, string | undefined>> = { u: 'up', d: 'down', p: 'part', m: 'left-out' };
const height = 22;
const step = 3;

/** What the bar says, for whoever does not see it. */
const spoken = ({ bars, down }: MonitorSummary): string => {
  const downMs = down.reduce((sum, [, ms]) => sum + ms, 0);
  if (downMs > 0) {
    const count = down.length;
    return t`Down for ${durationText(downMs)} of the last 24 hours, ${plural(count, {
      one: 'in # half hour',
      other: 'in # half hours',
    })}`;
  }
  return bars.includes('u') ? t`Not down in the last 24 hours` : t`Nobody looked in the last 24 hours`;
};

/** The last 24 hours in half hours. Down is taller than the rest, so that it is not told by its colour alone. */
export const DayBar = ({ summary }: { readonly summary: MonitorSummary }) => {
  const text = spoken(summary);
  return (
    <svg
      className={styles.bar}
      role="img"
      aria-label={text}
      viewBox={`0 0 ${summary.bars.length * step - 1} ${height}`}
      preserveAspectRatio="none"
    >
      <title>{text}</title>
      {[...summary.bars].map((letter, i) => {
        const kind = kindOf[letter] ?? 'unknown';
        const tall =
          kind === 'down' ? height : kind === 'part' ? height * 0.85 : kind === 'unknown' ? 4 : height * 0.62;
        return <rect key={i} data-kind={kind} x={i * step} y={height - tall} width={step - 1} height={tall} rx={0.6} />;
      })}
    </svg>
  );
};
