import { explain } from '@farwatch/domain';
import { IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { incidentQuery } from '../features/incidents/queries.ts';
import { Instant } from '../ui/instant.tsx';
import { ButtonLink } from '../ui/link.tsx';
import styles from './pages.module.css';

/** What is going on right now, at the head of a monitor that is down. */
export const OpenIncident = ({ incidentId }: { readonly incidentId: string }) => {
  const { data } = useQuery(incidentQuery(incidentId));
  return (
    <div className={styles.open} role="status">
      <div className={styles.openText}>
        <b>{data === undefined ? 'This monitor is down.' : `Down: ${explain(data.cause)}`}</b>
        {data === undefined ? null : (
          <span>
            Since <Instant at={data.startedAt} exact />, seen from {data.regions.join(', ')}.
          </span>
        )}
      </div>
      <ButtonLink
        to="/incidents/$incidentId"
        params={{ incidentId }}
        color="red"
        rightSection={<IconArrowRight size={16} aria-hidden />}
      >
        Open the incident
      </ButtonLink>
    </div>
  );
};
