import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy } from 'react';
import { Page } from '../ui/page.tsx';
import { PageTabs } from '../ui/page-tabs.tsx';
import { AddChannel } from './add-channel.tsx';
import { AlertingChannels } from './alerting-channels.tsx';
import { useChannelSlots } from './channel-slots.tsx';
import { tabOf } from './search.ts';

const route = getRouteApi('/app/alerting');

const AlertingDeliveries = lazy(async () => ({
  default: (await import('./alerting-deliveries.tsx')).AlertingDeliveries,
}));
const AlertingEscalation = lazy(async () => ({
  default: (await import('./alerting-escalation.tsx')).AlertingEscalation,
}));
const AlertingOnCall = lazy(async () => ({ default: (await import('./alerting-on-call.tsx')).AlertingOnCall }));

const adds = { channels: msg`Add channel`, escalation: msg`Add policy`, 'on-call': msg`Add schedule` } as const;

export const AlertingPage = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const slots = useChannelSlots();
  const [adding, add] = useDisclosure(false);
  const tab = search.tab ?? 'channels';
  const edit = (id: string | undefined): void =>
    void navigate({ search: { tab: search.tab, edit: id, from: search.from } });
  const show = (from: string | undefined): void =>
    void navigate({ search: { tab: 'on-call', from }, replace: true, resetScroll: false });
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
      <PageTabs
        value={tab}
        onTab={(next) => void navigate({ search: { tab: tabOf(next) }, replace: true })}
        tabs={[
          { value: 'channels', label: t`Channels`, body: <AlertingChannels onAdd={add.open} /> },
          {
            value: 'escalation',
            label: t`Escalation`,
            body: <AlertingEscalation edit={search.edit} onEdit={edit} />,
          },
          {
            value: 'on-call',
            label: t`On-call`,
            body: <AlertingOnCall edit={search.edit} onEdit={edit} from={search.from} onFrom={show} />,
          },
          { value: 'deliveries', label: t`Delivery log`, body: <AlertingDeliveries /> },
        ]}
      />
      <AddChannel opened={adding} onClose={add.close} slots={slots} />
    </Page>
  );
};
