import { explain } from '@farwatch/domain';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CallError } from '../api/call-error.ts';
import { meQuery } from '../features/accounts/queries.ts';
import { Briefing } from '../features/diagnosis/briefing.tsx';
import { diagnosisQuery } from '../features/diagnosis/queries.ts';
import { Assignee } from '../features/incidents/assignee.tsx';
import type { Person } from '../features/incidents/deeds.ts';
import { IncidentBadge } from '../features/incidents/incident-badge.tsx';
import { IncidentFacts } from '../features/incidents/incident-facts.tsx';
import { incidentQuery } from '../features/incidents/queries.ts';
import { Relations } from '../features/incidents/relations.tsx';
import { WhoHasIt } from '../features/incidents/who-has-it.tsx';
import { usePeople } from '../features/members/queries.ts';
import { Code } from '../ui/code.tsx';
import { InTurn } from '../ui/in-turn.tsx';
import { Link } from '../ui/link.tsx';
import { Page } from '../ui/page.tsx';
import { Problem } from '../ui/problem.tsx';
import { Skeletons } from '../ui/skeletons.tsx';
import { type Incident, IncidentSections } from './incident-sections.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import styles from './pages.module.css';

const route = getRouteApi('/app/incidents/$incidentId');

const useMe = (): Person | null => {
  const account = useQuery(meQuery).data?.account;
  return account === undefined || account === null
    ? null
    : { id: account.id, name: account.name.trim() || account.email };
};

const Head = ({ incident }: { readonly incident: Incident }) => (
  <div className={styles.head}>
    <IncidentBadge incident={incident} large />
    <h1 className={styles.title}>
      {incident.monitorName}: {explain(incident.cause)}
    </h1>
  </div>
);

const Where = ({ incident: { monitorId, url } }: { readonly incident: Incident }) => (
  <>
    <Link to="/monitors/$monitorId" params={{ monitorId }}>
      <Trans>Go to the monitor</Trans>
    </Link>{' '}
    · <Code>{url}</Code>
  </>
);

/** What somebody needs who was woken at three: since when, who broke it, what now, who has it. All else stands below. */
const Filled = ({ incident }: { readonly incident: Incident }) => {
  const me = useMe();
  const people = usePeople();
  const waits = useQuery(diagnosisQuery(incident.id)).isLoading;
  return (
    <Page
      title={`${incident.monitorName}: ${explain(incident.cause)}`}
      head={<Head incident={incident} />}
      note={<Where incident={incident} />}
    >
      <div className={styles.facts}>
        <IncidentFacts incident={incident} />
        <WhoHasIt incident={incident} me={me} />
        <InTurn
          parts={[
            {
              ...{ key: 'briefing', waits },
              shows: <Briefing incidentId={incident.id} isOpen={incident.status === 'open'} />,
            },
            { key: 'relations', waits: false, shows: <Relations incident={incident} /> },
            { key: 'assignee', waits: false, shows: <Assignee incident={incident} people={people} /> },
          ]}
        />
      </div>
      <IncidentSections incident={incident} />
    </Page>
  );
};

export const IncidentPage = () => {
  const { incidentId } = route.useParams();
  const query = useQuery(incidentQuery(incidentId));
  if (query.status === 'pending')
    return (
      <Page title={t`Incident`}>
        <Skeletons rows={5} height={96} label={t`Loading the incident`} />
      </Page>
    );
  if (query.status === 'error')
    return query.error instanceof CallError && query.error.status === 404 ? (
      <NotFoundPage />
    ) : (
      <Page title={t`Incident`}>
        <Problem title={t`The incident could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  return <Filled key={incidentId} incident={query.data} />;
};
