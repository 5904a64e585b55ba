import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Tagged } from '../api/call.ts';
import { CallError } from '../api/call-error.ts';
import { Problem } from './problem.tsx';

type Props<T> = Readonly<{
  /** What stands there now. */
  theirs: UseQueryResult<Tagged<T>>;
  waiting: ReactNode;
  /** What is said when it can't be loaded; and what stands there instead when it is gone. */
  failed: string;
  gone?: ReactNode;
  note: string;
  onTake?: () => void;
  onOverwrite: (etag: string | null) => void;
  children: (theirs: T) => ReactNode;
}>;

/** Somebody else saved while this was being written: theirs is shown, and nothing is lost unasked. */
export const Conflict = <T,>({ theirs, waiting, failed, gone, note, onTake, onOverwrite, children }: Props<T>) => {
  if (theirs.status === 'pending') return waiting;
  if (theirs.status === 'error')
    return gone !== undefined && theirs.error instanceof CallError && theirs.error.status === 404 ? (
      gone
    ) : (
      <Problem title={failed} error={theirs.error} onRetry={() => void theirs.refetch()} />
    );
  const { data, etag } = theirs.data;
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconUsers size={18} aria-hidden />}
      title={t`Somebody changed it in the meantime`}
    >
      <Stack gap="sm" align="start">
        <span>{note}</span>
        {children(data)}
        <Group gap="xs">
          {onTake === undefined ? null : (
            <Button size="xs" variant="default" onClick={onTake}>
              <Trans>Load it as it is now</Trans>
            </Button>
          )}
          <Button size="xs" variant="default" onClick={() => onOverwrite(etag)}>
            <Trans>Save mine over it</Trans>
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
};
