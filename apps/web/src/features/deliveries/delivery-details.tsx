import type { DeliveryView } from '@farwatch/contracts';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { messageOf } from '../../api/call-error.ts';
import { Instant } from '../../ui/instant.tsx';
import { Link } from '../../ui/link.tsx';
import { Attempts } from './attempts.tsx';
import styles from './deliveries.module.css';
import { eventWord } from './delivery-words.tsx';
import { deliveryQuery, useResend } from './queries.ts';

/** Why it waits or went no further, in the server's words. */
const Reason = ({ delivery: { status, reason, nextAttemptAt, attempts } }: { readonly delivery: DeliveryView }) => {
  if (reason === null) return null;
  const until =
    nextAttemptAt === null || attempts.length > 0 ? null : (
      <>
        {' '}
        (until <Instant at={nextAttemptAt} />)
      </>
    );
  return (
    <p>
      {status === 'dropped' ? 'Dropped: ' : status === 'pending' ? 'It waits: ' : ''}
      {reason}
      {until}
    </p>
  );
};

/** The delivery whose message told this one too. */
const ToldWith = ({ deliveryId }: { readonly deliveryId: string }) => {
  const { data } = useQuery(deliveryQuery(deliveryId));
  return (
    <p>
      Told together with{' '}
      {data === undefined ? (
        'another message'
      ) : (
        <>
          “{eventWord[data.event]}” of <Instant at={data.createdAt} />
        </>
      )}
      , in one message.
    </p>
  );
};

const againText = ({ status, kind, bundledWith, channelId }: DeliveryView): string | null => {
  if (channelId === null || bundledWith !== null) return null;
  if (status === 'failed') return 'Send again';
  return status === 'delivered' && kind === 'webhook' ? 'Replay' : null;
};

const Again = ({ delivery }: { readonly delivery: DeliveryView }) => {
  const resend = useResend();
  const text = againText(delivery);
  if (text === null) return null;
  return (
    <div className={styles.again}>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconRefresh size={15} aria-hidden />}
        loading={resend.isPending}
        onClick={() => resend.mutate(delivery.id)}
      >
        {text}
      </Button>
      {resend.isError ? (
        <p className={styles.failed} role="alert">
          It was not sent again: {messageOf(resend.error)}
        </p>
      ) : null}
    </div>
  );
};

type Props = Readonly<{ delivery: DeliveryView; linked: boolean }>;

/** All there is to know about one delivery, and what can be done about it. */
export const DeliveryDetails = ({ delivery, linked }: Props) => (
  <div className={styles.details}>
    <Reason delivery={delivery} />
    {delivery.bundledWith === null ? null : <ToldWith deliveryId={delivery.bundledWith} />}
    <Attempts delivery={delivery} />
    <Again delivery={delivery} />
    {linked && delivery.incidentId !== null ? (
      <Link to="/incidents/$incidentId" params={{ incidentId: delivery.incidentId }} size="sm">
        Open the incident
      </Link>
    ) : null}
    {linked && delivery.incidentId === null && delivery.monitorId !== null ? (
      <Link to="/monitors/$monitorId" params={{ monitorId: delivery.monitorId }} size="sm">
        Open the monitor
      </Link>
    ) : null}
  </div>
);
