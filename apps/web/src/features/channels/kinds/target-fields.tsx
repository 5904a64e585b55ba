import type { ChannelKind } from '@farwatch/contracts';
import { DiscordFields } from './discord-fields.tsx';
import { EmailFields } from './email-fields.tsx';
import type { KindProps } from './kind-form.ts';
import { PhoneFields } from './phone-fields.tsx';
import { SlackFields } from './slack-fields.tsx';
import { TelegramFields } from './telegram-fields.tsx';
import { WebhookFields } from './webhook-fields.tsx';

/** Where a channel of this kind goes. */
export const TargetFields = ({ kind, ...props }: KindProps & { readonly kind: ChannelKind }) => {
  switch (kind) {
    case 'email':
      return <EmailFields {...props} />;
    case 'sms':
      return <PhoneFields spoken={false} {...props} />;
    case 'voice':
      return <PhoneFields spoken {...props} />;
    case 'slack':
      return <SlackFields {...props} />;
    case 'discord':
      return <DiscordFields {...props} />;
    case 'telegram':
      return <TelegramFields />;
    case 'webhook':
      return <WebhookFields {...props} />;
  }
};
