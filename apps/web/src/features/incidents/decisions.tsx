import type { DecisionView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { EmptyState } from '../../ui/empty-state.tsx';
import { InZone, tellsMoment } from '../../ui/in-zone.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Link } from '../../ui/link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import table from '../../ui/table.module.css';
import { inShort, ruleName } from './decision-words.ts';
import styles from './incidents.module.css';
import { More } from './more.tsx';
import { decisionsQuery } from './queries.ts';

const effects = {
  told: ['good', msg`Told`],
  silent: ['none', msg`Silent`],
  note: ['calm', msg`Note`],
} as const satisfies Record<DecisionView['effect'], unknown>;

const Decision = ({ decision }: { readonly decision: DecisionView }) => {
  const [tone, word] = effects[decision.effect];
  return (
    <tr>
      <td className={table.fixed}>
        <Instant at={decision.at} exact />
      </td>
      <td className={table.fixed}>
        <StateBadge tone={tone} quiet>
          {i18n._(word)}
        </StateBadge>
      </td>
      <td className={table.fixed}>{ruleName(decision.code)}</td>
      <td className={styles.because}>
        <InZone text={decision.text} />
        {decision.until === null || tellsMoment(decision.text) ? null : (
          <span className={styles.soft}>
            {' '}
            <Trans>
              until <Instant at={decision.until} to="minute" />
            </Trans>
          </span>
        )}
        {decision.incidentId === null ? null : (
          <>
            {' '}
            <Link to="/incidents/$incidentId" params={{ incidentId: decision.incidentId }}>
              <Trans>Go to that incident</Trans>
            </Link>
          </>
        )}
      </td>
    </tr>
  );
};

const Table = ({ decisions }: { readonly decisions: readonly DecisionView[] }) => (
  <table className={table.table} aria-label={t`Why this alerted, or did not`}>
    <thead>
      <tr>
        {[t`When`, t`Effect`, t`Rule`, t`In words`].map((head) => (
          <th key={head} scope="col">
            {head}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {decisions.map((decision) => (
        <Decision key={`${decision.at} ${decision.deliveryId} ${decision.text}`} decision={decision} />
      ))}
    </tbody>
  </table>
);

type Props = Readonly<{ incidentId: string; startedAt: string }>;

/** Every decision about telling of an incident, in order: why people heard of it, or did not. */
export const Decisions = ({ incidentId, startedAt }: Props) => {
  const query = useInfiniteQuery(decisionsQuery(incidentId));
  if (query.status === 'pending') return <Skeletons rows={2} height={48} label={t`Loading the decisions`} />;
  if (query.status === 'error')
    return (
      <Problem title={t`Decisions could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
    );
  const decisions = query.data.pages.flatMap(({ items }) => items);
  if (decisions.length === 0)
    return <EmptyState small title={t`This incident is older than the record of decisions`} />;
  return (
    <>
      <p className={styles.short}>
        <InZone text={inShort(decisions, startedAt)} />
      </p>
      <Table decisions={decisions} />
      <More query={query}>
        <Trans>Load newer</Trans>
      </More>
    </>
  );
};
