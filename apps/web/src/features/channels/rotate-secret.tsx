import type { ChannelView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { FormAlert } from '../../ui/form-alert.tsx';
import { FormModal } from '../../ui/form-modal.tsx';
import { Instant } from '../../ui/instant.tsx';
import { KeepSecret } from '../../ui/keep-secret.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { useRotateSecret } from './queries.ts';

type Props = Readonly<{ channel: ChannelView; opened: boolean; onClose: () => void }>;

/** A new signing secret, shown this once; the old one is good for a day more. */
export const RotateSecret = ({ channel, opened, onClose }: Props) => {
  const { name } = channel;
  const rotate = useRotateSecret();
  const close = (): void => {
    onClose();
    rotate.reset();
  };
  if (!opened) return null;
  return (
    <FormModal onClose={close} title={t`Signing secret of ${name}`} size="md">
      {(leave) =>
        rotate.data === undefined ? (
          <Stack gap="md">
            {/* The secret that is on its way would be shown to nobody. */}
            <LeaveGuard unsaved={() => rotate.isPending} losing="secret" />
            <FormAlert error={rotate.error} kept={t`The old secret is still the one.`} />
            <Text size="sm">
              <Trans>
                A new secret is made and shown once. For 24 hours every call is signed with the old one too, so that you
                can change your receiver in peace.
              </Trans>
            </Text>
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={leave} data-autofocus>
                <Trans>Cancel</Trans>
              </Button>
              <Button loading={rotate.isPending} onClick={() => rotate.mutate(channel.id)}>
                <Trans>Make a new secret</Trans>
              </Button>
            </Group>
          </Stack>
        ) : (
          <KeepSecret label={t`New signing secret`} value={rotate.data.signingSecret} onKept={close}>
            <Trans>
              Copy it now: it is not shown again. The old one is valid for 24 h, until{' '}
              <Instant at={rotate.data.oldSecretValidUntil} to="minute" />.
            </Trans>
          </KeepSecret>
        )
      }
    </FormModal>
  );
};
