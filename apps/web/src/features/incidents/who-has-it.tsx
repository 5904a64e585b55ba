import type { IncidentView } from '@farwatch/contracts';
import { Button, Group } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { messageOf } from '../../api/call-error.ts';
import { useNow } from '../../ui/clock.ts';
import { Instant } from '../../ui/instant.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import styles from './incidents.module.css';
import { type Deed, useDeed } from './queries.ts';
import { SnoozeMenu } from './snooze-menu.tsx';

const ways: Readonly<Record<string, string>> = {
  page: 'on the dashboard',
  api: 'over the API',
  slack: 'in Slack',
  telegram: 'in Telegram',
  sms: 'by SMS',
  voice: 'on the phone',
  link: 'by the link in a message',
};

/** Who has it, since when and how they said so. */
const Has = ({ incident: { acknowledgedBy, acknowledgedAt, status } }: { readonly incident: IncidentView }) => {
  if (acknowledgedBy === null)
    return status === 'open' ? (
      <StateBadge tone="warn">Nobody has it yet</StateBadge>
    ) : (
      <StateBadge tone="idle">Nobody took it</StateBadge>
    );
  return (
    <>
      <StateBadge tone="good">{acknowledgedBy.name} has it</StateBadge>
      <span className={styles.soft}>
        {acknowledgedAt === null ? null : (
          <>
            since <Instant at={acknowledgedAt} />,{' '}
          </>
        )}
        said {ways[acknowledgedBy.via] ?? `via ${acknowledgedBy.via}`}
      </span>
    </>
  );
};

const Snoozed = ({ until }: { readonly until: string }) => {
  const now = useNow();
  return Date.parse(until) <= now ? null : (
    <span className={styles.soft}>
      Snoozed until <Instant at={until} to="minute" />: no escalation and no reminder before
    </span>
  );
};

/** The one thing to press at three in the morning, and what it came to. */
export const WhoHasIt = ({ incident }: { readonly incident: IncidentView }) => {
  const deed = useDeed(incident.id);
  const open = incident.status === 'open';
  const act = (next: Deed): void => deed.mutate(next);
  return (
    <div className={styles.has}>
      <div className={styles.hasText}>
        <Has incident={incident} />
        {open && incident.snoozedUntil !== null ? <Snoozed until={incident.snoozedUntil} /> : null}
      </div>
      {open ? (
        <Group gap="xs">
          <SnoozeMenu snoozedUntil={incident.snoozedUntil} onSnooze={(until) => act({ kind: 'snooze', until })} />
          {incident.acknowledgedBy === null ? (
            <Button
              leftSection={<IconHandStop size={16} aria-hidden />}
              loading={deed.isPending}
              onClick={() => act({ kind: 'acknowledge' })}
            >
              Acknowledge
            </Button>
          ) : (
            <Button variant="default" loading={deed.isPending} onClick={() => act({ kind: 'give-back' })}>
              Give back
            </Button>
          )}
        </Group>
      ) : null}
      {deed.isError ? (
        <p className={styles.failed} role="alert">
          That did not work: {messageOf(deed.error)}
        </p>
      ) : null}
    </div>
  );
};
