import type { ChannelView } from '@farwatch/contracts';
import { Button } from '@mantine/core';
import { messageOf } from '../../api/call-error.ts';
import { labelOf } from '../../ui/choice.ts';
import { Code } from '../../ui/code.tsx';
import { ChannelMenu } from './channel-menu.tsx';
import { ChannelStatus } from './channel-status.tsx';
import styles from './channels.module.css';
import { kindIcon, kindWord } from './kinds.ts';
import { type Mending, useMendChannel, useTestChannel } from './queries.ts';
import type { ChannelSlots } from './slots.ts';
import { TelegramLink } from './telegram-link.tsx';
import { TestButton, TestResult } from './test-button.tsx';

const mendingOf = ({ status, kind }: ChannelView): readonly [Mending, string] | null => {
  if (status === 'broken') return ['enable', 'Enable again'];
  if (status === 'unconfirmed') return ['confirm', kind === 'telegram' ? 'New link' : 'Ask again'];
  return null;
};

type Props = Readonly<{ channel: ChannelView; slots: ChannelSlots; fixed?: boolean }>;

/** A channel with how it is doing, its test, and what can be done with it. */
export const ChannelRow = ({ channel, slots, fixed = false }: Props) => {
  const test = useTestChannel();
  const mend = useMendChannel();
  const mending = mendingOf(channel);
  const Icon = kindIcon[channel.kind];
  return (
    <li className={styles.channel}>
      <Icon size={20} role="img" aria-label={kindWord[channel.kind]} className={styles.icon} />
      <div className={styles.text}>
        <span className={styles.name}>{channel.name}</span>
        {channel.name === channel.target ? null : (
          <span className={styles.target}>
            <Code>{channel.target}</Code>
          </span>
        )}
        <span className={styles.facts}>
          <ChannelStatus channel={channel} />
          {channel.accountId === null ? null : (
            <span className={styles.soft}>of {labelOf(slots.people, channel.accountId, 'somebody who left')}</span>
          )}
          {channel.quietHours === null ? null : <span className={styles.soft}>has quiet hours</span>}
        </span>
      </div>
      <div className={styles.acts}>
        {mending === null ? null : (
          <Button
            variant="light"
            size="sm"
            loading={mend.isPending}
            onClick={() => mend.mutate({ channelId: channel.id, act: mending[0] })}
          >
            {mending[1]}
          </Button>
        )}
        {channel.status === 'active' || channel.status === 'broken' ? (
          <TestButton test={test} onTest={() => test.mutate({ kind: 'saved', channelId: channel.id })} />
        ) : null}
        {fixed ? null : <ChannelMenu channel={channel} slots={slots} />}
      </div>
      {mend.isError ? (
        <p className={styles.failed} role="alert">
          That did not work: {messageOf(mend.error)}
        </p>
      ) : null}
      {channel.status === 'unconfirmed' && channel.linkUrl !== null ? (
        <div className={styles.outcome}>
          <TelegramLink channel={channel} />
        </div>
      ) : null}
      <TestResult test={test} outcome={slots.outcome} />
    </li>
  );
};
