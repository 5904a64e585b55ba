import type { ChannelView } from '@farwatch/contracts';
import { ActionIcon, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMail, IconSend, IconTrash, IconWebhook } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { messageOf } from '../../api/call-error.ts';
import { Code } from '../../ui/code.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import styles from './channels.module.css';
import { useDeleteChannel, useTestChannel } from './queries.ts';

const icons = { email: IconMail, webhook: IconWebhook } as const;

const Delete = ({ channel }: { readonly channel: ChannelView }) => {
  const [asking, ask] = useDisclosure(false);
  const remove = useDeleteChannel();
  return (
    <>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Delete ${channel.name}`} onClick={ask.open}>
        <IconTrash size={17} aria-hidden />
      </ActionIcon>
      <Confirm
        opened={asking}
        title={`Delete ${channel.name}?`}
        action="Delete channel"
        busy={remove.isPending}
        error={remove.error}
        onClose={ask.close}
        onConfirm={() => remove.mutate(channel.id, { onSuccess: ask.close })}
      >
        {channel.target} hears no more alerts, not even the clear of an incident that is open now. The delivery log
        keeps what was sent.
      </Confirm>
    </>
  );
};

type Props = Readonly<{ channel: ChannelView; outcome: (deliveryId: string) => ReactNode; fixed?: boolean }>;

/** A channel with its test; `outcome` shows how the test's delivery is getting on. */
export const ChannelRow = ({ channel, outcome, fixed = false }: Props) => {
  const test = useTestChannel();
  const Icon = icons[channel.kind];
  return (
    <li className={styles.channel}>
      <Icon size={20} aria-hidden className={styles.icon} />
      <div className={styles.text}>
        <span className={styles.name}>{channel.name}</span>
        {channel.name === channel.target ? null : (
          <span className={styles.target}>
            <Code>{channel.target}</Code>
          </span>
        )}
      </div>
      <div className={styles.acts}>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconSend size={15} aria-hidden />}
          loading={test.isPending}
          onClick={() => test.mutate(channel.id)}
        >
          Send test
        </Button>
        {fixed ? null : <Delete channel={channel} />}
      </div>
      {test.isError ? (
        <p className={styles.failed} role="alert">
          The test could not be sent: {messageOf(test.error)}
        </p>
      ) : null}
      {test.data === undefined ? null : <div className={styles.outcome}>{outcome(test.data.id)}</div>}
    </li>
  );
};
