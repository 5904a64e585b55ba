import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Page } from '../ui/page.tsx';
import { Skeletons } from '../ui/skeletons.tsx';
import { AddChannel } from './add-channel.tsx';
import { AlertingChannels } from './alerting-channels.tsx';
import { useChannelSlots } from './channel-slots.tsx';
import styles from './pages.module.css';
import { tabOf } from './search.ts';

const route = getRouteApi('/app/alerting');

const AlertingDeliveries = lazy(async () => ({
  default: (await import('./alerting-deliveries.tsx')).AlertingDeliveries,
}));
const AlertingEscalation = lazy(async () => ({
  default: (await import('./alerting-escalation.tsx')).AlertingEscalation,
}));
const AlertingOnCall = lazy(async () => ({ default: (await import('./alerting-on-call.tsx')).AlertingOnCall }));
const waiting = <Skeletons rows={2} height={84} />;

const adds = { channels: msg`Add channel`, escalation: msg`Add policy`, 'on-call': msg`Add schedule` } as const;

export const AlertingPage = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const slots = useChannelSlots();
  const [adding, add] = useDisclosure(false);
  const tab = search.tab ?? 'channels';
  const edit = (id: string | undefined): void =>
    void navigate({ search: { tab: search.tab, edit: id, from: search.from } });
  const action = tab === 'deliveries' || search.edit !== undefined ? null : adds[tab];
  return (
    <Page
      title={t`Alerting`}
      note={t`Where alerts go, who hears first, whose turn it is, and what came of each message.`}
      actions={
        action === null ? undefined : (
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={tab === 'channels' ? add.open : () => edit('new')}
          >
            {i18n.t(action)}
          </Button>
        )
      }
    >
      <Tabs
        keepMounted={false}
        value={tab}
        onChange={(next) => void navigate({ search: { tab: tabOf(next) }, replace: true })}
      >
        <Tabs.List className={styles.tabs}>
          <Tabs.Tab value="channels">
            <Trans>Channels</Trans>
          </Tabs.Tab>
          <Tabs.Tab value="escalation">
            <Trans>Escalation</Trans>
          </Tabs.Tab>
          <Tabs.Tab value="on-call">
            <Trans>On-call</Trans>
          </Tabs.Tab>
          <Tabs.Tab value="deliveries">
            <Trans>Delivery log</Trans>
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="channels" pt="lg">
          <AlertingChannels onAdd={add.open} />
        </Tabs.Panel>
        <Tabs.Panel value="escalation" pt="lg">
          <Suspense fallback={waiting}>
            <AlertingEscalation edit={search.edit} onEdit={edit} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="on-call" pt="lg">
          <Suspense fallback={waiting}>
            <AlertingOnCall
              edit={search.edit}
              onEdit={edit}
              from={search.from}
              onFrom={(from) => void navigate({ search: { tab: 'on-call', from }, replace: true, resetScroll: false })}
            />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="deliveries" pt="lg">
          <Suspense fallback={waiting}>
            <AlertingDeliveries />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      <AddChannel opened={adding} onClose={add.close} slots={slots} />
    </Page>
  );
};
