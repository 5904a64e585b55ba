import type { getMe, ReplyOf } from '@farwatch/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Fragment, useEffect } from 'react';
import { AccountMenu } from '../features/accounts/account-menu.tsx';
import { meQuery } from '../features/accounts/queries.ts';
import { VerifyBanner } from '../features/accounts/verify-banner.tsx';
import { monitorsQuery } from '../features/monitors/queries.ts';
import { setHourCycle } from '../ui/hour-cycle.ts';
import { Link as TextLink } from '../ui/link.tsx';
import { Logo } from '../ui/logo.tsx';
import { TitlePrefix } from '../ui/page.tsx';
import { browserZone, knowsZone, Zone } from '../ui/zone.ts';
import { Live } from './live.tsx';
import { Navigation } from './navigation.tsx';
import styles from './shell.module.css';
import { StreamDot, StreamNotice } from './stream-notice.tsx';
import { useShortcuts } from './use-shortcuts.ts';

/** How many monitors are down, for the tab's title and icon; null while it is not known. */
const useDown = (): number | null => {
  const { data } = useQuery(monitorsQuery);
  const down = data === undefined || data.length === 0 ? null : data.filter(({ status }) => status === 'down').length;
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon !== null) icon.href = down === null ? '/favicon.svg' : down > 0 ? '/favicon-down.svg' : '/favicon-up.svg';
  }, [down]);
  return down;
};

/** The person's zone, else the organisation's, else the browser's. */
const zoneOf = ({ account, organisation }: ReplyOf<typeof getMe>): string => {
  const zone = account?.timeZone ?? organisation.timeZone;
  return knowsZone(zone) ? zone : browserZone;
};

const Frame = () => {
  useShortcuts();
  const { data: me } = useQuery(meQuery);
  const down = useDown() ?? 0;
  const path = useRouterState({ select: ({ location }) => location.pathname });
  if (me === undefined) return null;
  const clock = me.account?.clock ?? 'auto';
  setHourCycle(clock);
  const email = me.account?.email ?? '';
  const files = me.mail === 'files';
  return (
    <Zone value={zoneOf(me)}>
      <TitlePrefix value={down > 0 ? `(${down} down) ` : ''}>
        <a className={styles.skip} href="#content">
          Skip to the content
        </a>
        <div className={styles.shell}>
          <aside className={styles.side} aria-label="Dashboard">
            <Link to="/" className={styles.home}>
              <Logo />
            </Link>
            <Navigation path={path} withMails={files} open={down} />
            <div className={styles.sideFoot}>
              <StreamDot />
              <AccountMenu email={email} organisation={me.organisation.name} />
            </div>
            <div className={styles.topMenu}>
              <AccountMenu email={email} organisation={me.organisation.name} compact />
            </div>
          </aside>
          <main className={styles.main} id="content" tabIndex={-1}>
            <StreamNotice />
            {me.account === null || me.account.emailVerified ? null : (
              <div className={styles.banner}>
                <VerifyBanner email={email}>
                  {files ? (
                    <TextLink to="/mails" size="sm">
                      No mail server is set: read it here
                    </TextLink>
                  ) : null}
                </VerifyBanner>
              </div>
            )}
            {/* Another clock makes every time anew. */}
            <Fragment key={clock}>
              <Outlet />
            </Fragment>
          </main>
        </div>
      </TitlePrefix>
    </Zone>
  );
};

/** Everything behind the log-in: the frame around the pages, and the stream that keeps them live. */
export const Shell = () => (
  <Live>
    <Frame />
  </Live>
);
