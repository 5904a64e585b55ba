import type { ChannelView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Code } from '../../ui/code.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { channelsQuery, linkingQuery } from './queries.ts';

const codeOf = (linkUrl: string): string | null => {
  const query = URL.parse(linkUrl)?.searchParams;
  return query?.get('start') ?? query?.get('startgroup') ?? null;
};

/** The link that ties a Telegram chat to the channel; says so by itself once it was followed. */
export const TelegramLink = ({ channel }: { readonly channel: ChannelView }) => {
  const client = useQueryClient();
  const { data = channel } = useQuery(linkingQuery(channel.id));
  const linked = data.status === 'active';
  useEffect(() => {
    if (linked) void client.invalidateQueries({ queryKey: channelsQuery.queryKey });
  }, [linked, client]);
  const chat = data.target;
  if (linked)
    return (
      <div role="status">
        <StateBadge tone="good">{t`Linked with ${chat}`}</StateBadge>
      </div>
    );
  const url = data.linkUrl ?? channel.linkUrl;
  const code = url === null ? null : codeOf(url);
  return (
    <Stack gap="sm">
      {url === null ? null : (
        <div>
          <Button
            component="a"
            href={url}
            target="_blank"
            rel="noreferrer"
            rightSection={<IconExternalLink size={15} aria-label={t`opens in a new tab`} />}
          >
            <Trans>Open Telegram</Trans>
          </Button>
        </div>
      )}
      <Text size="sm">
        <Trans>Press Start there.</Trans>
        {code === null ? null : (
          <>
            {' '}
            <Trans>For a group: add the bot to it and send</Trans> <Code>/start {code}</Code>
          </>
        )}
      </Text>
      <div role="status">
        <StateBadge tone="busy">{t`Waiting for Start to be pressed`}</StateBadge>
      </div>
    </Stack>
  );
};
