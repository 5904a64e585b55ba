import type { IncidentView } from '@farwatch/contracts';
import { explain, failureCode } from '@farwatch/domain';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Code } from '../../ui/code.tsx';
import { Duration, Since } from '../../ui/duration.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Link } from '../../ui/link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import table from '../../ui/table.module.css';
import { IncidentBadge } from './incident-badge.tsx';
import styles from './incidents.module.css';
import { type IncidentFilter, incidentsQuery } from './queries.ts';

const Row = ({ incident, named }: { readonly incident: IncidentView; readonly named: boolean }) => (
  <tr className={styles.row}>
    <td className={table.fixed}>
      <IncidentBadge incident={incident} />
    </td>
    <td className={table.grow}>
      <Link
        className={styles.rowLink}
        underline="never"
        to="/incidents/$incidentId"
        params={{ incidentId: incident.id }}
      >
        {named ? incident.monitorName : explain(incident.cause)}
      </Link>
      <span className={styles.summary}>
        {named ? `${explain(incident.cause)}, ` : ''}seen from {incident.regions.join(', ')}
      </span>
    </td>
    <td className={table.fixed} data-label="Code">
      <Code>{failureCode(incident.cause)}</Code>
    </td>
    <td className={table.fixed} data-label="Started">
      <Instant at={incident.startedAt} />
    </td>
    <td className={table.fixed} data-label="Cleared">
      {incident.resolvedAt === null ? '–' : <Instant at={incident.resolvedAt} />}
    </td>
    <td className={table.number} data-label="For">
      {incident.durationMs === null ? <Since at={incident.startedAt} /> : <Duration ms={incident.durationMs} />}
    </td>
  </tr>
);

type Props = Readonly<{ filter: IncidentFilter }>;

/** Incidents, newest first; of one monitor, or of all with their names. */
export const IncidentsList = ({ filter }: Props) => {
  const query = useInfiniteQuery(incidentsQuery(filter));
  const named = filter.monitorId === undefined;
  if (query.status === 'pending') return <Skeletons rows={named ? 6 : 2} height={56} label="Loading incidents" />;
  if (query.status === 'error')
    return <Problem title="Incidents could not be loaded" error={query.error} onRetry={() => void query.refetch()} />;
  const incidents = query.data.pages.flatMap(({ items }) => items);
  if (incidents.length === 0)
    return (
      <EmptyState small={!named} title={filter.status === 'open' ? 'Nothing is down' : 'No incident yet'}>
        When enough looks fail, an incident is written down here with its exact start, its codes and its clear.
      </EmptyState>
    );
  return (
    <>
      <table className={table.table}>
        <thead>
          <tr>
            {['State', named ? 'Monitor' : 'What', 'Code', 'Started', 'Cleared', 'For'].map((head) => (
              <th key={head} scope="col" className={head === 'For' ? table.number : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {incidents.map((incident) => (
            <Row key={incident.id} incident={incident} named={named} />
          ))}
        </tbody>
      </table>
      {query.hasNextPage ? (
        <div className={styles.more}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Load older
          </Button>
        </div>
      ) : null}
    </>
  );
};
