import { Trans } from '@lingui/react/macro';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
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

/** What went wrong the last time it was open is no news. */
const useNews = (opened: boolean, error: unknown): unknown => {
  const [last, setLast] = useState<Readonly<{ opened: boolean; error: unknown }>>({ opened, error: null });
  if (last.opened !== opened) setLast({ opened, error });
  return error === last.error ? null : error;
};

/** Asks before something is lost; the body names what. */
export const ConfirmDialog = ({ opened, title, action, busy, error, children, onConfirm, onClose }: ConfirmProps) => {
  const news = useNews(opened, error);
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered>
      <Stack gap="md">
        <Text component="div" size="sm">
          {children}
        </Text>
        {news === null || news === undefined ? null : (
          <Text size="sm" c="var(--fw-bad)" role="alert">
            {messageOf(news)}
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
};
