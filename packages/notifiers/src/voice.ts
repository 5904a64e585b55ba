import type { Notifier } from './notifier.ts';
import { isPhone, notAPhone, openTwilio, type TwilioSettings } from './twilio-call.ts';
import { alertTwiml } from './twilio-twiml.ts';

/** `to` in E.164: `+4915112345678`. */
export type VoiceTarget = Readonly<{ to: string }>;

export type VoiceSettings = TwilioSettings &
  Readonly<{
    /** A number of the account that can call. */
    from: string;
    /** Where Twilio brings the key that was pressed; null when this installation has no public URL: then it only speaks. */
    gatherUrl: (deliveryId: string) => string | null;
    /** Where Twilio tells how the call ended. */
    statusCallbackUrl: string | null;
  }>;

/** How long the phone rings, in seconds: below what most networks give to a mailbox. */
const ringing = 30;

/** A call by Twilio that says what happened and takes "1" for an answer; its end is told by callback. */
export const voiceNotifier = ({
  from,
  gatherUrl,
  statusCallbackUrl,
  ...settings
}: VoiceSettings): Notifier<VoiceTarget> => {
  const call = openTwilio(settings);
  const callback = statusCallbackUrl === null ? {} : { statusCallback: statusCallbackUrl };
  return async ({ id, spoken, acknowledge }, { to }, signal) => {
    if (!isPhone(to)) return notAPhone;
    const twiml = alertTwiml(spoken, acknowledge === null ? null : gatherUrl(id));
    return await call((client) => client.calls.create({ to, from, twiml, timeout: ringing, ...callback }), signal);
  };
};
