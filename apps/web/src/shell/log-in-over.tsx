import { Trans } from '@lingui/react/macro';
import { Anchor, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { leaveNothing, tellOtherTabs } from '../api/session-end.ts';
import { LogInForm } from '../features/accounts/log-in-form.tsx';
import { meQuery } from '../features/accounts/queries.ts';
import { Logo } from '../ui/logo.tsx';
import styles from './door.module.css';

/** Above every other dialog, and above what was said. */
const zIndex = 600;

/** Hides the page, whose reader may be a stranger by now, and leaves it as it is for the one who comes back. */
export const LogInOver = () => {
  const client = useQueryClient();
  const email = client.getQueryData(meQuery.queryKey)?.account?.email;
  useEffect(() => void leaveNothing(), []);
  const onDone = async (): Promise<void> => {
    await client.refetchQueries({ queryKey: meQuery.queryKey });
    tellOtherTabs();
  };
  const here = window.location.pathname + window.location.search;
  return (
    <Modal.Root
      opened
      fullScreen
      onClose={() => undefined}
      closeOnEscape={false}
      closeOnClickOutside={false}
      zIndex={zIndex}
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Content className={styles.over}>
        <div className={styles.door}>
          <Logo />
          <div className={styles.card}>
            <Modal.Title className={styles.title}>
              <Trans>Your session has ended</Trans>
            </Modal.Title>
            <p className={styles.note}>
              <Trans>Log in, and you are where you were. What you have written there stays.</Trans>
            </p>
            <div className={styles.body}>
              <LogInForm email={email} onDone={() => void onDone()} />
            </div>
          </div>
          <p className={styles.foot}>
            <Anchor underline="always" href={`/login?${new URLSearchParams({ next: here }).toString()}`}>
              <Trans>Go to the log-in page instead</Trans>
            </Anchor>
          </p>
        </div>
      </Modal.Content>
    </Modal.Root>
  );
};
