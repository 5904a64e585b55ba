import type { DiagnosisView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import styles from './diagnosis.module.css';
import { causeName, percent } from './words.ts';

/** All causes that fit, the likeliest first, with their shares. */
export const Causes = ({ causes }: Pick<DiagnosisView, 'causes'>) => (
  <ol className={styles.causes} aria-label={t`Causes that fit, the likeliest first`}>
    {causes.map(({ cause, confidence, words }) => (
      <li key={cause}>
        <span className={styles.share} aria-hidden>
          <span style={{ width: `${Math.max(2, confidence * 100)}%` }} />
        </span>
        <span className={styles.percent}>{percent(confidence)}</span>
        <span>
          <strong>{causeName(cause)}</strong>
          <span className={styles.soft}> {words}</span>
        </span>
      </li>
    ))}
  </ol>
);
