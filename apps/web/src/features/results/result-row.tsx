import type { CheckResultView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { Trans } from '@lingui/react/macro';
import { memo } from 'react';
import { Code } from '../../ui/code.tsx';
import { millisText } from '../../ui/duration.tsx';
import { Instant } from '../../ui/instant.tsx';
import { outcomeText, triggerWords, VerdictBadge } from './outcome.tsx';
import styles from './response-log.module.css';

const familyWords = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

type Props = Readonly<{
  result: CheckResultView;
  open: boolean;
  /** It came in because somebody asked for it just now. */
  asked: boolean;
  /** The one row that the tab key leads to. */
  tab: boolean;
  onOpen: (id: string) => void;
}>;

/** One line of the response log; leads to all that is known of its look. */
export const ResultRow = memo(({ result, open, asked, tab, onOpen }: Props) => {
  const text = outcomeText(result);
  return (
    <button
      type="button"
      className={styles.row}
      aria-haspopup="dialog"
      data-look={result.id}
      data-open={open || undefined}
      data-asked={asked || undefined}
      tabIndex={tab ? 0 : -1}
      onClick={() => onOpen(result.id)}
    >
      <span className={styles.when}>
        <Instant at={result.startedAt} />
      </span>
      <span className={styles.verdict}>
        <VerdictBadge verdict={result.outcome.verdict} />
      </span>
      <span className={styles.answer} title={text}>
        {text}
      </span>
      <span className={styles.marks}>
        {result.trigger === 'schedule' ? null : <span>{i18n.t(triggerWords[result.trigger])}</span>}
        {result.hasEvidence ? (
          <span>
            <Trans>answer kept</Trans>
          </span>
        ) : null}
        {result.family === 'any' ? null : <span>{familyWords[result.family]}</span>}
      </span>
      <span className={styles.region}>
        <Code>{result.region}</Code>
      </span>
      <span className={styles.time}>{result.outcome.verdict === 'missed' ? '–' : millisText(result.totalMs)}</span>
    </button>
  );
});
