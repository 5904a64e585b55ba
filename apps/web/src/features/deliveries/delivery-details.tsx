import type { DeliveryView } from '@farwatch/contracts';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Instant } from '../../ui/instant.tsx';
import { Link } from '../../ui/link.tsx';
import { Attempts } from './attempts.tsx';
import styles from './deliveries.module.css';
import { eventWord } from './delivery-words.tsx';
import { deliveryQuery } from './queries.ts';

/** Why it waits or went no further, in the server's words. */
const Reason = ({ delivery: { status, reason, nextAttemptAt, attempts } }: { readonly delivery: DeliveryView }) => {
  if (reason === null) return null;
  const until =
    nextAttemptAt === null || attempts.length > 0 ? null : (
      <Trans>
        {' '}
        (until <Instant at={nextAttemptAt} />)
      </Trans>
    );
  return (
    <p>
      {status === 'dropped' ? <Trans>Dropped: </Trans> : null}
      {status === 'pending' ? <Trans>It waits: </Trans> : null}
      {reason}
      {until}
    </p>
  );
};

/** The delivery whose message told this one too. */
const ToldWith = ({ deliveryId }: { readonly deliveryId: string }) => {
  const { data } = useQuery(deliveryQuery(deliveryId));
  if (data === undefined)
    return (
      <p>
        <Trans>Told together with another message, in one.</Trans>
      </p>
    );
  const what = eventWord(data.event);
  return (
    <p>
      <Trans>
        Told together with “{what}” of <Instant at={data.createdAt} />, in one message.
      </Trans>
    </p>
  );
};

type Props = Readonly<{ delivery: DeliveryView; linked: boolean; again: ReactNode }>;

/** All there is to know about one delivery, and what can be done about it. */
export const DeliveryDetails = ({ delivery, linked, again }: Props) => (
  <div className={styles.details}>
    <Reason delivery={delivery} />
    {delivery.bundledWith === null ? null : <ToldWith deliveryId={delivery.bundledWith} />}
    <Attempts delivery={delivery} />
    <div className={styles.again}>
      {again}
      {linked && delivery.incidentId !== null ? (
        <Link to="/incidents/$incidentId" params={{ incidentId: delivery.incidentId }} size="sm">
          <Trans>Open the incident</Trans>
        </Link>
      ) : null}
      {linked && delivery.incidentId === null && delivery.monitorId !== null ? (
        <Link to="/monitors/$monitorId" params={{ monitorId: delivery.monitorId }} size="sm">
          <Trans>Open the monitor</Trans>
        </Link>
      ) : null}
    </div>
  </div>
);
