import { t } from '@lingui/core/macro';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy } from 'react';
import { OrganisationForm } from '../features/accounts/organisation-form.tsx';
import { meQuery } from '../features/accounts/queries.ts';
import { Page, Section } from '../ui/page.tsx';
import { PageTabs } from '../ui/page-tabs.tsx';
import { Skeletons } from '../ui/skeletons.tsx';
import styles from './pages.module.css';
import { settingsTabOf } from './search.ts';
import { SettingsYou } from './settings-you.tsx';

const route = getRouteApi('/app/settings');
/** With it come the QR code and the library of passkeys. */
const SettingsSecurity = lazy(async () => ({ default: (await import('./settings-security.tsx')).SettingsSecurity }));

const Organisation = () => {
  const { organisation } = useSuspenseQuery(meQuery).data;
  const { name, timeZone, weeklyReport, logDays } = organisation;
  return (
    <Section title={t`Organisation`} plain>
      <div className={styles.panel}>
        <OrganisationForm
          key={JSON.stringify([name, timeZone, weeklyReport, logDays])}
          before={organisation}
          owner={organisation.role === 'owner'}
        />
      </div>
    </Section>
  );
};

/** The person, how they log in, and what holds for the organisation; the tab stands in the URL. */
export const SettingsPage = () => {
  const { account } = useSuspenseQuery(meQuery).data;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page narrow title={t`Settings`} note={account === null ? undefined : account.email}>
      <PageTabs
        value={search.tab ?? 'you'}
        onTab={(tab) => void navigate({ search: { tab: settingsTabOf(tab) }, replace: true })}
        waiting={<Skeletons rows={4} height={140} />}
        tabs={[
          { value: 'you', label: t`You`, body: <SettingsYou /> },
          { value: 'security', label: t`Security`, body: <SettingsSecurity /> },
          { value: 'organisation', label: t`Organisation`, body: <Organisation /> },
        ]}
      />
    </Page>
  );
};
