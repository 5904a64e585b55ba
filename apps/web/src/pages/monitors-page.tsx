import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ImportExport } from '../features/imports/import-export.tsx';
import { MonitorsList, MonitorsSummary } from '../features/monitors/monitors-list.tsx';
import { ViewsMenu } from '../features/views/views-menu.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { Page } from '../ui/page.tsx';
import { useMonitorChoices } from './monitor-choices.ts';

/** Below the list, and nothing on most days. */
const DeletedMonitors = lazy(async () => ({
  default: (await import('../features/monitors/deleted-monitors.tsx')).DeletedMonitors,
}));
const AlertPreview = lazy(async () => ({
  default: (await import('../features/alert-preview/alert-preview.tsx')).AlertPreview,
}));
const route = getRouteApi('/app/');

export const MonitorsPage = () => {
  const view = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title={t`Monitors`}
      note={<MonitorsSummary />}
      actions={
        <>
          <ViewsMenu place="monitors" />
          <ImportExport />
          <ButtonLink to="/monitors/new" aria-keyshortcuts="n" leftSection={<IconPlus size={16} aria-hidden />}>
            <Trans>New monitor</Trans>
          </ButtonLink>
        </>
      }
    >
      <MonitorsList
        view={view}
        onView={(search) => void navigate({ search, replace: true, resetScroll: false })}
        useChoices={useMonitorChoices}
        preview={(change) => (
          <Suspense>
            <AlertPreview change={change} />
          </Suspense>
        )}
      />
      <Suspense>
        <DeletedMonitors />
      </Suspense>
    </Page>
  );
};
