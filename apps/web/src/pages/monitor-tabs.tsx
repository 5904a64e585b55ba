import type { MonitorView } from '@farwatch/contracts';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ChangesList } from '../features/history/changes-list.tsx';
import { IncidentsList } from '../features/incidents/incidents-list.tsx';
import { AddMark } from '../features/marks/add-mark.tsx';
import { DeleteMark } from '../features/marks/delete-mark.tsx';
import { MarkList } from '../features/marks/mark-list.tsx';
import { marksQuery } from '../features/marks/queries.ts';
import { ranges } from '../features/results/queries.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Section } from '../ui/page.tsx';
import { Skeletons } from '../ui/skeletons.tsx';
import { fittingRange } from './fitting-range.ts';
import { type MonitorTab, monitorTabs } from './monitor-search.ts';

/** It stands below the fold; what it brings comes after the page is there. */
const LogOfMonitor = lazy(async () => ({ default: (await import('./log-of-monitor.tsx')).LogOfMonitor }));

const route = getRouteApi('/app/monitors/$monitorId');
const words = {
  log: msg`Response log`,
  incidents: msg`Incidents`,
  changes: msg`Changes`,
  marks: msg`Marks`,
} as const satisfies Record<MonitorTab, MessageDescriptor>;

const Marks = ({ monitor }: { readonly monitor: MonitorView }) => {
  const range = route.useSearch().range ?? fittingRange(monitor);
  const marks = useQuery(marksQuery(monitor.id, ranges[range])).data ?? [];
  return (
    <>
      {marks.length === 0 ? (
        <EmptyState small title={t`No marks in the chart’s range`}>
          <Trans>Deploys and changed configurations stand in the chart as lines, and incidents name them.</Trans>
        </EmptyState>
      ) : (
        <MarkList marks={marks} label={t`What happened in this range`} act={(mark) => <DeleteMark mark={mark} />} />
      )}
      <AddMark monitorId={monitor.id} />
    </>
  );
};

const Panel = ({ tab, monitor }: { readonly tab: MonitorTab; readonly monitor: MonitorView }) => {
  switch (tab) {
    case 'log':
      return (
        <Suspense fallback={<Skeletons rows={10} label={t`Loading the response log`} />}>
          <LogOfMonitor monitor={monitor} />
        </Suspense>
      );
    case 'incidents':
      return <IncidentsList filter={{ monitorId: monitor.id }} />;
    case 'changes':
      return <ChangesList monitorId={monitor.id} />;
    case 'marks':
      return <Marks monitor={monitor} />;
  }
};

/** What led here, one part at a time: the page stays short, and the address holds which. */
export const MonitorTabs = ({ monitor }: { readonly monitor: MonitorView }) => {
  const navigate = route.useNavigate();
  const chosen = route.useSearch().tab ?? 'log';
  const onChange = (value: string | null): void => {
    const tab = monitorTabs.find((each) => each === value);
    void navigate({
      search: (before) => ({ ...before, tab: tab === 'log' ? undefined : tab }),
      replace: true,
      resetScroll: false,
    });
  };
  return (
    <Tabs value={chosen} onChange={onChange} keepMounted={false}>
      <Tabs.List aria-label={t`What led here`}>
        {monitorTabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {i18n.t(words[tab])}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {monitorTabs.map((tab) => (
        <Tabs.Panel key={tab} value={tab} pt="md">
          <Section title={i18n.t(words[tab])} plain={tab === 'log'}>
            <Panel tab={tab} monitor={monitor} />
          </Section>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
};
