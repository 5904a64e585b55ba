import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Stack } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { PersonForm } from '../features/accounts/person-form.tsx';
import { meQuery } from '../features/accounts/queries.ts';
import { ThemeChoice } from '../features/accounts/theme-choice.tsx';
import { quietHoursFault } from '../features/quiet-hours/quiet-hours-fault.ts';
import { NotificationSetting } from '../shell/notification-setting.tsx';
import { Section } from '../ui/page.tsx';
import styles from './pages.module.css';
import { QuietHoursSlot } from './quiet-hours-slot.tsx';

/** Who somebody is, and how they are told times. */
export const SettingsYou = () => {
  const { account, organisation } = useSuspenseQuery(meQuery).data;
  if (account === null) return null;
  const { email, emailVerified, name, clock, timeZone, quietHours } = account;
  return (
    <Stack gap="xl">
      <Section title={t`You`} plain>
        <p className={styles.plain}>
          {emailVerified ? (
            <Trans>
              You log in with <b>{email}</b>. The address is verified.
            </Trans>
          ) : (
            <Trans>
              You log in with <b>{email}</b>. The address is not verified yet: open the link we mailed to it.
            </Trans>
          )}
        </p>
        <div className={styles.panel}>
          <PersonForm
            key={JSON.stringify([name, clock, timeZone, quietHours])}
            before={{ name, clock, timeZone, quietHours }}
            organisationZone={organisation.timeZone}
            quietHours={(field) => <QuietHoursSlot {...field} channelId={null} saved={quietHours} />}
            quietHoursFault={quietHoursFault}
          />
        </div>
      </Section>
      <Section title={t`This browser`} plain>
        <div className={styles.panel}>
          <Stack gap="lg">
            <ThemeChoice />
            <NotificationSetting />
          </Stack>
        </div>
      </Section>
    </Stack>
  );
};
