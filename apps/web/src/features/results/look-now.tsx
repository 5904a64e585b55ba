import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { messageOf } from '../../api/call-error.ts';
import { latestQuery, useLookNow } from './queries.ts';
import styles from './response-log.module.css';

/** What was asked for: the moment that its looks have as theirs, and the regions that will tell. */
export type Asked = Readonly<{ scheduledAt: string; regions: readonly string[] }>;

type Props = Readonly<{
  monitorId: string;
  asked: Asked | null;
  onAsked: (asked: Asked) => void;
}>;

/** Looks now from every region, and says how many have told what they saw. */
export const LookNow = ({ monitorId, asked, onAsked }: Props) => {
  const look = useLookNow(monitorId);
  // Not from the log: its filter may hide them. The regions' table has read them, and the stream keeps them fresh.
  const { data: latest = [] } = useQuery({ ...latestQuery(monitorId), refetchOnMount: false });
  const told =
    asked === null
      ? 0
      : new Set(latest.flatMap((row) => (row.scheduledAt === asked.scheduledAt ? row.region : []))).size;
  const all = asked?.regions.length ?? 0;
  return (
    <>
      <span role="status" className={styles.told}>
        {look.isError ? t`Could not look: ${messageOf(look.error)}` : null}
        {asked === null || look.isError ? null : told < all ? (
          <Trans>
            {told} of {all} regions have answered
          </Trans>
        ) : (
          plural(all, { one: 'The region has answered', other: 'All # regions have answered' })
        )}
      </span>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRefresh size={15} aria-hidden />}
        loading={look.isPending}
        onClick={() => look.mutate(undefined, { onSuccess: onAsked })}
      >
        <Trans>Re-check now</Trans>
      </Button>
    </>
  );
};
