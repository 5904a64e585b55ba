import { t } from '@lingui/core/macro';
import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { IncidentsList } from '../features/incidents/incidents-list.tsx';
import { ViewsMenu } from '../features/views/views-menu.tsx';
import card from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { incidentStatusOf } from './search.ts';

const route = getRouteApi('/app/incidents');

export const IncidentsPage = () => {
  const { status } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title={t`Incidents`}
      note={t`Every stretch of down, from its first failed check to its first good one.`}
      actions={
        <>
          <ViewsMenu place="incidents" />
          <SegmentedControl
            aria-label={t`Which incidents`}
            data={[
              { value: 'all', label: t`All` },
              { value: 'open', label: t`Down now` },
              { value: 'resolved', label: t`Cleared` },
            ]}
            value={status ?? 'all'}
            onChange={(value) =>
              void navigate({
                search: { status: incidentStatusOf(value) },
                replace: true,
              })
            }
          />
        </>
      }
    >
      <div className={card.card}>
        <IncidentsList filter={{ status }} />
      </div>
    </Page>
  );
};
