import { startTwilioStandIn, type TwilioAnswer } from '@farwatch/testkit';
import type { Behaviour, Channel } from './every-channel.fixture.ts';
import { smsFor, to, voiceFor } from './twilio.fixture.ts';

const words = (status: number, message: string): TwilioAnswer => ({
  status,
  headers: status === 429 ? { 'retry-after': '7' } : {},
  body: { code: 29_999, message, status },
});

const answers: Readonly<Record<Behaviour, TwilioAnswer>> = {
  accepts: 'check',
  refuses: words(400, 'no such hook'),
  'is busy': words(429, 'slow down'),
  'is broken': words(503, 'out of order'),
  'says nothing': 'silence',
};

const start: Channel['start'] = async (behaviour) => {
  const twilio = await startTwilioStandIn(() => answers[behaviour]);
  return { url: twilio.url, heard: () => twilio.requests.length, [Symbol.asyncDispose]: twilio[Symbol.asyncDispose] };
};

// The account that every stand-in has.
const account = { accountSid: `AC${'0123456789abcdef'.repeat(2)}`, authToken: 'auth-t0ken-of-the-stand-in' };

export const sms: Channel = {
  start,
  send: (url, message, signal) => smsFor({ url, ...account })(message, { to }, signal),
};

export const voice: Channel = {
  start,
  send: (url, message, signal) => voiceFor({ url, ...account })(message, { to }, signal),
};
