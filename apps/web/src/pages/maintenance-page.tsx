import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { MaintenanceCalendar, useCalendarReady, useOccurrence } from '../features/maintenance/calendar.tsx';
import { RunningNow } from '../features/maintenance/running.tsx';
import { WindowDetails } from '../features/maintenance/window-details.tsx';
import type { Edit } from '../features/maintenance/window-editor.tsx';
import { WindowsList } from '../features/maintenance/windows-list.tsx';
import { realDay } from '../ui/calendar-days.ts';
import { Page, Section } from '../ui/page.tsx';
import { Skeletons } from '../ui/skeletons.tsx';
import type { MaintenanceSearch } from './maintenance-search.ts';
import { useMonitorChoices } from './monitor-choices.ts';

const route = getRouteApi('/app/maintenance');

const AlertPreview = lazy(async () => ({
  default: (await import('../features/alert-preview/alert-preview.tsx')).AlertPreview,
}));
/** Fields are heavy, and most people come to look. */
const WindowEditor = lazy(async () => ({
  default: (await import('../features/maintenance/window-editor.tsx')).WindowEditor,
}));

const editOf = ({ edit, new: day }: MaintenanceSearch): Edit | null => {
  if (edit !== undefined) return { kind: 'window', windowId: edit };
  return day === undefined ? null : { kind: 'new', day: day === 'yes' ? null : realDay(day) };
};

/** A month of maintenance and its windows; what lies open over it stands in the address, and goes with the back button. */
export const MaintenancePage = () => {
  const search = route.useSearch();
  const { month, window: windowId, from } = search;
  const navigate = route.useNavigate();
  const choices = useMonitorChoices();
  const ready = useCalendarReady(month);
  const occurrence = useOccurrence(month, windowId, from);
  const edit = editOf(search);
  const lay = (over: Omit<MaintenanceSearch, 'month'>, replace = false): void =>
    void navigate({ search: { month, ...over }, replace, resetScroll: false });
  const close = (): void => lay({}, true);
  const plan = (day: string | null): void => lay({ new: day ?? 'yes' });
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
            onOpen={(one) => lay({ window: one.windowId, from: one.from })}
          />
          <Section title={t`Windows`}>
            <WindowsList
              onAdd={() => plan(null)}
              onOpen={(id) => lay({ window: id })}
              onEdit={(id) => lay({ edit: id })}
            />
          </Section>
        </>
      )}
      {windowId === undefined ? null : (
        <WindowDetails
          {...{ windowId, occurrence }}
          monitors={choices.monitors}
          onEdit={() => lay({ edit: windowId }, true)}
          onClose={close}
        />
      )}
      {edit === null ? null : (
        <Suspense fallback={null}>
          <WindowEditor
            edit={edit}
            choices={choices}
            preview={(change) => <AlertPreview change={change} />}
            onClose={close}
          />
        </Suspense>
      )}
    </Page>
  );
};
