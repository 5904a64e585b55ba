import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './diagnosis.module.css';
import { Feedback } from './feedback.tsx';
import { Grounds } from './grounds.tsx';
import { HandOver } from './hand-over.tsx';
import { diagnosisQuery } from './queries.ts';
import { OldVerdict, Versions } from './verdict.tsx';
import { Way } from './way.tsx';

type Props = Readonly<{ incidentId: string; monitorId: string; isOpen: boolean }>;

const None = ({ incidentId, isOpen }: Pick<Props, 'incidentId' | 'isOpen'>) =>
  isOpen ? (
    <EmptyState small title={t`There is no evidence yet`}>
      <Trans>It comes with the diagnosis, in a moment.</Trans>
    </EmptyState>
  ) : (
    <EmptyState small title={t`This incident has no diagnosis`} action={<HandOver incidentId={incidentId} />}>
      <Trans>It is older than the diagnosis, or nothing was kept of what was seen.</Trans>
    </EmptyState>
  );

/** The grounds of the answer: the way of a request, all causes that fit, what was seen, and earlier versions. */
export const DiagnosisPanel = ({ incidentId, monitorId, isOpen }: Props) => {
  const [version, pick] = useState<number | undefined>(undefined);
  const query = useQuery(diagnosisQuery(incidentId, version));
  if (query.status === 'pending') return <Skeletons rows={3} height={120} label={t`Loading what was seen`} />;
  if (query.status === 'error')
    return (
      <Problem title={t`The evidence could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
    );
  const { shown, versions, feedback } = query.data;
  if (shown === null) return <None incidentId={incidentId} isOpen={isOpen} />;
  const { diagnosis } = shown;
  return (
    <>
      <div className={styles.verdict}>
        {version === undefined ? null : <OldVerdict diagnosis={diagnosis} />}
        <Way diagnosis={diagnosis} />
      </div>
      <Grounds diagnosis={diagnosis} monitorId={monitorId} isOld={version !== undefined} />
      <div className={styles.foot}>
        <Feedback incidentId={incidentId} version={shown.version} feedback={feedback} />
        <div className={styles.tools}>
          <Versions versions={versions} shown={shown.version} onPick={pick} />
          <HandOver incidentId={incidentId} />
        </div>
      </div>
    </>
  );
};
