import type { CheckResultView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { millisText } from '../../ui/duration.tsx';
import styles from './phases.module.css';

/** A look's phases in their order, each with its name and the colour that it has everywhere. */
export const phaseNames = [
  ['dnsMs', msg`DNS`, 'dns'],
  ['connectMs', msg`Connect`, 'connect'],
  ['tlsMs', msg`TLS`, 'tls'],
  ['requestMs', msg`Request sent`, 'request'],
  ['firstByteMs', msg`First byte`, 'first'],
  ['downloadMs', msg`Download`, 'download'],
] as const;

type Bar = Readonly<{ name: string; look: string; ms: number; start: number }>;

/** `requestMs`: told of single hops; over a whole look it is part of the first byte. */
type Phases = CheckResultView['phases'] & Readonly<{ requestMs?: number | null }>;

/** The phases that were reached, each beginning where the one before ended. */
const barsOf = (phases: Phases): readonly Bar[] => {
  let start = 0;
  return phaseNames.flatMap(([key, name, look]) => {
    const ms = phases[key];
    if (ms === null || ms === undefined) return [];
    const bar = { name: i18n.t(name), look, ms, start };
    start += ms;
    return [bar];
  });
};

type Props = Readonly<{ phases: Phases; totalMs: number }>;

/** One thin line of a look's phases, to scale; the words are in its label. */
export const PhaseLine = ({ phases, totalMs }: Props) => {
  const bars = barsOf(phases);
  if (bars.length === 0) return null;
  return (
    <span
      className={styles.line}
      role="img"
      aria-label={bars.map(({ name, ms }) => `${name} ${millisText(ms)}`).join(', ')}
    >
      {bars.map(({ name, look, ms }) => (
        <span key={name} data-phase={look} style={{ flexGrow: Math.max(ms / Math.max(totalMs, 1), 0.004) }} />
      ))}
    </span>
  );
};

/** A look's phases below each other, each from where it began. */
export const Waterfall = ({ phases, totalMs }: Props) => {
  const bars = barsOf(phases);
  const whole = Math.max(totalMs, ...bars.map(({ start, ms }) => start + ms), 0.001);
  if (bars.length === 0) return <p className={styles.none}>{t`No phase was reached.`}</p>;
  return (
    <dl className={styles.waterfall}>
      {bars.map(({ name, look, ms, start }) => (
        <div key={name} className={styles.step}>
          <dt>{name}</dt>
          <dd>
            <span className={styles.track}>
              <span
                className={styles.bar}
                data-phase={look}
                style={{ marginLeft: `${(start / whole) * 100}%`, width: `max(3px, ${(ms / whole) * 100}%)` }}
              />
            </span>
            <span className={styles.ms}>{millisText(ms)}</span>
          </dd>
        </div>
      ))}
      <div className={styles.step} data-total>
        <dt>{t`In all`}</dt>
        <dd>
          <span className={styles.track} />
          <span className={styles.ms}>{millisText(totalMs)}</span>
        </dd>
      </div>
    </dl>
  );
};
