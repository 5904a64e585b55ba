import { listMails } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './mails.module.css';

const arriveMs = 5_000;

/** Written by other processes and told by no event: asked for while somebody looks. */
const mailsQuery = queryOptions({
  queryKey: ['mails'],
  queryFn: async ({ signal }) => (await call(listMails, { query: { limit: 50 } }, { signal })).items,
  refetchInterval: arriveMs,
});

const linkPattern = /(https?:\/\/[^\s<>"]+)/u;

/** A mail's text with its links as links; only http and https ones, nothing else of it is more than text. */
const MailText = ({ text }: { readonly text: string }) => (
  <div className={styles.text}>
    {text.split(linkPattern).map((part, at) =>
      at % 2 === 1 && URL.canParse(part) ? (
        <a key={at} href={part} rel="noreferrer">
          {part}
        </a>
      ) : (
        part
      ),
    )}
  </div>
);

export const MailsList = () => {
  const query = useQuery(mailsQuery);
  switch (query.status) {
    case 'pending':
      return <Skeletons rows={3} height={120} label={t`Loading mails`} />;
    case 'error':
      return <Problem title={t`Mails could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />;
    case 'success':
      return query.data.length === 0 ? (
        <EmptyState title={t`No mail yet`}>
          <Trans>Mails to your address appear here.</Trans>
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {query.data.map((mail) => (
            <li key={mail.file} className={styles.mail}>
              <div className={styles.head}>
                <h2 className={styles.subject}>{mail.subject}</h2>
                <span className={styles.at}>
                  <Instant at={mail.at} />
                </span>
              </div>
              <MailText text={mail.text} />
            </li>
          ))}
        </ul>
      );
  }
};
