import type { CheckResultView, MonitorView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Drawer, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CallError } from '../../api/call-error.ts';
import { Code } from '../../ui/code.tsx';
import { InZone } from '../../ui/in-zone.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Link } from '../../ui/link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { CopyCurl, CurlPart } from './curl-part.tsx';
import { Evidence, type Kept } from './evidence.tsx';
import styles from './look.module.css';
import { LookInFull } from './look-details.tsx';
import { LookFacts } from './look-facts.tsx';
import { LookStepper } from './look-steps.tsx';
import { outcomeText, triggerWords, VerdictBadge } from './outcome.tsx';
import { lookIncidentQuery, resultQuery } from './queries.ts';
import { RequestPart } from './request-part.tsx';
import { ShareLook } from './share-look.tsx';
import type { LookSteps } from './use-look-steps.ts';

/** When the details are another look's, its moment: ids begin with it. */
const momentOf = (id: string): string => new Date(Number(id.split('-')[0])).toISOString();

/** What was kept of a look, and a word on what was not. */
export const KeptOf = ({ result, withBody = true }: Readonly<{ result: Kept; withBody?: boolean }>) => {
  const { details, detailsOf, evidence, id, outcome } = result;
  if (outcome.verdict === 'missed') return null;
  return (
    <>
      {evidence === null ? (
        <p className={styles.soft}>
          {outcome.verdict === 'up' ? (
            <Trans>Headers and body were not kept: they are only kept of looks that fail.</Trans>
          ) : (
            <Trans>Headers and body were not kept: nothing was answered, or it was as the look before.</Trans>
          )}
        </p>
      ) : (
        <Evidence evidence={evidence} withBody={withBody} />
      )}
      {details === null || detailsOf === null ? (
        <p className={styles.soft}>
          <Trans>Addresses, certificate and single requests of this look were not kept.</Trans>
        </p>
      ) : (
        <>
          {detailsOf === id ? null : (
            <p className={styles.soft}>
              <Trans>
                In full as it was seen at <Instant at={momentOf(detailsOf)} />: details are kept when they show
                something new.
              </Trans>
            </p>
          )}
          <LookInFull details={details} />
        </>
      )}
    </>
  );
};

/** The incident that the look was part of, and what is said of it. */
const Incident = ({ result }: { readonly result: CheckResultView }) => {
  const bad = result.outcome.verdict === 'down' || result.outcome.verdict === 'degraded';
  const { data, isLoading } = useQuery({ ...lookIncidentQuery(result.monitorId, result.scheduledAt), enabled: bad });
  if (isLoading) return <Skeletons rows={1} height={72} label={t`Loading the incident`} />;
  if (data === undefined || data === null) return null;
  const { incident, summary } = data;
  return (
    <div className={styles.incident}>
      <p>
        <InZone text={summary ?? incident.summary} />
      </p>
      <Link to="/incidents/$incidentId" params={{ incidentId: incident.id }} fz="sm">
        <Trans>The incident and its diagnosis</Trans>
      </Link>
    </div>
  );
};

export const LookHead = ({ result }: { readonly result: CheckResultView }) => (
  <div className={styles.lookHead}>
    <VerdictBadge verdict={result.outcome.verdict} />
    <h2 className={styles.outcome}>{outcomeText(result)}</h2>
    <span className={styles.soft}>
      <Code>{result.region}</Code> · {i18n.t(triggerWords[result.trigger])} · <Instant at={result.startedAt} exact />
    </span>
  </div>
);

const Look = ({ monitor, result }: Readonly<{ monitor: MonitorView; result: Kept }>) => (
  <div className={styles.look}>
    <LookHead result={result} />
    <ShareLook monitorId={monitor.id} resultId={result.id}>
      <CopyCurl monitor={monitor} result={result} />
    </ShareLook>
    <Incident result={result} />
    <LookFacts result={result} />
    <KeptOf result={result} />
    <RequestPart monitor={monitor} />
    <CurlPart monitor={monitor} result={result} />
  </div>
);

type Props = Readonly<{ monitor: MonitorView; resultId: string; steps: LookSteps; onClose: () => void }>;

/** One look with all that was kept of it, beside the log; found again by the page's address. */
export const LookPanel = ({ monitor, resultId, steps, onClose }: Props) => {
  const query = useQuery(resultQuery(monitor.id, resultId));
  const [first] = useState(resultId);
  const gone = query.error instanceof CallError && query.error.status === 404;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={680}
      lockScroll={false}
      title={t`Look`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <LookStepper steps={steps} />
      <VisuallyHidden role="status">
        {first !== resultId && query.status === 'success' ? outcomeText(query.data) : null}
      </VisuallyHidden>
      {query.status === 'pending' ? <Skeletons rows={8} height={48} label={t`Loading what was kept`} /> : null}
      {query.status === 'error' && gone ? (
        <p className={styles.soft}>
          <Trans>This look is not in the log any more.</Trans>
        </p>
      ) : null}
      {query.status === 'error' && !gone ? (
        <Problem
          title={t`What was kept could not be loaded`}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {query.status === 'success' ? <Look monitor={monitor} result={query.data} /> : null}
    </Drawer>
  );
};
