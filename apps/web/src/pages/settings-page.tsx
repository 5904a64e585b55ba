import { useSuspenseQuery } from '@tanstack/react-query';
import { OrganisationForm } from '../features/accounts/organisation-form.tsx';
import { PersonForm } from '../features/accounts/person-form.tsx';
import { meQuery } from '../features/accounts/queries.ts';
import { quietHoursFault } from '../features/quiet-hours/quiet-hours-fault.ts';
import { QuietHoursField } from '../features/quiet-hours/quiet-hours-field.tsx';
import { Page, Section } from '../ui/page.tsx';
import styles from './pages.module.css';

export const SettingsPage = () => {
  const { data: me } = useSuspenseQuery(meQuery);
  const { account, organisation } = me;
  return (
    <Page narrow title="Settings" note={account === null ? undefined : account.email}>
      {account === null ? null : (
        <Section title="You" plain>
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
      <Section title="Organisation" plain>
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
