import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { MonitorsList, MonitorsSummary } from '../features/monitors/monitors-list.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { Page } from '../ui/page.tsx';

const route = getRouteApi('/app/');

export const MonitorsPage = () => {
  const view = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title="Monitors"
      note={<MonitorsSummary />}
      actions={
        <ButtonLink to="/monitors/new" aria-keyshortcuts="n" leftSection={<IconPlus size={16} aria-hidden />}>
          New monitor
        </ButtonLink>
      }
    >
      <MonitorsList view={view} onView={(search) => void navigate({ search, replace: true })} />
    </Page>
  );
};
