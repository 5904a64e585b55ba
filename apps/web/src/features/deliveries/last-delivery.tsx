import type { LastDelivery as Last } from '@farwatch/contracts';
import { Trans } from '@lingui/react/macro';
import { Code } from '../../ui/code.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Link } from '../../ui/link.tsx';
import styles from './deliveries.module.css';
import { DeliveryBadge, eventWord } from './delivery-words.tsx';

type Props = Readonly<{ last: Last | null; channelId: string }>;

/** A channel's newest delivery and what came of it; leads to the channel's own log. */
export const LastDelivery = ({ last, channelId }: Props) => {
  if (last === null)
    return (
      <span className={styles.soft}>
        <Trans>Nothing sent yet</Trans>
      </span>
    );
  return (
    <span className={styles.last}>
      <DeliveryBadge status={last.status} quiet />
      <Link to="/alerting" search={{ tab: 'deliveries', channel: channelId }} inherit underline="hover" c="inherit">
        {eventWord(last.event)}
      </Link>
      <span className={styles.soft}>
        <Instant at={last.at} to="minute" />
      </span>
      {last.status === 'failed' && last.answer !== null ? (
        <Code cut title={last.answer}>
          {last.answer}
        </Code>
      ) : null}
    </span>
  );
};
