import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './diagnosis.module.css';
import { Feedback } from './feedback.tsx';
import { HandOver } from './hand-over.tsx';
import { diagnosisQuery } from './queries.ts';
import { Grounds, Verdict, Versions } from './verdict.tsx';

type Props = Readonly<{ incidentId: string; monitorId: string; isOpen: boolean }>;

/** Who broke it, why, and what to do first. */
export const DiagnosisPanel = ({ incidentId, monitorId, isOpen }: Props) => {
  const [version, pick] = useState<number | undefined>(undefined);
  const query = useQuery(diagnosisQuery(incidentId, version));
  if (query.status === 'pending') return <Skeletons rows={3} height={120} label="Loading the diagnosis" />;
  if (query.status === 'error')
    return (
      <Problem title="The diagnosis could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
    );
  const { shown, versions, feedback } = query.data;
  if (shown === null)
    return isOpen ? (
      <EmptyState small title="It is being worked out">
        The diagnosis appears here by itself, a moment after the incident opened.
      </EmptyState>
    ) : (
      <EmptyState small title="This incident has no diagnosis" action={<HandOver incidentId={incidentId} />}>
        It is older than the diagnosis, or nothing was kept of what was seen.
      </EmptyState>
    );
  return (
    <>
      <Verdict diagnosis={shown.diagnosis} />
      <Grounds diagnosis={shown.diagnosis} monitorId={monitorId} />
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
