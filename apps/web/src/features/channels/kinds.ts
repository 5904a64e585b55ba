import { type ChannelKind, channelKinds } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
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

const words = {
  email: msg`E-mail`,
  sms: msg`SMS`,
  voice: msg`Voice call`,
  slack: msg`Slack`,
  discord: msg`Discord`,
  telegram: msg`Telegram`,
  webhook: msg`Webhook`,
} as const satisfies Record<ChannelKind, unknown>;

export const kindWord = (kind: ChannelKind): string => i18n.t(words[kind]);

/** The kinds as a list to choose from. */
export const kindChoices = (): readonly Choice[] =>
  channelKinds.map((kind) => ({ value: kind, label: kindWord(kind) }));
