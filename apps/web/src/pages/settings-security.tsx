import { t } from '@lingui/core/macro';
import { Stack } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { ChangeEmail } from '../features/accounts/change-email.tsx';
import { ChangePasswordForm } from '../features/accounts/change-password-form.tsx';
import { PasskeysList } from '../features/accounts/passkeys-list.tsx';
import { meQuery } from '../features/accounts/queries.ts';
import { SessionsList } from '../features/accounts/sessions-list.tsx';
import { TwoFactor } from '../features/accounts/two-factor.tsx';
import { Section } from '../ui/page.tsx';
import styles from './pages.module.css';

/** How somebody logs in, and where they are logged in. */
export const SettingsSecurity = () => {
  const { account } = useSuspenseQuery(meQuery).data;
  if (account === null) return null;
  return (
    <Stack gap="xl">
      <Section title={t`E-mail address`} plain>
        <div className={styles.panel}>
          <ChangeEmail key={account.email} email={account.email} verified={account.emailVerified} />
        </div>
      </Section>
      <Section title={t`Second step at log-in`} plain>
        <div className={styles.panel}>
          <TwoFactor on={account.twoFactor} />
        </div>
      </Section>
      <Section title={t`Passkeys`} plain>
        <div className={styles.panel}>
          <PasskeysList />
        </div>
      </Section>
      <Section title={t`Where you are logged in`} plain>
        <div className={styles.panel}>
          <SessionsList />
        </div>
      </Section>
      <Section title={t`Password`} plain>
        <div className={styles.panel}>
          <ChangePasswordForm />
        </div>
      </Section>
    </Stack>
  );
};
