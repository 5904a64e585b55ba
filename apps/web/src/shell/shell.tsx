import type { getMe, ReplyOf } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Fragment } from 'react';
import { AccountMenu } from '../features/accounts/account-menu.tsx';
import { meQuery } from '../features/accounts/queries.ts';
import { VerifyBanner } from '../features/accounts/verify-banner.tsx';
import { setHourCycle } from '../ui/hour-cycle.ts';
import { Link as TextLink } from '../ui/link.tsx';
import { Logo } from '../ui/logo.tsx';
import { TitlePrefix } from '../ui/page.tsx';
import { Zone } from '../ui/zone.ts';
import { Live } from './live.tsx';
import { Navigation } from './navigation.tsx';
import { NewVersion } from './new-version.tsx';
import { NotificationHint } from './notification-hint.tsx';
import { PaletteButton } from './palette-button.tsx';
import styles from './shell.module.css';
import { StreamDot, StreamNotice } from './stream-notice.tsx';
import { useHealth } from './use-health.ts';
import { useKeptState } from './use-kept-state.ts';
import { useOverlays } from './use-overlays.tsx';
import { useServiceWorker } from './use-service-worker.ts';
import { zoneOf } from './zone-of.ts';

type Me = ReplyOf<typeof getMe>;
type SideProps = Readonly<{ me: Me; down: number; onPalette: () => void }>;

const Side = ({ me, down, onPalette }: SideProps) => {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const account = { email: me.account?.email ?? '', organisation: me.organisation.name };
  return (
    <aside className={styles.side} aria-label={t`Dashboard`}>
      <Link to="/" className={styles.home}>
        <Logo />
      </Link>
      <PaletteButton onOpen={onPalette} />
      <Navigation path={path} withMails={me.mail === 'files'} open={down} />
      <div className={styles.sideFoot}>
        <NewVersion place="side" />
        <StreamDot />
        <AccountMenu {...account} />
      </div>
      <div className={styles.topMenu}>
        <PaletteButton onOpen={onPalette} compact />
        <AccountMenu {...account} compact />
      </div>
    </aside>
  );
};

const Notices = ({ me }: { readonly me: Me }) => (
  <>
    <StreamNotice />
    <NewVersion place="top" />
    {me.account === null || me.account.emailVerified ? (
      <NotificationHint />
    ) : (
      <div className={styles.banner}>
        <VerifyBanner email={me.account.email}>
          {me.mail === 'files' ? (
            <TextLink to="/mails" size="sm">
              <Trans>No mail server is set: read it here</Trans>
            </TextLink>
          ) : null}
        </VerifyBanner>
      </div>
    )}
  </>
);

const Frame = ({ me }: { readonly me: Me }) => {
  const { prefix, down } = useHealth();
  const { openPalette, overlays } = useOverlays(me.mail === 'files');
  useKeptState(me.account?.id ?? null);
  useServiceWorker();
  const clock = me.account?.clock ?? 'auto';
  setHourCycle(clock);
  return (
    <Zone value={zoneOf(me)}>
      <TitlePrefix value={prefix}>
        <a className={styles.skip} href="#content">
          <Trans>Skip to the content</Trans>
        </a>
        <div className={styles.shell}>
          <Side me={me} down={down} onPalette={openPalette} />
          <main className={styles.main} id="content" tabIndex={-1}>
            <Notices me={me} />
            {/* Another clock makes every time anew. */}
            <Fragment key={clock}>
              <Outlet />
            </Fragment>
          </main>
        </div>
        {overlays}
      </TitlePrefix>
    </Zone>
  );
};

/** Everything behind the log-in: the frame around the pages, and the stream that keeps them live. */
export const Shell = () => {
  const { data: me } = useQuery(meQuery);
  return <Live>{me === undefined ? null : <Frame me={me} />}</Live>;
};
