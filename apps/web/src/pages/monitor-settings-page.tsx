import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { monitorQuery } from '../features/monitors/queries.ts';
import { MonitorSettings } from '../features/monitors/settings-form.tsx';
import { Link } from '../ui/link.tsx';
import { Page } from '../ui/page.tsx';
import { useMonitorChoices } from './monitor-choices.ts';
import styles from './pages.module.css';

const route = getRouteApi('/app/monitors/$monitorId/settings');

export const MonitorSettingsPage = () => {
  const { monitorId } = route.useParams();
  const choices = useMonitorChoices(monitorId);
  const { data: monitor } = useQuery(monitorQuery(monitorId));
  return (
    <Page
      narrow
      title={t`Settings`}
      note={
        <Link to="/monitors/$monitorId" params={{ monitorId }}>
          {monitor === undefined ? <Trans>Back to the monitor</Trans> : t`Back to ${monitor.name}`}
        </Link>
      }
    >
      <div className={styles.panel}>
        <MonitorSettings monitorId={monitorId} choices={choices} />
      </div>
    </Page>
  );
};
