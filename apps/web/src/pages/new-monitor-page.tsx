import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { meQuery } from '../features/accounts/queries.ts';
import { guessUrl } from '../features/monitors/guess-url.ts';
import { NewMonitorForm } from '../features/monitors/new-monitor-form.tsx';
import { monitorsQuery } from '../features/monitors/queries.ts';
import { Page } from '../ui/page.tsx';
import styles from './pages.module.css';

export const NewMonitorPage = () => {
  const { data: me } = useSuspenseQuery(meQuery);
  const { data: monitors } = useQuery(monitorsQuery);
  const navigate = useNavigate();
  const first = monitors?.length === 0;
  const guess = first ? guessUrl(me.account?.email ?? '') : null;
  return (
    <Page
      narrow
      title="What should we watch?"
      note={`A look every 30 seconds from ${me.regions.length === 1 ? 'one region' : `${me.regions.length} regions`}; you are told when it breaks.`}
    >
      <div className={styles.panel}>
        <NewMonitorForm
          key={guess}
          startUrl={guess ?? ''}
          regions={me.regions}
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
