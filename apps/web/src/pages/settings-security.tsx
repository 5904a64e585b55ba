import { t } from '@lingui/core/macro';
import { Stack } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ChangeEmail } from '../features/accounts/change-email.tsx';
import { ChangePasswordForm } from '../features/accounts/change-password-form.tsx';
import { passkeysQuery, sessionsQuery } from '../features/accounts/factor-queries.ts';
import { PasskeysList } from '../features/accounts/passkeys-list.tsx';
import { meQuery } from '../features/accounts/queries.ts';
import { SessionsList } from '../features/accounts/sessions-list.tsx';
import { TwoFactor } from '../features/accounts/two-factor.tsx';
import { InTurn } from '../ui/in-turn.tsx';
import { Section } from '../ui/page.tsx';
import styles from './pages.module.css';

const Part = ({ title, children }: Readonly<{ title: string; children: ReactNode }>) => (
  <Section title={title} plain>
    <div className={styles.panel}>{children}</div>
  </Section>
);

/** How somebody logs in, and where they are logged in. */
export const SettingsSecurity = () => {
  const { account } = useSuspenseQuery(meQuery).data;
  const [passkeys, sessions] = [useQuery(passkeysQuery), useQuery(sessionsQuery)];
  if (account === null) return null;
  return (
    <Stack gap="xl">
      <InTurn
        parts={[
          {
            ...{ key: 'address', waits: false },
            shows: (
              <Part title={t`E-mail address`}>
                <ChangeEmail key={account.email} email={account.email} verified={account.emailVerified} />
              </Part>
            ),
          },
          {
            ...{ key: 'second-step', waits: false },
            shows: (
              <Part title={t`Second step at log-in`}>
                <TwoFactor on={account.twoFactor} />
              </Part>
            ),
          },
          {
            ...{ key: 'passkeys', waits: passkeys.isLoading },
            shows: (
              <Part title={t`Passkeys`}>
                <PasskeysList />
              </Part>
            ),
          },
          {
            ...{ key: 'sessions', waits: sessions.isLoading },
            shows: (
              <Part title={t`Where you are logged in`}>
                <SessionsList />
              </Part>
            ),
          },
          {
            ...{ key: 'password', waits: false },
            shows: (
              <Part title={t`Password`}>
                <ChangePasswordForm />
              </Part>
            ),
          },
        ]}
      />
    </Stack>
  );
};
