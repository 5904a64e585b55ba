import { Trans } from '@lingui/react/macro';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { messageOf } from '../api/call-error.ts';

export type ConfirmProps = Readonly<{
  opened: boolean;
  title: string;
  action: string;
  busy: boolean;
  error: unknown;
  children: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}>;

/** Asks before something is lost; the body names what. */
export const ConfirmDialog = ({ opened, title, action, busy, error, children, onConfirm, onClose }: ConfirmProps) => (
  <Modal opened={opened} onClose={onClose} title={title} centered>
    <Stack gap="md">
      <Text component="div" size="sm">
        {children}
      </Text>
      {error === null || error === undefined ? null : (
        <Text size="sm" c="var(--fw-bad)" role="alert">
          {messageOf(error)}
        </Text>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          <Trans>Cancel</Trans>
        </Button>
        <Button color="red" loading={busy} onClick={onConfirm}>
          {action}
        </Button>
      </Group>
    </Stack>
  </Modal>
);
