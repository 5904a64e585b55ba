import { Button, Stack, Text } from '@mantine/core';
import { FormAlert } from '../../ui/form-alert.tsx';
import { Instant } from '../../ui/instant.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { doneWords, linkWords } from './link-words.ts';
import styles from './links.module.css';
import { type LinkView, useFollowLink } from './queries.ts';

const Incidents = ({ incidents }: Pick<LinkView, 'incidents'>) =>
  incidents.length === 0 ? null : (
    <ul className={styles.incidents}>
      {incidents.map(({ id, monitorName, summary, startedAt, status }) => (
        <li key={id} className={styles.incident}>
          <b>{monitorName}</b>
          <span>{summary}</span>
          <span className={styles.soft}>
            {status === 'open' ? 'since' : 'cleared; it began'} <Instant at={startedAt} />
          </span>
        </li>
      ))}
    </ul>
  );

const retry = 'Nothing was changed; you can press again.';

type Props = Readonly<{ token: string; link: LinkView; gone: (error: Error) => boolean }>;

/** One button. Nothing happens before it is pressed: mail programs open links by themselves. */
export const FollowLink = ({ token, link, gone }: Props) => {
  const follow = useFollowLink();
  const now = follow.data ?? link;
  const { explains, button } = linkWords(link);
  const taken = link.purpose === 'acknowledge' && link.acknowledgedBy !== null;
  const done = follow.data !== undefined || link.used || taken;
  return (
    <Stack gap="lg">
      {link.purpose === 'acknowledge' ? <Incidents incidents={now.incidents} /> : null}
      {done ? (
        <div role="status">
          <StateBadge tone="good" quiet>
            <span className={styles.done}>{doneWords(now)}</span>
          </StateBadge>
        </div>
      ) : (
        <>
          <Text>{explains}</Text>
          <FormAlert error={follow.error} kept={follow.error !== null && gone(follow.error) ? '' : retry} />
          <Button
            size="lg"
            fullWidth
            {...(link.purpose === 'unsubscribe' ? { color: 'red' } : {})}
            loading={follow.isPending}
            onClick={() => follow.mutate(token)}
          >
            {button}
          </Button>
        </>
      )}
    </Stack>
  );
};
