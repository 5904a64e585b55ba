import { Trans } from '@lingui/react/macro';
import { Text } from '@mantine/core';

/** There is nothing to type: the chat is linked from Telegram's side. */
export const TelegramFields = () => (
  <Text size="sm">
    <Trans>
      Nothing to type. Once it is added you get a link: open it on the phone, or in the group that is to hear alerts,
      and press Start.
    </Trans>
  </Text>
);
