import type { CheckResultView } from '@farwatch/contracts';
import { IconChevronRight } from '@tabler/icons-react';
import { Code } from '../../ui/code.tsx';
import { millisText } from '../../ui/duration.tsx';
import { exactText, Instant } from '../../ui/instant.tsx';
import { useZone } from '../../ui/zone.ts';
import { KeptView } from './evidence.tsx';
import { outcomeText, VerdictBadge } from './outcome.tsx';
import { Waterfall } from './phases.tsx';
import styles from './results.module.css';

const triggers = { schedule: null, confirmation: 'confirmation', request: 'on request' } as const;

const familyWords = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

const Details = ({ result }: { readonly result: CheckResultView }) => {
  const zone = useZone();
  return (
    <div className={styles.details}>
      <Waterfall phases={result.phases} totalMs={result.totalMs} />
      <dl className={styles.facts}>
        <div>
          <dt>Looked at</dt>
          <dd>{exactText(result.startedAt, zone)}</dd>
        </div>
        <div>
          <dt>Due at</dt>
          <dd>{exactText(result.scheduledAt, zone)}</dd>
        </div>
        <div>
          <dt>Address</dt>
          <dd>{result.remoteAddress === null ? 'none was reached' : <Code>{result.remoteAddress}</Code>}</dd>
        </div>
        <div>
          <dt>Body</dt>
          <dd>{result.bytes === null ? 'none' : `${result.bytes.toLocaleString()} bytes`}</dd>
        </div>
      </dl>
      {result.outcome.verdict === 'missed' ? null : <KeptView monitorId={result.monitorId} resultId={result.id} />}
    </div>
  );
};

type Props = Readonly<{ result: CheckResultView; open: boolean; onToggle: () => void }>;

/** One line of the response log; opens to its phases, address and evidence. */
export const ResultRow = ({ result, open, onToggle }: Props) => {
  const trigger = triggers[result.trigger];
  const detailsId = `look-${result.id}`;
  return (
    <>
      <button type="button" className={styles.logRow} aria-expanded={open} aria-controls={detailsId} onClick={onToggle}>
        <IconChevronRight size={15} aria-hidden className={styles.chevron} data-open={open || undefined} />
        <span className={styles.when}>
          <Instant at={result.startedAt} />
        </span>
        <span className={styles.verdict}>
          <VerdictBadge verdict={result.outcome.verdict} />
        </span>
        <span className={styles.answer}>
          {outcomeText(result)}
          {trigger === null ? null : <span className={styles.trigger}>{trigger}</span>}
          {result.hasEvidence ? <span className={styles.trigger}>answer kept</span> : null}
        </span>
        <span className={styles.region}>
          <Code>{result.region}</Code>
          {result.family === 'any' ? null : <span className={styles.trigger}>{familyWords[result.family]}</span>}
        </span>
        <span className={styles.time}>{result.outcome.verdict === 'missed' ? '–' : millisText(result.totalMs)}</span>
      </button>
      <div id={detailsId}>{open ? <Details result={result} /> : null}</div>
    </>
  );
};
