import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Input } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { turnOff, turnOn, useNotificationChoice } from './browser-notifications.ts';
import styles from './shell.module.css';

const Choice = () => {
  const choice = useNotificationChoice();
  switch (choice) {
    case 'on':
      return (
        <div className={styles.setting}>
          <p>
            <Trans>
              On. While a page of Farwatch is open in this browser, but not in front of you, it tells you when something
              goes down and when it is up again.
            </Trans>
          </p>
          <Button variant="default" leftSection={<IconBellOff size={16} aria-hidden />} onClick={turnOff}>
            <Trans>Turn off</Trans>
          </Button>
        </div>
      );
    case 'off':
      return (
        <div className={styles.setting}>
          <p>
            <Trans>
              Off. This browser can tell you when something goes down, while a page of Farwatch is open in the
              background.
            </Trans>
          </p>
          <Button variant="default" leftSection={<IconBell size={16} aria-hidden />} onClick={() => void turnOn()}>
            <Trans>Turn on</Trans>
          </Button>
        </div>
      );
    case 'denied':
      return (
        <p className={styles.setting}>
          <Trans>
            Blocked in this browser. To undo it, press the icon left of the address, choose “Notifications”, allow them
            and come back here.
          </Trans>
        </p>
      );
    case 'impossible':
      return (
        <p className={styles.setting}>
          <Trans>
            This browser can’t show notifications for this page: they need HTTPS (or this very machine), and on a phone
            the page on the home screen.
          </Trans>
        </p>
      );
  }
};

/** Whether this browser tells of incidents while its page is in the background. */
export const NotificationSetting = () => (
  <Input.Wrapper label={t`Notifications`} labelElement="div">
    <Choice />
  </Input.Wrapper>
);
