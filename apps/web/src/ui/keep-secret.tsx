import { Trans } from '@lingui/react/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useCallback, useRef } from 'react';
import { LeaveGuard } from './leave-guard.tsx';
import { Secret } from './secret.tsx';

type Props = Readonly<{
  label: string;
  value: string;
  /** What it is for, and that it is not shown again. */
  children: ReactNode;
  onKept: () => void;
}>;

/** A secret that is shown this once: closing asks before it is lost, unless it was copied or is said to be kept. */
export const KeepSecret = ({ label, value, children, onKept }: Props) => {
  const isKept = useRef(false);
  const keep = useCallback(() => {
    isKept.current = true;
  }, []);
  const isLost = useCallback(() => !isKept.current, []);
  return (
    <Stack gap="md">
      <LeaveGuard unsaved={isLost} losing="secret" />
      <Text size="sm">{children}</Text>
      <Secret label={label} value={value} onCopied={keep} />
      <Group justify="flex-end">
        <Button
          onClick={() => {
            keep();
            onKept();
          }}
        >
          <Trans>I have kept it</Trans>
        </Button>
      </Group>
    </Stack>
  );
};
