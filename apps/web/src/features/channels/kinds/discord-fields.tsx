import { t } from '@lingui/core/macro';
import { TextInput } from '@mantine/core';
import type { KindProps } from './kind-form.ts';

export const DiscordFields = ({ form }: KindProps) => (
  <TextInput
    label={t`Webhook URL`}
    type="url"
    placeholder="https://discord.com/api/webhooks/…"
    description={t`In Discord: the channel’s settings, Integrations, Webhooks, Copy webhook URL.`}
    inputWrapperOrder={['label', 'input', 'description', 'error']}
    data-autofocus
    {...form.getInputProps('webhookUrl')}
  />
);
