import type { DeliveryView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
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

const againText = ({ status, kind, bundledWith, channelId }: DeliveryView): string | null => {
  if (channelId === null || bundledWith !== null) return null;
  if (status === 'failed') return t`Send again`;
  return status === 'delivered' && kind === 'webhook' ? t`Replay` : null;
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
          <Trans>It was not sent again: {messageOf(resend.error)}</Trans>
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
        <Trans>Open the incident</Trans>
      </Link>
    ) : null}
    {linked && delivery.incidentId === null && delivery.monitorId !== null ? (
      <Link to="/monitors/$monitorId" params={{ monitorId: delivery.monitorId }} size="sm">
        <Trans>Open the monitor</Trans>
      </Link>
    ) : null}
  </div>
);
