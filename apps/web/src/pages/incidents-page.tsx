import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { IncidentFilters } from '../features/incidents/incident-filters.tsx';
import { IncidentsList } from '../features/incidents/incidents-list.tsx';
import { filterOf, type IncidentsView } from '../features/incidents/view.ts';
import { monitorsQuery } from '../features/monitors/queries.ts';
import { ViewsMenu } from '../features/views/views-menu.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import card from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { useZone } from '../ui/zone.ts';

const route = getRouteApi('/app/incidents');

/** Whether anything but the state narrows the list. */
const isNarrowed = ({ status: _, ...rest }: IncidentsView): boolean =>
  Object.values(rest).some((value) => value !== undefined);

const NoneFits = ({ onClear }: { readonly onClear: () => void }) => (
  <EmptyState
    title={t`No incident fits`}
    action={
      <Button variant="default" onClick={onClear}>
        <Trans>Show all incidents</Trans>
      </Button>
    }
  >
    <Trans>Nothing was down on that monitor, or in that time.</Trans>
  </EmptyState>
);

export const IncidentsPage = () => {
  const view = route.useSearch();
  const navigate = route.useNavigate();
  const zone = useZone();
  const { data: monitors = [] } = useQuery(monitorsQuery);
  const filter = useMemo(() => filterOf(view, zone, Date.now()), [view, zone]);
  const show = (next: IncidentsView): void => void navigate({ search: next, replace: true });
  return (
    <Page
      title={t`Incidents`}
      note={t`Every stretch of down, from its first failed check to its first good one.`}
      actions={<ViewsMenu place="incidents" />}
    >
      <div>
        <IncidentFilters
          view={view}
          monitors={monitors.map(({ id, name }) => ({ value: id, label: name }))}
          filter={filter}
          onView={show}
        />
        <div className={card.card}>
          <IncidentsList
            filter={filter}
            named
            none={isNarrowed(view) ? <NoneFits onClear={() => show({})} /> : undefined}
          />
        </div>
      </div>
    </Page>
  );
};
