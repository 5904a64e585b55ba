import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { mails, places } from './places.ts';
import styles from './shell.module.css';

type Props = Readonly<{ path: string; withMails: boolean; open: number }>;

const isHere = (to: string, path: string): boolean =>
  to === '/' ? path === '/' || path.startsWith('/monitors') : path.startsWith(to);

/** The places of the dashboard: beside the page on a desk, below it on a phone. */
export const Navigation = ({ path, withMails, open }: Props) => (
  <nav className={styles.navigation} aria-label={t`Main`}>
    {(withMails ? [...places, mails] : places).map(({ to, label, icon: Icon, keys }) => {
      const name = i18n.t(label);
      return (
        <Link
          key={to}
          to={to}
          className={styles.place}
          title={keys === '' ? undefined : `${name} (${keys})`}
          aria-current={isHere(to, path) ? 'page' : undefined}
        >
          <Icon size={20} stroke={1.75} aria-hidden />
          <span className={styles.placeName}>{name}</span>
          {to === '/incidents' && open > 0 ? (
            <span className={styles.openCount}>
              {open}
              <span className={styles.hidden}>
                {' '}
                <Trans>down now</Trans>
              </span>
            </span>
          ) : null}
        </Link>
      );
    })}
  </nav>
);
