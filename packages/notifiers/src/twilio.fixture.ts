import type { TwilioStandIn } from '@farwatch/testkit';
import type { Notifier, Outcome } from './notifier.ts';
import { type SmsSettings, type SmsTarget, smsNotifier } from './sms.ts';
import { type VoiceSettings, type VoiceTarget, voiceNotifier } from './voice.ts';

export const rules = { allowCidrs: ['127.0.0.0/8'] };
export const to = '+4915112345678';
export const from = '+15005550006';

type Account = Pick<TwilioStandIn, 'url' | 'accountSid' | 'authToken'>;

export const smsFor = (
  { url, accountSid, authToken }: Account,
  changes: Partial<SmsSettings> = {},
): Notifier<SmsTarget> =>
  smsNotifier({ accountSid, authToken, apiUrl: url, from, statusCallbackUrl: null, rules, ...changes });

export const voiceFor = (
  { url, accountSid, authToken }: Account,
  changes: Partial<VoiceSettings> = {},
): Notifier<VoiceTarget> =>
  voiceNotifier({
    accountSid,
    authToken,
    apiUrl: url,
    from,
    gatherUrl: (id) => `https://watch.test/v1/twilio/gather/${id}`,
    statusCallbackUrl: null,
    rules,
    ...changes,
  });

export const patient = (): AbortSignal => AbortSignal.timeout(5_000);
export type Sent = Promise<Outcome>;
