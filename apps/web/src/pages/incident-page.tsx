import { explain } from '@farwatch/domain';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CallError } from '../api/call-error.ts';
import { DeliveryList } from '../features/deliveries/delivery-list.tsx';
import { DiagnosisPanel } from '../features/diagnosis/diagnosis-panel.tsx';
import { LogsPanel } from '../features/diagnosis/logs-panel.tsx';
import { Assignee } from '../features/incidents/assignee.tsx';
import { Comments } from '../features/incidents/comments.tsx';
import { Decisions } from '../features/incidents/decisions.tsx';
import { IncidentBadge } from '../features/incidents/incident-badge.tsx';
import { IncidentFacts } from '../features/incidents/incident-facts.tsx';
import { PostMortem } from '../features/incidents/post-mortem.tsx';
import { incidentQuery } from '../features/incidents/queries.ts';
import { Relations } from '../features/incidents/relations.tsx';
import { SpanTable, SpanTimeline } from '../features/incidents/span-timeline.tsx';
import { WhoHasIt } from '../features/incidents/who-has-it.tsx';
import { MarkList } from '../features/marks/mark-list.tsx';
import { usePeople } from '../features/members/queries.ts';
import { Code } from '../ui/code.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Link } from '../ui/link.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Problem } from '../ui/problem.tsx';
import { Skeletons } from '../ui/skeletons.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import styles from './pages.module.css';

const route = getRouteApi('/app/incidents/$incidentId');

export const IncidentPage = () => {
  const { incidentId } = route.useParams();
  const query = useQuery(incidentQuery(incidentId));
  const people = usePeople();
  if (query.status === 'pending') return <Skeletons rows={5} height={96} label="Loading the incident" />;
  if (query.status === 'error')
    return query.error instanceof CallError && query.error.status === 404 ? (
      <NotFoundPage />
    ) : (
      <Problem title="The incident could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
    );
  const incident = query.data;
  return (
    <Page
      title={`${incident.monitorName}: ${explain(incident.cause)}`}
      head={
        <div className={styles.head}>
          <IncidentBadge incident={incident} large />
          <h1 className={styles.title}>
            {incident.monitorName}: {explain(incident.cause)}
          </h1>
        </div>
      }
      note={
        <>
          <Link to="/monitors/$monitorId" params={{ monitorId: incident.monitorId }}>
            Go to the monitor
          </Link>{' '}
          · <Code>{incident.url}</Code>
        </>
      }
    >
      <div className={styles.facts}>
        <WhoHasIt incident={incident} />
        <IncidentFacts incident={incident} />
        <Relations incident={incident} />
        <Assignee incident={incident} people={people} />
      </div>
      <Section title="Who broke it, and what now">
        <DiagnosisPanel incidentId={incidentId} monitorId={incident.monitorId} isOpen={incident.status === 'open'} />
      </Section>
      <Section title="What each region saw">
        {incident.spans.length === 0 ? (
          <EmptyState small title="No failing look is on record" />
        ) : (
          <>
            <SpanTimeline spans={incident.spans} incident={incident} />
            <SpanTable spans={incident.spans} />
          </>
        )}
      </Section>
      {incident.marks.length === 0 ? null : (
        <Section title="Shortly before">
          <MarkList marks={incident.marks} label="What happened in the 30 minutes before" />
        </Section>
      )}
      <Section title="What your log says">
        <LogsPanel incidentId={incidentId} />
      </Section>
      <Section title="Why this alerted, or did not">
        <Decisions incidentId={incidentId} />
      </Section>
      <Section title="Comments and acts">
        <Comments incidentId={incidentId} />
      </Section>
      <Section title="Post-mortem">
        <PostMortem incident={incident} />
      </Section>
      <Section title="Who was told">
        <DeliveryList
          filter={{ incidentId }}
          empty="Nobody was told yet: there was no channel when this incident opened, or its alert is not due."
        />
      </Section>
    </Page>
  );
};
