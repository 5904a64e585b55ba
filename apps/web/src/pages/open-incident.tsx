import { explain } from '@farwatch/domain';
import { Trans } from '@lingui/react/macro';
import { IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { incidentQuery } from '../features/incidents/queries.ts';
import { Instant } from '../ui/instant.tsx';
import { ButtonLink } from '../ui/link.tsx';
import page from '../ui/page.module.css';
import styles from './pages.module.css';

/** What is going on right now, at the head of a monitor that is down. */
export const OpenIncident = ({ incidentId }: { readonly incidentId: string }) => {
  const { data } = useQuery(incidentQuery(incidentId));
  return (
    <div className={`${page.banner} ${styles.open}`} role="status">
      <div className={page.bannerText}>
        <b>{data === undefined ? <Trans>This monitor is down.</Trans> : <Trans>Down: {explain(data.cause)}</Trans>}</b>
        {data === undefined ? null : (
          <span>
            <Trans>
              Since <Instant at={data.startedAt} exact />, seen from {data.regions.join(', ')}.
            </Trans>
          </span>
        )}
      </div>
      <ButtonLink
        to="/incidents/$incidentId"
        params={{ incidentId }}
        color="red"
        rightSection={<IconArrowRight size={16} aria-hidden />}
      >
        <Trans>Open the incident</Trans>
      </ButtonLink>
    </div>
  );
};
