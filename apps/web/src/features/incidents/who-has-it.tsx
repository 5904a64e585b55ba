import type { IncidentView } from '@farwatch/contracts';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconHandStop } from '@tabler/icons-react';
import { messageOf } from '../../api/call-error.ts';
import { useNow } from '../../ui/clock.ts';
import { Instant } from '../../ui/instant.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { type Deed, type Person, useDeed } from './deeds.ts';
import styles from './incidents.module.css';
import { SnoozeMenu } from './snooze-menu.tsx';

const ways: Readonly<Record<string, MessageDescriptor>> = {
  page: msg`said on the dashboard`,
  api: msg`said over the API`,
  slack: msg`said in Slack`,
  telegram: msg`said in Telegram`,
  sms: msg`said by SMS`,
  voice: msg`said on the phone`,
  link: msg`said by the link in a message`,
};
const wayText = (via: string): string => {
  const way = ways[via];
  return way === undefined ? t`said via ${via}` : i18n._(way);
};

const Nobody = ({ open }: { readonly open: boolean }) =>
  open ? (
    <StateBadge tone="warn">
      <Trans>Nobody has it yet</Trans>
    </StateBadge>
  ) : (
    <StateBadge tone="none">
      <Trans>Nobody took it</Trans>
    </StateBadge>
  );

/** Who has it, since when and how they said so. */
const Has = ({ incident: { acknowledgedBy, acknowledgedAt, status } }: { readonly incident: IncidentView }) => {
  if (acknowledgedBy === null) return <Nobody open={status === 'open'} />;
  const { name, via } = acknowledgedBy;
  return (
    <>
      <StateBadge tone="good">{status === 'open' ? t`${name} has it` : t`${name} had it`}</StateBadge>
      <span className={styles.soft}>
        {acknowledgedAt === null ? null : (
          <Trans>
            since <Instant at={acknowledgedAt} />,{' '}
          </Trans>
        )}
        {wayText(via)}
      </span>
    </>
  );
};

const Snoozed = ({ until }: { readonly until: string }) => {
  const now = useNow();
  return Date.parse(until) <= now ? null : (
    <span className={styles.soft}>
      <Trans>
        Snoozed until <Instant at={until} to="minute" />: no escalation and no reminder before
      </Trans>
    </span>
  );
};

/** A letter typed into an open menu or dialog is meant for that. */
const somethingIsOpen = (): boolean => document.querySelector('[role="dialog"], [role="menu"]') !== null;

type ActsProps = Readonly<{ incident: IncidentView; me: Person | null; act: (deed: Deed) => void }>;

/** `x` on the keyboard is the button: `a` leads to Alerting, `k` up a list. */
const Acts = ({ incident, me, act }: ActsProps) => {
  const free = incident.acknowledgedBy === null;
  const acknowledge = (): void => act({ kind: 'acknowledge', by: me });
  useHotkeys([['x', () => (free && !somethingIsOpen() ? acknowledge() : undefined)]]);
  return (
    <div className={styles.acts}>
      {free ? (
        <Button
          leftSection={<IconHandStop size={18} aria-hidden />}
          aria-keyshortcuts="x"
          title={t`Key: x`}
          onClick={acknowledge}
        >
          <Trans>Acknowledge</Trans>
        </Button>
      ) : (
        <Button variant="default" onClick={() => act({ kind: 'give-back' })}>
          <Trans>Give back</Trans>
        </Button>
      )}
      <SnoozeMenu snoozedUntil={incident.snoozedUntil} onSnooze={(until) => act({ kind: 'snooze', until })} />
    </div>
  );
};

/** The one thing to press at three in the morning, and what it came to. */
export const WhoHasIt = ({ incident, me }: { readonly incident: IncidentView; readonly me: Person | null }) => {
  const deed = useDeed(incident.id);
  const open = incident.status === 'open';
  return (
    <div className={styles.has}>
      <div className={styles.hasText}>
        <Has incident={incident} />
        {open && incident.snoozedUntil !== null ? <Snoozed until={incident.snoozedUntil} /> : null}
      </div>
      {open ? <Acts incident={incident} me={me} act={deed.mutate} /> : null}
      {deed.isError ? (
        <p className={styles.failed} role="alert">
          <Trans>That did not work: {messageOf(deed.error)}</Trans>
        </p>
      ) : null}
    </div>
  );
};
