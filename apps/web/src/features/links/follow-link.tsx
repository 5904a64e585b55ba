import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Stack, Text } from '@mantine/core';
import { FormAlert } from '../../ui/form-alert.tsx';
import { InZone } from '../../ui/in-zone.tsx';
import { Instant, ZoneName } from '../../ui/instant.tsx';
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
          <span>
            <InZone text={summary} />
          </span>
          <span className={styles.soft}>
            {status === 'open' ? (
              <Trans>
                since <Instant at={startedAt} /> (<ZoneName />)
              </Trans>
            ) : (
              <Trans>
                cleared; it began <Instant at={startedAt} /> (<ZoneName />)
              </Trans>
            )}
          </span>
        </li>
      ))}
    </ul>
  );

type Props = Readonly<{ token: string; link: LinkView; gone: (error: Error) => boolean }>;

/** One button. Nothing happens before it is pressed: mail programs open links by themselves. */
export const FollowLink = ({ token, link, gone }: Props) => {
  const follow = useFollowLink();
  const now = follow.data ?? link;
  const { explains, button } = linkWords(link);
  const done = follow.data !== undefined || link.used;
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
          {link.acknowledgedBy === null ? null : (
            <Text>
              <Trans>{link.acknowledgedBy} has some of it already.</Trans>
            </Text>
          )}
          <Text>{explains}</Text>
          <FormAlert
            error={follow.error}
            kept={follow.error !== null && gone(follow.error) ? '' : t`Nothing was changed; you can press again.`}
          />
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
