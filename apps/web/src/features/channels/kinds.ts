import { type ChannelKind, channelKinds } from '@farwatch/contracts';
import {
  IconBrandDiscord,
  IconBrandSlack,
  IconBrandTelegram,
  IconDeviceMobileMessage,
  IconMail,
  IconPhoneCall,
  IconWebhook,
} from '@tabler/icons-react';
import type { Choice } from '../../ui/choice.ts';

export const kindIcon = {
  email: IconMail,
  sms: IconDeviceMobileMessage,
  voice: IconPhoneCall,
  slack: IconBrandSlack,
  discord: IconBrandDiscord,
  telegram: IconBrandTelegram,
  webhook: IconWebhook,
} as const satisfies Record<ChannelKind, unknown>;

export const kindWord = {
  email: 'E-mail',
  sms: 'SMS',
  voice: 'Voice call',
  slack: 'Slack',
  discord: 'Discord',
  telegram: 'Telegram',
  webhook: 'Webhook',
} as const satisfies Record<ChannelKind, string>;

/** The kinds as a list to choose from. */
export const kindChoices: readonly Choice[] = channelKinds.map((kind) => ({ value: kind, label: kindWord[kind] }));
