import type { ChannelView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { FormAlert } from '../../ui/form-alert.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Secret } from '../../ui/secret.tsx';
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
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t`Signing secret of ${name}`}
      closeOnClickOutside={rotate.data === undefined}
      centered
    >
      {rotate.data === undefined ? (
        <Stack gap="md">
          <FormAlert error={rotate.error} kept={t`The old secret is still the one.`} />
          <Text size="sm">
            <Trans>
              A new secret is made and shown once. For 24 hours every call is signed with the old one too, so that you
              can change your receiver in peace.
            </Trans>
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close} data-autofocus>
              <Trans>Cancel</Trans>
            </Button>
            <Button loading={rotate.isPending} onClick={() => rotate.mutate(channel.id)}>
              <Trans>Make a new secret</Trans>
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          <Text size="sm">
            <Trans>
              Copy it now: it is not shown again. The old one is valid for 24 h, until{' '}
              <Instant at={rotate.data.oldSecretValidUntil} to="minute" />.
            </Trans>
          </Text>
          <Secret label={t`New signing secret`} value={rotate.data.signingSecret} />
          <Group justify="flex-end">
            <Button onClick={close}>
              <Trans>I have kept it</Trans>
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
};
