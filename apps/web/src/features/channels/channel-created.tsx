import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { KeepSecret } from '../../ui/keep-secret.tsx';
import { Secret } from '../../ui/secret.tsx';
import type { CreatedChannel } from './new-channel-form.tsx';
import { TelegramLink } from './telegram-link.tsx';

/** Whether there is something to be said or done once it is saved. */
export const hasMore = ({ signingSecret, linkUrl, interactionUrl, status }: CreatedChannel): boolean =>
  signingSecret !== null || linkUrl !== null || interactionUrl !== null || status === 'unconfirmed';

export const createdTitle = ({ signingSecret, linkUrl, interactionUrl }: CreatedChannel): string => {
  if (signingSecret !== null) return t`The signing secret`;
  if (linkUrl !== null) return t`Link the chat`;
  return interactionUrl !== null ? t`For the buttons` : t`Waiting for confirmation`;
};

const Next = ({ channel }: { readonly channel: CreatedChannel }) => {
  const { target } = channel;
  if (channel.linkUrl !== null) return <TelegramLink channel={channel} />;
  if (channel.interactionUrl !== null)
    return (
      <>
        <Text size="sm">
          <Trans>
            For the Acknowledge button, switch on Interactivity in your Slack app and enter this as its Request URL.
          </Trans>
        </Text>
        <Secret label={t`Request URL`} value={channel.interactionUrl} />
      </>
    );
  return (
    <Text size="sm">{t`We asked ${target} for consent. It hears nothing until somebody there has said yes.`}</Text>
  );
};

/** The last step of adding a channel. */
export const ChannelCreated = ({ channel, onClose }: { channel: CreatedChannel; onClose: () => void }) =>
  channel.signingSecret === null ? (
    <Stack gap="md">
      <Next channel={channel} />
      <Group justify="flex-end">
        <Button onClick={onClose}>
          <Trans>Done</Trans>
        </Button>
      </Group>
    </Stack>
  ) : (
    <KeepSecret label={t`Signing secret`} value={channel.signingSecret} onKept={onClose}>
      <Trans>Your receiver checks Farwatch’s calls with it. Copy it now: it is not shown again.</Trans>
    </KeepSecret>
  );
