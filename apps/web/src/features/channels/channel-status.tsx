import type { ChannelView } from '@farwatch/contracts';
import { useNow } from '../../ui/clock.ts';
import { Instant } from '../../ui/instant.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import styles from './channels.module.css';

const states = {
  active: ['good', 'Active'],
  unconfirmed: ['warn', 'Waiting for consent'],
  broken: ['bad', 'Broken'],
  stopped: ['idle', 'Stopped'],
} as const satisfies Record<ChannelView['status'], unknown>;

const Hold = ({ until }: { readonly until: string }) => {
  const now = useNow();
  return Date.parse(until) <= now ? null : (
    <span className={styles.soft}>
      takes nothing right now, next try at <Instant at={until} to="minute" />
    </span>
  );
};

/** How a channel is doing, since when it isn't, and what holds it up. */
export const ChannelStatus = ({ channel }: { readonly channel: ChannelView }) => {
  const [tone, word] = states[channel.status];
  const waiting = channel.kind === 'telegram' && channel.status === 'unconfirmed';
  return (
    <span className={styles.status}>
      <StateBadge tone={tone} quiet>
        {waiting ? 'Waiting to be linked' : word}
        {channel.status === 'broken' && channel.statusReason !== null ? `: ${channel.statusReason}` : ''}
      </StateBadge>
      {channel.status === 'active' ? null : (
        <span className={styles.soft}>
          since <Instant at={channel.statusSince} to="minute" />
        </span>
      )}
      {channel.holdUntil === null ? null : <Hold until={channel.holdUntil} />}
    </span>
  );
};
