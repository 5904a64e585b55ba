import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { ChannelRow } from './channel-row.tsx';
import styles from './channels.module.css';
import { channelsQuery } from './queries.ts';
import type { ChannelSlots } from './slots.ts';

type Props = Readonly<{ slots: ChannelSlots; onAdd: () => void; fixed?: boolean }>;

/** Every channel of the organisation. `fixed` leaves changing them out, where somebody is only being shown around. */
export const ChannelsList = ({ slots, onAdd, fixed = false }: Props) => {
  const query = useQuery(channelsQuery);
  switch (query.status) {
    case 'pending':
      return <Skeletons rows={3} height={72} label={t`Loading channels`} />;
    case 'error':
      return (
        <Problem title={t`Channels could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
      );
    case 'success':
      return query.data.length === 0 ? (
        <EmptyState
          title={t`Nobody is told yet`}
          action={
            <Button onClick={onAdd}>
              <Trans>Add a channel</Trans>
            </Button>
          }
        >
          <Trans>
            A channel is where alerts go: an e-mail address, a phone, a chat, or a webhook. Without one, incidents are
            only recorded.
          </Trans>
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {query.data.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} slots={slots} fixed={fixed} />
          ))}
        </ul>
      );
  }
};
