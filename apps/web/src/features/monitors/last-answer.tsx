import type { CheckResultView } from '@farwatch/contracts';
import { failureCode } from '@farwatch/domain';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Code } from '../../ui/code.tsx';
import { millisText } from '../../ui/duration.tsx';
import styles from './monitors.module.css';

/** The word of a last look, short: its status code, or why there is none. */
const answerText = ({ outcome, status }: CheckResultView): string => {
  if (outcome.verdict === 'missed') return t`missed`;
  if (outcome.verdict === 'down') return failureCode(outcome.failure);
  return status === null ? outcome.verdict : String(status);
};

export const LastCode = ({ result }: { readonly result: CheckResultView | null }) =>
  result === null ? (
    <span className={styles.soft}>
      <Trans>not yet</Trans>
    </span>
  ) : (
    <span
      data-bad={result.outcome.verdict === 'down' || undefined}
      className={styles.lastCode}
      title={answerText(result)}
    >
      <Code>{answerText(result)}</Code>
    </span>
  );

export const LastTime = ({ result }: { readonly result: CheckResultView | null }) =>
  result === null || result.outcome.verdict === 'missed' ? (
    <span className={styles.soft}>–</span>
  ) : (
    <span>{millisText(result.totalMs)}</span>
  );
