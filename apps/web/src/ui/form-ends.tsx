import { Trans } from '@lingui/react/macro';
import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = Readonly<{
  onCancel: () => void;
  busy?: boolean;
  danger?: boolean;
  /** Another act, between the way out and the deed. */
  between?: ReactNode;
  /** What sending the form does. */
  children: ReactNode;
}>;

/** Below a form: the way out, and the deed. */
export const FormEnds = ({ onCancel, busy = false, danger = false, between, children }: Props) => (
  <Group justify="flex-end" gap="xs">
    <Button variant="default" onClick={onCancel}>
      <Trans>Cancel</Trans>
    </Button>
    {between}
    <Button type="submit" loading={busy} {...(danger ? { color: 'red' } : {})}>
      {children}
    </Button>
  </Group>
);
