import {
  IconActivity,
  IconAlertTriangle,
  IconBell,
  IconKey,
  IconMail,
  IconSettings,
  IconTool,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import styles from './shell.module.css';

const places = [
  { to: '/', label: 'Monitors', icon: IconActivity, keys: 'g m' },
  { to: '/incidents', label: 'Incidents', icon: IconAlertTriangle, keys: 'g i' },
  { to: '/alerting', label: 'Alerting', icon: IconBell, keys: 'g a' },
  { to: '/maintenance', label: 'Maintenance', icon: IconTool, keys: '' },
  { to: '/api-keys', label: 'API keys', icon: IconKey, keys: '' },
  { to: '/settings', label: 'Settings', icon: IconSettings, keys: '' },
] as const;
const mails = { to: '/mails', label: 'Mails', icon: IconMail, keys: '' } as const;

type Props = Readonly<{ path: string; withMails: boolean; open: number }>;

const isHere = (to: string, path: string): boolean =>
  to === '/' ? path === '/' || path.startsWith('/monitors') : path.startsWith(to);

/** The places of the dashboard: beside the page on a desk, below it on a phone. */
export const Navigation = ({ path, withMails, open }: Props) => (
  <nav className={styles.navigation} aria-label="Main">
    {(withMails ? [...places, mails] : places).map(({ to, label, icon: Icon, keys }) => (
      <Link
        key={to}
        to={to}
        className={styles.place}
        title={keys === '' ? undefined : `${label} (${keys})`}
        aria-current={isHere(to, path) ? 'page' : undefined}
      >
        <Icon size={20} stroke={1.75} aria-hidden />
        <span className={styles.placeName}>{label}</span>
        {to === '/incidents' && open > 0 ? (
          <span className={styles.openCount}>
            {open}
            <span className={styles.hidden}> down now</span>
          </span>
        ) : null}
      </Link>
    ))}
  </nav>
);
