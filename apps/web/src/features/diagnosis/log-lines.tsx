import type { IncidentLogView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Plural, Trans } from '@lingui/react/macro';
import { Instant } from '../../ui/instant.tsx';
import styles from './diagnosis.module.css';
import { causeName } from './words.ts';

type Entry = IncidentLogView['reading']['entries'][number];

/** Few enough to be seen without being asked for. */
const atOnce = 12;

const Place = ({ within }: Pick<Entry, 'within'>) => {
  if (within === null) return <Trans>no time</Trans>;
  return within ? <Trans>in the incident</Trans> : <Trans>outside</Trans>;
};

const Line = ({ entry: { at, cause, within, regions, text } }: { readonly entry: Entry }) => {
  const seen = regions.join(', ');
  return (
    <li data-outside={within === false || undefined}>
      <span className={styles.lineWhen}>{at === null ? '–' : <Instant at={at} exact />}</span>
      <span className={styles.lineText}>
        <span className={styles.soft}>
          {cause === null ? '' : `${causeName(cause)} · `}
          <Place within={within} />
          {regions.length === 0 ? null : (
            <b className={styles.beside}>
              {' '}
              <Trans>· beside the check from {seen}</Trans>
            </b>
          )}
        </span>
        <code className={styles.line}>{text}</code>
      </span>
    </li>
  );
};

/** A log's lines on the incident's clock, each with the failing check it stands beside. */
export const LogLines = ({ entries }: { readonly entries: readonly Entry[] }) => (
  <details className={styles.details} open={entries.length <= atOnce}>
    <summary>
      <Plural value={entries.length} one="# line, beside the checks" other="# lines, beside the checks" />
    </summary>
    <ul className={styles.lines} aria-label={t`Lines of the log`}>
      {entries.map((entry) => (
        <Line key={entry.line} entry={entry} />
      ))}
    </ul>
  </details>
);
