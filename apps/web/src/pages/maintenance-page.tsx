import type { NamedOccurrence } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { MaintenanceCalendar, useCalendarReady } from '../features/maintenance/calendar.tsx';
import { RunningNow } from '../features/maintenance/running.tsx';
import { WindowDetails } from '../features/maintenance/window-details.tsx';
import type { Edit } from '../features/maintenance/window-editor.tsx';
import { WindowsList } from '../features/maintenance/windows-list.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Skeletons } from '../ui/skeletons.tsx';
import { useMonitorChoices } from './monitor-choices.ts';

const route = getRouteApi('/app/maintenance');

const AlertPreview = lazy(async () => ({
  default: (await import('../features/alert-preview/alert-preview.tsx')).AlertPreview,
}));
/** Fields are heavy, and most people come to look. */
const WindowEditor = lazy(async () => ({
  default: (await import('../features/maintenance/window-editor.tsx')).WindowEditor,
}));

type Opened = Readonly<{ windowId: string; occurrence: NamedOccurrence | null }>;

export const MaintenancePage = () => {
  const { month } = route.useSearch();
  const navigate = route.useNavigate();
  const [edit, setEdit] = useState<Edit | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const choices = useMonitorChoices();
  const ready = useCalendarReady(month);
  const plan = (day: string | null): void => setEdit({ kind: 'new', day });
  const change = (windowId: string): void => {
    setOpened(null);
    setEdit({ kind: 'window', windowId });
  };
  return (
    <Page
      title={t`Maintenance`}
      note={t`In a window checks go on, and alerts wait for its end.`}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => plan(null)}>
          <Trans>Plan maintenance</Trans>
        </Button>
      }
    >
      {!ready ? (
        <Skeletons rows={2} height={300} label={t`Loading maintenance windows`} />
      ) : (
        <>
          <RunningNow />
          <MaintenanceCalendar
            month={month}
            onMonth={(next) => void navigate({ search: { month: next }, replace: true, resetScroll: false })}
            onDay={plan}
            onOpen={(occurrence) => setOpened({ windowId: occurrence.windowId, occurrence })}
          />
          <Section title={t`Windows`}>
            <WindowsList
              onAdd={() => plan(null)}
              onOpen={(windowId) => setOpened({ windowId, occurrence: null })}
              onEdit={change}
            />
          </Section>
        </>
      )}
      {opened === null ? null : (
        <WindowDetails
          {...opened}
          monitors={choices.monitors}
          onEdit={() => change(opened.windowId)}
          onClose={() => setOpened(null)}
        />
      )}
      {edit === null ? null : (
        <Suspense fallback={null}>
          <WindowEditor
            edit={edit}
            choices={choices}
            preview={(change) => <AlertPreview change={change} />}
            onClose={() => setEdit(null)}
          />
        </Suspense>
      )}
    </Page>
  );
};
