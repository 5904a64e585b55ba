import { t } from '@lingui/core/macro';
import { useSuspenseQuery } from '@tanstack/react-query';
import { OrganisationForm } from '../features/accounts/organisation-form.tsx';
import { PersonForm } from '../features/accounts/person-form.tsx';
import { meQuery } from '../features/accounts/queries.ts';
import { quietHoursFault } from '../features/quiet-hours/quiet-hours-fault.ts';
import { QuietHoursField } from '../features/quiet-hours/quiet-hours-field.tsx';
import { NotificationSetting } from '../shell/notification-setting.tsx';
import { Page, Section } from '../ui/page.tsx';
import styles from './pages.module.css';

export const SettingsPage = () => {
  const { data: me } = useSuspenseQuery(meQuery);
  const { account, organisation } = me;
  return (
    <Page narrow title={t`Settings`} note={account === null ? undefined : account.email}>
      {account === null ? null : (
        <Section title={t`You`} plain>
          <div className={styles.panel}>
            <PersonForm
              key={JSON.stringify([account.timeZone, account.quietHours])}
              before={{ timeZone: account.timeZone, quietHours: account.quietHours }}
              organisationZone={organisation.timeZone}
              quietHours={(field) => <QuietHoursField {...field} />}
              quietHoursFault={quietHoursFault}
            />
          </div>
        </Section>
      )}
      <Section title={t`Notifications in this browser`} plain>
        <div className={styles.panel}>
          <NotificationSetting />
        </div>
      </Section>
      <Section title={t`Organisation`} plain>
        <div className={styles.panel}>
          <OrganisationForm
            key={JSON.stringify([
              organisation.name,
              organisation.timeZone,
              organisation.weeklyReport,
              organisation.logDays,
            ])}
            before={organisation}
            owner={organisation.role === 'owner'}
          />
        </div>
      </Section>
    </Page>
  );
};
