import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { CallError } from '../api/call-error.ts';
import { LookFacts } from '../features/results/look-facts.tsx';
import { KeptOf, LookHead } from '../features/results/look-panel.tsx';
import { type SharedLook, sharedQuery } from '../features/results/shares.ts';
import { Door } from '../shell/door.tsx';
import { Code } from '../ui/code.tsx';
import { Instant, ZoneName } from '../ui/instant.tsx';
import { Logo } from '../ui/logo.tsx';
import { Problem } from '../ui/problem.tsx';
import { Skeletons } from '../ui/skeletons.tsx';
import styles from './shared-page.module.css';

/** No search engine lists it, and where its links lead nobody learns its address. */
const useHidden = (): void =>
  useEffect(() => {
    const made = ['robots noindex,nofollow', 'referrer no-referrer'].map((words) => {
      const [name = '', content = ''] = words.split(' ');
      return document.head.appendChild(Object.assign(document.createElement('meta'), { name, content }));
    });
    return () => {
      for (const meta of made) meta.remove();
    };
  }, []);

const Look = ({ shared }: { readonly shared: SharedLook }) => {
  const { monitorName, method, url, result, evidence, details, detailsOf, withBody, expiresAt } = shared;
  useEffect(() => {
    document.title = `${monitorName} · Farwatch`;
  }, [monitorName]);
  return (
    <main className={styles.page}>
      <Logo />
      <header>
        <h1 className={styles.title}>{monitorName}</h1>
        <p className={styles.url}>
          {method} <Code>{url}</Code>
        </p>
      </header>
      <div className={styles.card}>
        <LookHead result={result} />
        <LookFacts result={result} />
        <KeptOf result={{ ...result, evidence, details, detailsOf }} withBody={withBody} />
      </div>
      <p className={styles.foot}>
        <Trans>
          A read-only link that works until <Instant at={expiresAt} to="weekday" />. Times are in <ZoneName />. Cookies,
          tokens and other secrets are left out.
        </Trans>
      </p>
    </main>
  );
};

/** One look, for whoever was given the link; read-only, and without an account. */
export const SharedPage = () => {
  const { token } = useParams({ from: '/s/$token' });
  const query = useQuery(sharedQuery(token));
  useHidden();
  switch (query.status) {
    case 'pending':
      return (
        <Door title={t`One moment`}>
          <Skeletons rows={6} height={48} label={t`Loading what was shared`} />
        </Door>
      );
    case 'error':
      return query.error instanceof CallError && (query.error.status === 404 || query.error.status === 400) ? (
        <Door
          title={t`There is nothing to see here`}
          note={t`This link is unknown, has run out, or was revoked. Ask whoever gave it to you for a new one.`}
        >
          {null}
        </Door>
      ) : (
        <Door title={t`This could not be loaded`}>
          <Problem title={t`The link may be good`} error={query.error} onRetry={() => void query.refetch()} />
        </Door>
      );
    case 'success':
      return <Look shared={query.data} />;
  }
};
