import type { DiagnosisView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { Snippet } from './advice.tsx';
import styles from './diagnosis.module.css';
import { diagnosisQuery } from './queries.ts';
import { Sureness } from './verdict.tsx';

type Props = Readonly<{ incidentId: string; isOpen: boolean }>;

const Answer = ({ diagnosis, isOpen }: { readonly diagnosis: DiagnosisView; readonly isOpen: boolean }) => {
  const [first] = diagnosis.firstFix.snippets;
  return (
    <>
      <Sureness diagnosis={diagnosis} />
      <p className={styles.summary}>{diagnosis.summary}</p>
      <div className={styles.advice}>
        <h2 className={styles.now}>{isOpen ? <Trans>Do this first</Trans> : <Trans>What would have helped</Trans>}</h2>
        <p>{diagnosis.firstFix.text}</p>
        {first === undefined ? null : <Snippet snippet={first} of={t`Do this first`} />}
      </div>
    </>
  );
};

/** For whoever was woken: who broke it and what to do first, in a glance; the rest stands below. */
export const Briefing = ({ incidentId, isOpen }: Props) => {
  const query = useQuery(diagnosisQuery(incidentId));
  const shown = query.data?.shown;
  if (query.status === 'success' && shown === null && !isOpen) return null;
  return (
    <section className={styles.briefing} aria-label={t`Who broke it, and what now`}>
      {query.status === 'pending' ? <Skeletons rows={3} height={56} label={t`Loading the diagnosis`} /> : null}
      {query.status === 'error' ? (
        <Problem
          title={t`The diagnosis could not be loaded`}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {shown === null ? (
        <div role="status">
          <p className={styles.summary}>
            <Trans>It is being worked out</Trans>
          </p>
          <p className={styles.soft}>
            <Trans>The diagnosis appears here by itself, a moment after the incident opened.</Trans>
          </p>
        </div>
      ) : null}
      {shown === null || shown === undefined ? null : <Answer diagnosis={shown.diagnosis} isOpen={isOpen} />}
    </section>
  );
};
