import { plural, t } from '@lingui/core/macro';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { meQuery } from '../features/accounts/queries.ts';
import { guessUrl } from '../features/monitors/guess-url.ts';
import { NewMonitorForm } from '../features/monitors/new-monitor-form.tsx';
import { monitorsQuery } from '../features/monitors/queries.ts';
import { Page } from '../ui/page.tsx';
import { useMonitorChoices } from './monitor-choices.ts';
import styles from './pages.module.css';

export const NewMonitorPage = () => {
  const { data: me } = useSuspenseQuery(meQuery);
  // Known before the form is there: a guess that came later would take away what was typed meanwhile.
  const { data: monitors } = useSuspenseQuery(monitorsQuery);
  const choices = useMonitorChoices();
  const navigate = useNavigate();
  const [first] = useState(monitors.length === 0); // and stays so while this one is being saved
  const guess = first ? guessUrl(me.account?.email ?? '') : null;
  return (
    <Page
      narrow
      title={t`What should we watch?`}
      note={t`A look every 30 seconds from ${plural(me.regions.length, { one: 'one region', other: '# regions' })}; you are told when it breaks.`}
    >
      <div className={styles.panel}>
        <NewMonitorForm
          key={guess}
          startUrl={guess ?? ''}
          choices={choices}
          onCreated={({ id }) =>
            void navigate({
              to: '/monitors/$monitorId',
              params: { monitorId: id },
              search: first ? { welcome: 'yes' } : {},
            })
          }
        />
      </div>
    </Page>
  );
};
