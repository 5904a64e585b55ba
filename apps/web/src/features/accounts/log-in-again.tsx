import { Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { AuthError } from './ask-auth.ts';
import { useLogOut } from './queries.ts';

/** Some things are shown and done only within a day of logging in. */
export const needsFreshLogIn = (error: unknown): boolean =>
  error instanceof AuthError && error.code === 'session-not-fresh';

export const LogInAgain = ({ children }: { readonly children: ReactNode }) => {
  const logOut = useLogOut();
  return (
    <Group justify="space-between">
      <Text size="sm">{children}</Text>
      <Button
        variant="default"
        size="xs"
        loading={logOut.isPending}
        onClick={() => logOut.mutate('/settings?tab=security')}
      >
        <Trans>Log in again</Trans>
      </Button>
    </Group>
  );
};
