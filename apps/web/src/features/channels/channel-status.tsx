import type { ChannelView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useNow } from '../../ui/clock.ts';
import { Instant } from '../../ui/instant.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import styles from './channels.module.css';

const states = {
  active: ['good', msg`Active`],
  unconfirmed: ['warn', msg`Waiting for confirmation`],
  broken: ['bad', msg`Broken`],
  stopped: ['idle', msg`Switched off`],
} as const satisfies Record<ChannelView['status'], unknown>;

const Hold = ({ until }: { readonly until: string }) => {
  const now = useNow();
  return Date.parse(until) <= now ? null : (
    <span className={styles.soft}>
      <Trans>
        takes nothing right now, next try at <Instant at={until} to="minute" />
      </Trans>
    </span>
  );
};

/** How a channel is doing in a word, since when it isn't, and what holds it up. */
export const ChannelStatus = ({ channel }: { readonly channel: ChannelView }) => {
  const [tone, word] = states[channel.status];
  const waiting = channel.kind === 'telegram' && channel.status === 'unconfirmed';
  return (
    <span className={styles.status}>
      <StateBadge tone={tone} quiet>
        {waiting ? t`Not linked` : i18n.t(word)}
      </StateBadge>
      {channel.status === 'active' ? null : (
        <span className={styles.soft}>
          <Trans>
            since <Instant at={channel.statusSince} to="minute" />
          </Trans>
        </span>
      )}
      {channel.holdUntil === null ? null : <Hold until={channel.holdUntil} />}
    </span>
  );
};

/** Why it does not work, in the words of the provider or of whoever stopped it, and what that means. */
export const WhyNot = ({ channel: { status, kind, statusReason, target } }: { readonly channel: ChannelView }) => {
  if (status === 'active') return null;
  const said = statusReason === null ? null : <q className={styles.said}>{statusReason}</q>;
  if (status === 'broken')
    return (
      <p className={styles.why}>
        <Trans>It refused for good, so nothing is sent there:</Trans> {said ?? t`it gave no reason.`}
      </p>
    );
  if (status === 'stopped')
    return (
      <p className={styles.why}>
        <Trans>Whoever reads it has stopped it:</Trans> {said ?? t`no reason given.`}
      </p>
    );
  return kind === 'telegram' ? null : (
    <p className={styles.why}>
      {t`We asked ${target} for consent. It hears nothing until somebody there has said yes.`}
    </p>
  );
};
