import type { getIncident, ReplyOf } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { DeliveryList } from '../features/deliveries/delivery-list.tsx';
import { deliveriesQuery } from '../features/deliveries/queries.ts';
import { DiagnosisPanel } from '../features/diagnosis/diagnosis-panel.tsx';
import { LogsPanel } from '../features/diagnosis/logs-panel.tsx';
import { diagnosisQuery, logsQuery } from '../features/diagnosis/queries.ts';
import { Twin, useTwinWaits } from '../features/diagnosis/twin.tsx';
import { Comments } from '../features/incidents/comments.tsx';
import { Decisions } from '../features/incidents/decisions.tsx';
import { PostMortem } from '../features/incidents/post-mortem.tsx';
import { commentsQuery, decisionsQuery } from '../features/incidents/queries.ts';
import { BoundsTable, CodeStory, SpanTable } from '../features/incidents/span-table.tsx';
import { SpanTimeline } from '../features/incidents/span-timeline.tsx';
import { MarkList } from '../features/marks/mark-list.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { InTurn } from '../ui/in-turn.tsx';
import { Link } from '../ui/link.tsx';
import { Section } from '../ui/page.tsx';
import styles from './pages.module.css';

export type Incident = ReplyOf<typeof getIncident>;
type Props = Readonly<{ incident: Incident }>;

const Seen = ({ incident }: Props) => (
  <Section id="regions" title={t`What each region saw`}>
    {incident.spans.length === 0 ? (
      <EmptyState small title={t`No failing look is on record`} />
    ) : (
      <>
        <CodeStory codes={incident.codes} resolvedAt={incident.resolvedAt} />
        <SpanTimeline incident={incident} />
        <BoundsTable regionBounds={incident.regionBounds} />
        <SpanTable spans={incident.spans} />
      </>
    )}
  </Section>
);

const Before = ({ marks }: Pick<Incident, 'marks'>) => (
  <Section title={t`Shortly before`}>
    <MarkList marks={marks} label={t`What happened in the 30 minutes before`} />
  </Section>
);

const Why = ({ incident: { id, startedAt } }: Props) => (
  <Section id="alerts" title={t`Why this alerted, or did not`}>
    <Decisions incidentId={id} startedAt={startedAt} />
  </Section>
);

const Told = ({ incidentId }: { readonly incidentId: string }) => (
  <Section title={t`Who was told`}>
    <DeliveryList
      filter={{ incidentId }}
      empty={t`Nobody was told yet: there was no channel when this incident opened, or its alert is not due.`}
    />
  </Section>
);

/** The page is long, and a thumb is short. */
const Contents = () => (
  <nav className={styles.contents} aria-label={t`On this page`}>
    {[
      ['grounds', t`Grounds`],
      ['regions', t`Regions and codes`],
      ['log', t`Log`],
      ['alerts', t`Alerts`],
      ['comments', t`Comments`],
      ['post-mortem', t`Post-mortem`],
    ].map(([id, name]) => (
      <Link key={id} to="." hash={id ?? ''} size="sm" underline="hover">
        {name}
      </Link>
    ))}
  </nav>
);

/** Which parts are still being asked for: all at once, whatever is shown of them. */
const useWaits = ({ id, monitorId }: Incident) => ({
  diagnosis: useQuery(diagnosisQuery(id)).isLoading,
  twin: useTwinWaits({ incidentId: id, monitorId }),
  log: useQuery(logsQuery(id)).isLoading,
  decisions: useInfiniteQuery(decisionsQuery(id)).isLoading,
  deliveries: useQuery(deliveriesQuery({ incidentId: id }, undefined)).isLoading,
  comments: useInfiniteQuery(commentsQuery(id)).isLoading,
});

/** Everything below the first screen, in the order in which it is asked for. */
export const IncidentSections = ({ incident }: Props) => {
  const { id, monitorId, status, marks } = incident;
  const waits = useWaits(incident);
  const cause = useQuery(diagnosisQuery(id)).data?.shown?.diagnosis.summary ?? null;
  const parts = [
    // The answer above is of the same diagnosis, and pushes all this when it comes.
    { key: 'briefing', waits: waits.diagnosis, shows: null },
    { key: 'contents', waits: false, shows: <Contents /> },
    {
      ...{ key: 'grounds', waits: false },
      shows: (
        <Section id="grounds" title={t`The grounds of it`}>
          <DiagnosisPanel incidentId={id} monitorId={monitorId} isOpen={status === 'open'} />
        </Section>
      ),
    },
    { key: 'twin', waits: waits.twin, shows: <Twin incidentId={id} monitorId={monitorId} /> },
    { key: 'marks', waits: false, shows: marks.length === 0 ? null : <Before marks={marks} /> },
    { key: 'regions', waits: false, shows: <Seen incident={incident} /> },
    {
      ...{ key: 'log', waits: waits.log },
      shows: (
        <Section id="log" title={t`What your log says`}>
          <LogsPanel incidentId={id} />
        </Section>
      ),
    },
    { key: 'alerts', waits: waits.decisions, shows: <Why incident={incident} /> },
    { key: 'deliveries', waits: waits.deliveries, shows: <Told incidentId={id} /> },
    {
      ...{ key: 'comments', waits: waits.comments },
      shows: (
        <Section id="comments" title={t`Comments and acts`}>
          <Comments incidentId={id} />
        </Section>
      ),
    },
    {
      ...{ key: 'post-mortem', waits: false },
      shows: (
        <Section id="post-mortem" title={t`Post-mortem`}>
          <PostMortem incident={incident} cause={cause} />
        </Section>
      ),
    },
  ];
  return <InTurn parts={parts} />;
};
