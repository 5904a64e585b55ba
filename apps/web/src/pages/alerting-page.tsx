import { Button, SegmentedControl, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { meQuery } from '../features/accounts/queries.ts';
import { ChannelsList } from '../features/channels/channels-list.tsx';
import { NewChannel } from '../features/channels/new-channel.tsx';
import { DeliveryList } from '../features/deliveries/delivery-list.tsx';
import { DeliveryOutcome } from '../features/deliveries/test-outcome.tsx';
import { Link } from '../ui/link.tsx';
import card from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import styles from './pages.module.css';
import { deliveryStatusOf, tabOf } from './search.ts';

const route = getRouteApi('/app/alerting');

const MailNotice = () => (
  <p className={styles.plain}>
    No mail server is set, so mails are written to files instead of sent. <Link to="/mails">Read yours</Link>
  </p>
);

export const AlertingPage = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: me } = useSuspenseQuery(meQuery);
  const [adding, add] = useDisclosure(false);
  return (
    <Page
      title="Alerting"
      note="Every incident is told to every channel: once when it opens, once when it clears."
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add.open}>
          Add channel
        </Button>
      }
    >
      <Tabs
        keepMounted={false}
        value={search.tab ?? 'channels'}
        onChange={(tab) => void navigate({ search: { tab: tabOf(tab) }, replace: true })}
      >
        <Tabs.List>
          <Tabs.Tab value="channels">Channels</Tabs.Tab>
          <Tabs.Tab value="deliveries">Delivery log</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="channels" pt="lg">
          {me.mail === 'files' ? <MailNotice /> : null}
          <div className={card.card}>
            <ChannelsList onAdd={add.open} outcome={(deliveryId) => <DeliveryOutcome deliveryId={deliveryId} />} />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="deliveries" pt="lg">
          <SegmentedControl
            mb="sm"
            size="xs"
            aria-label="Which deliveries"
            data={[
              { value: 'all', label: 'All' },
              { value: 'pending', label: 'On their way' },
              { value: 'delivered', label: 'Delivered' },
              { value: 'failed', label: 'Failed' },
            ]}
            value={search.status ?? 'all'}
            onChange={(value) =>
              void navigate({ search: { ...search, status: deliveryStatusOf(value) }, replace: true })
            }
          />
          <div className={card.card}>
            <DeliveryList
              filter={{ status: search.status }}
              empty="Each alert to each channel is written down here, with the receiver’s own answer."
            />
          </div>
        </Tabs.Panel>
      </Tabs>
      <NewChannel opened={adding} onClose={add.close} />
    </Page>
  );
};
