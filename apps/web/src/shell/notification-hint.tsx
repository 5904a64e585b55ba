import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, CloseButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { monitorsQuery } from '../features/monitors/queries.ts';
import { hasChosen, turnOff, turnOn, useNotificationChoice } from './browser-notifications.ts';
import styles from './shell.module.css';

/** The hint goes with the answer: a refusal is told by its way back. */
const ask = async (): Promise<void> => {
  if ((await turnOn()) !== 'denied') return;
  notifications.show({ message: t`This browser blocks notifications. The settings say how to undo that.` });
};

/** Offers notifications once, where something is being watched and nothing has been said about them yet. */
export const NotificationHint = () => {
  const choice = useNotificationChoice();
  const { data: monitors = [] } = useQuery(monitorsQuery);
  if (choice !== 'off' || hasChosen() || monitors.length === 0) return null;
  return (
    <div className={styles.hint}>
      <IconBell size={16} aria-hidden />
      <span className={styles.hintText}>
        <Trans>Should this browser tell you when something goes down?</Trans>
      </span>
      <Button size="compact-sm" variant="light" onClick={() => void ask()}>
        <Trans>Turn on notifications</Trans>
      </Button>
      <CloseButton size="sm" aria-label={t`No, thanks`} onClick={turnOff} />
    </div>
  );
};
