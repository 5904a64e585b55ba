import { Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { messageOf } from '../api/call-error.ts';

type Props = Readonly<{ error: unknown; onRetry: () => void; children: ReactNode }>;

/** What failed within a form, why, and a way to try again, in no more room than what it stands for. */
export const FailedLine = ({ error, onRetry, children }: Props) => (
  <Group gap="xs" role="alert">
    <Text size="sm" c="var(--fw-bad)">
      {children} {messageOf(error)}
    </Text>
    <Button size="compact-sm" variant="default" onClick={onRetry}>
      <Trans>Try again</Trans>
    </Button>
  </Group>
);
