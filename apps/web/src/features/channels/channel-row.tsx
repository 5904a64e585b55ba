import type { ChannelView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { messageOf } from '../../api/call-error.ts';
import { labelOf } from '../../ui/choice.ts';
import { Code } from '../../ui/code.tsx';
import { ChannelMenu } from './channel-menu.tsx';
import { ChannelNext } from './channel-next.tsx';
import { ChannelStatus, WhyNot } from './channel-status.tsx';
import styles from './channels.module.css';
import { kindIcon, kindWord } from './kinds.ts';
import { useMendChannel, useTestChannel } from './queries.ts';
import type { ChannelSlots } from './slots.ts';
import { TelegramLink } from './telegram-link.tsx';
import { TestButton, TestResult } from './test-button.tsx';

type Props = Readonly<{ channel: ChannelView; slots: ChannelSlots; fixed?: boolean }>;

/** What it is called, where it goes, whose it is. */
const Who = ({ channel, slots }: Omit<Props, 'fixed'>) => {
  const owner = channel.accountId === null ? null : labelOf(slots.people, channel.accountId, t`somebody who left`);
  return (
    <div className={styles.text}>
      <span className={styles.name}>{channel.name}</span>
      <span className={styles.target}>
        {channel.name === channel.target ? kindWord(channel.kind) : <Code>{channel.target}</Code>}
        {owner === null ? null : <span>{t`of ${owner}`}</span>}
        {channel.quietHours === null ? null : (
          <span>
            <Trans>has quiet hours</Trans>
          </span>
        )}
      </span>
    </div>
  );
};

/** Why it is broken is said below, and mostly in the same words. */
const lastOf = ({ status, lastDelivery: last }: ChannelView) =>
  status === 'broken' && last !== null ? { ...last, answer: null } : last;

/** A channel with how it is doing, what came of its last message, its test, and what can be done with it. */
export const ChannelRow = ({ channel, slots, fixed = false }: Props) => {
  const test = useTestChannel();
  const mend = useMendChannel();
  const Icon = kindIcon[channel.kind];
  return (
    <li className={styles.channel} data-status={channel.status}>
      <Icon size={20} role="img" aria-label={kindWord(channel.kind)} className={styles.icon} />
      <Who channel={channel} slots={slots} />
      <div className={styles.state}>
        <ChannelStatus channel={channel} />
        {slots.lastDelivery(lastOf(channel), channel.id)}
      </div>
      <div className={styles.acts}>
        {fixed && channel.status === 'stopped' ? null : <ChannelNext channel={channel} slots={slots} mend={mend} />}
        {channel.status === 'active' || channel.status === 'broken' ? (
          <TestButton size="xs" test={test} onTest={() => test.mutate({ kind: 'saved', channelId: channel.id })} />
        ) : null}
        {fixed ? null : (
          <span className={styles.menu}>
            <ChannelMenu channel={channel} slots={slots} />
          </span>
        )}
      </div>
      <WhyNot channel={channel} />
      {mend.isError ? (
        <p className={styles.failed} role="alert">
          <Trans>That did not work:</Trans> {messageOf(mend.error)}
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
