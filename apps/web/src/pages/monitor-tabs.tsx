import type { MonitorView } from '@farwatch/contracts';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Section } from '../ui/page.tsx';
import tabs from '../ui/page-tabs.module.css';
import { Skeletons } from '../ui/skeletons.tsx';
import { type MonitorTab, monitorTabs } from './monitor-search.ts';

/** They stand below the fold, one at a time; what each brings comes after the page is there. */
const LogOfMonitor = lazy(async () => ({ default: (await import('./log-of-monitor.tsx')).LogOfMonitor }));
const IncidentsList = lazy(async () => ({
  default: (await import('../features/incidents/incidents-list.tsx')).IncidentsList,
}));
const ChangesList = lazy(async () => ({ default: (await import('../features/history/changes-list.tsx')).ChangesList }));
const MarksOfMonitor = lazy(async () => ({ default: (await import('./marks-of-monitor.tsx')).MarksOfMonitor }));

const route = getRouteApi('/app/monitors/$monitorId');
const words = {
  log: msg`Response log`,
  incidents: msg`Incidents`,
  changes: msg`Changes`,
  marks: msg`Marks`,
} as const satisfies Record<MonitorTab, MessageDescriptor>;

const loading = {
  log: msg`Loading the response log`,
  incidents: msg`Loading incidents`,
  changes: msg`Loading the changes`,
  marks: msg`Loading the marks`,
} as const satisfies Record<MonitorTab, MessageDescriptor>;

const Chosen = ({ tab, monitor }: { readonly tab: MonitorTab; readonly monitor: MonitorView }) => {
  switch (tab) {
    case 'log':
      return <LogOfMonitor monitor={monitor} />;
    case 'incidents':
      return <IncidentsList filter={{ monitorId: monitor.id }} />;
    case 'changes':
      return <ChangesList monitorId={monitor.id} />;
    case 'marks':
      return <MarksOfMonitor monitor={monitor} />;
  }
};

const Panel = ({ tab, monitor }: { readonly tab: MonitorTab; readonly monitor: MonitorView }) => (
  <Suspense fallback={<Skeletons rows={tab === 'log' ? 10 : 2} label={i18n.t(loading[tab])} />}>
    <Chosen tab={tab} monitor={monitor} />
  </Suspense>
);

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
      <Tabs.List className={tabs.tabs} aria-label={t`What led here`}>
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
