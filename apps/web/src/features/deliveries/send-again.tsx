import type { DeliveryView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { messageOf } from '../../api/call-error.ts';
import styles from './deliveries.module.css';
import { useResend } from './queries.ts';

const againText = ({ status, kind, bundledWith, channelId }: DeliveryView): string | null => {
  if (channelId === null || bundledWith !== null) return null;
  if (status === 'failed') return t`Send again`;
  return status === 'delivered' && kind === 'webhook' ? t`Replay` : null;
};

type Props = Readonly<{ delivery: DeliveryView; onSent: (deliveryId: string) => void }>;

/** What has failed is sent again, a delivered webhook replayed; the answer comes in by itself. */
export const SendAgain = ({ delivery, onSent }: Props) => {
  const resend = useResend(onSent);
  const text = againText(delivery);
  if (text === null) return null;
  return (
    <div className={styles.again}>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconRefresh size={14} aria-hidden />}
        loading={resend.isPending}
        onClick={() => resend.mutate(delivery.id)}
      >
        {text}
      </Button>
      {resend.isError ? (
        <p className={styles.failed} role="alert">
          <Trans>It was not sent again:</Trans> {messageOf(resend.error)}
        </p>
      ) : null}
    </div>
  );
};
