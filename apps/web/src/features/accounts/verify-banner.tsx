import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './accounts.module.css';
import { useSendVerification } from './queries.ts';

/** Reminds of the verification mail and sends it again. */
export const VerifyBanner = ({ email, children }: { readonly email: string; readonly children?: ReactNode }) => {
  const send = useSendVerification();
  return (
    <div className={styles.banner} role="status">
      <IconMail size={18} aria-hidden />
      <span className={styles.bannerText}>
        {send.isSuccess ? (
          <Trans>
            Sent again to <b>{email}</b>.
          </Trans>
        ) : (
          <Trans>
            Please open the link we mailed to <b>{email}</b>.
          </Trans>
        )}
        {send.isError ? ` ${send.error.message}` : null}
      </span>
      {children}
      {send.isSuccess ? null : (
        <Button size="compact-sm" variant="default" loading={send.isPending} onClick={() => send.mutate(email)}>
          <Trans>Send again</Trans>
        </Button>
      )}
    </div>
  );
};
