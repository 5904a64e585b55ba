import type { Notifier } from './notifier.ts';
import { smsText } from './sms-text.ts';
import { isPhone, notAPhone, openTwilio, type TwilioSettings } from './twilio-call.ts';

/** `to` in E.164: `+4915112345678`. */
export type SmsTarget = Readonly<{ to: string }>;

export type SmsSettings = TwilioSettings &
  Readonly<{
    /** A number of the account, or the SID of a messaging service (`MG…`). */
    from: string;
    /** Where Twilio tells what became of the message; null when this installation has no public URL. */
    statusCallbackUrl: string | null;
  }>;

/** A text message by Twilio, which tells by callback whether it arrived. */
export const smsNotifier = ({ from, statusCallbackUrl, ...settings }: SmsSettings): Notifier<SmsTarget> => {
  const call = openTwilio(settings);
  const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from };
  const callback = statusCallbackUrl === null ? {} : { statusCallback: statusCallbackUrl };
  return async (message, { to }, signal) => {
    if (!isPhone(to)) return notAPhone;
    const body = smsText(message);
    return await call((client) => client.messages.create({ to, body, ...sender, ...callback }), signal);
  };
};
