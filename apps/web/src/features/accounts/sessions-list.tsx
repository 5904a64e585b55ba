import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Badge, Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Code } from '../../ui/code.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './accounts.module.css';
import { deviceWords } from './device-words.ts';
import { sessionsQuery, useEndOtherSessions, useEndSession } from './factor-queries.ts';
import { FormProblem } from './form-problem.tsx';
import { LogInAgain, needsFreshLogIn } from './log-in-again.tsx';

type Session = Readonly<{
  token: string;
  own: boolean;
  ipAddress?: string | null | undefined;
  userAgent?: string | null | undefined;
  createdAt: Date;
  updatedAt: Date;
}>;
const iso = (at: Date): string => new Date(at).toISOString();

const Row = ({ session }: { readonly session: Session }) => {
  const end = useEndSession();
  const device = deviceWords(session.userAgent);
  return (
    <li className={styles.item}>
      <div className={styles.itemText}>
        <span className={styles.itemName}>
          {device}
          {session.own ? (
            <Badge variant="light" size="sm">
              <Trans>This one</Trans>
            </Badge>
          ) : null}
        </span>
        <span className={styles.soft}>
          {session.ipAddress === null || session.ipAddress === undefined || session.ipAddress === '' ? null : (
            <>
              <Code>{session.ipAddress}</Code> ·{' '}
            </>
          )}
          <Trans>
            since <Instant at={iso(session.createdAt)} />, seen <Instant at={iso(session.updatedAt)} />
          </Trans>
        </span>
        <FormProblem error={end.error} />
      </div>
      {session.own ? null : (
        <Button
          variant="default"
          size="xs"
          loading={end.isPending}
          onClick={() => end.mutate(session.token)}
          aria-label={t`Log out ${device}`}
        >
          <Trans>Log out</Trans>
        </Button>
      )}
    </li>
  );
};

/** Where one is logged in; each can be ended, or all others at once. */
export const SessionsList = () => {
  const query = useQuery(sessionsQuery);
  const others = useEndOtherSessions();
  if (query.status === 'pending') return <Skeletons rows={2} height={56} label={t`Loading your sessions`} />;
  if (query.status === 'error')
    return needsFreshLogIn(query.error) ? (
      <LogInAgain>
        <Trans>Your log-in is older than a day. Log in again to see where else you are logged in.</Trans>
      </LogInAgain>
    ) : (
      <Problem title={t`Your sessions could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
    );
  return (
    <>
      <ul className={styles.items}>
        {query.data.map((session) => (
          <Row key={session.id} session={session} />
        ))}
      </ul>
      <FormProblem error={others.error} />
      {query.data.length < 2 ? null : (
        <Group justify="flex-end" mt="sm">
          <Button variant="default" loading={others.isPending} onClick={() => others.mutate(undefined)}>
            <Trans>Log out everywhere else</Trans>
          </Button>
        </Group>
      )}
    </>
  );
};
