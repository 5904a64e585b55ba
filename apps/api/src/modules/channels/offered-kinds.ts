import { type ChannelKind, channelKinds } from '@farwatch/contracts';
import type { Config } from '../../config.ts';
import { problem } from '../../plugins/problems.ts';

type Settings = Pick<Config, 'twilio' | 'telegram'>;

const twilioNames = 'TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM';

/** What the operator has to set before this kind can be used; null when nothing is missing. Mail always has a way. */
const lacking = (kind: ChannelKind, { twilio, telegram }: Settings): string | null => {
  switch (kind) {
    case 'sms':
      return twilio === undefined ? `Text messages need Twilio: set ${twilioNames}.` : null;
    case 'voice':
      if (twilio === undefined) return `Calls need Twilio: set ${twilioNames}.`;
      return twilio.voiceFrom === undefined
        ? 'A messaging service can not call: set TWILIO_VOICE_FROM to a number.'
        : null;
    case 'telegram':
      return telegram === undefined ? 'Telegram needs a bot: set TELEGRAM_BOT_TOKEN.' : null;
    case 'email':
    case 'slack':
    case 'discord':
    case 'webhook':
      return null;
  }
};

export const offeredKinds = (settings: Settings) =>
  channelKinds.map((kind) => {
    const reason = lacking(kind, settings);
    return { kind, available: reason === null, reason };
  });

/** Throws 409 with what is missing. */
export const requireOffered = (kind: ChannelKind, settings: Settings): void => {
  const reason = lacking(kind, settings);
  if (reason !== null) throw problem(409, 'channel-kind-unavailable', reason);
};
