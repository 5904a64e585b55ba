import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { cut, oneLine } from './plain-text.ts';
import { twilioReason, twilioWords } from './twilio-words.ts';

export { gatherTwiml, messageTwiml } from './twilio-twiml.ts';

/** The fields of a callback's form, as they were parsed; anything may be in them. */
export type TwilioParams = Readonly<Record<string, unknown>>;

const field = (params: TwilioParams, ...names: readonly string[]): string => {
  for (const name of names) {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return '';
};

/** Whether Twilio, who knows our auth token, sent exactly this to exactly this URL. `url` is what Twilio was given. */
export const verifyTwilioSignature = ({
  authToken,
  signature,
  url,
  params,
}: Readonly<{ authToken: string; signature: string | undefined; url: string; params: TwilioParams }>): boolean => {
  if (signature === undefined || signature === '' || authToken === '') return false;
  try {
    return validateRequest(authToken, signature, url, { ...params });
  } catch {
    return false; // a URL or a field that the library can't read
  }
};

export type SmsReply = Readonly<{
  kind: 'acknowledge' | 'stop' | 'start' | 'help' | 'other';
  from: string;
  to: string;
  /** What was written, as one line. */
  text: string;
}>;

// Twilio's own words for opting out and in (it acts on them too); they count alone, not inside a sentence.
const stop = /^(?:stop|stopall|unsubscribe|cancel|end|quit|revoke|optout)$/u;
const start = /^(?:start|unstop|yes)$/u;
const help = /^(?:help|info)$/u;
const acknowledge = /^ack(?:nowledged?)?\b/u;

const kindOf = (text: string): SmsReply['kind'] => {
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (acknowledge.test(words)) return 'acknowledge';
  if (stop.test(words)) return 'stop';
  if (start.test(words)) return 'start';
  return help.test(words) ? 'help' : 'other';
};

/** What somebody answered to a text message. */
export const readSmsReply = (params: TwilioParams): SmsReply => {
  const text = cut(oneLine(field(params, 'Body')), 1_600);
  return { kind: kindOf(text), from: oneLine(field(params, 'From')), to: oneLine(field(params, 'To')), text };
};

export type TwilioStatus = Readonly<{
  sid: string;
  /** Twilio's own word: `delivered`, `undelivered`, `failed`, `sent`, `completed`, `no-answer`, `busy`, … */
  status: string;
  errorCode: string | null;
  /**
   * What it comes to: arrived, failed, or null while it is still on its way. `permanent`: the number is no good;
   * `again`: another attempt may arrive.
   */
  settled: 'delivered' | Readonly<{ failed: string; permanent: boolean; again: boolean }> | null;
}>;

const unanswered: Readonly<Record<string, string>> = {
  busy: 'the line was busy',
  'no-answer': 'nobody answered the call',
  failed: 'the call could not be made',
  canceled: 'the call was given up',
};

const settledCall = (status: string, code: string): TwilioStatus['settled'] => {
  if (status === 'completed') return 'delivered';
  const words = unanswered[status];
  if (words === undefined) return null;
  const permanent = twilioWords[code]?.about === 'phone';
  return {
    failed: code === '' ? words : twilioReason(code, words),
    permanent,
    again: !permanent && status !== 'canceled',
  };
};

const settledMessage = (status: string, code: string): TwilioStatus['settled'] => {
  if (status === 'delivered' || status === 'read') return 'delivered';
  if (status !== 'undelivered' && status !== 'failed' && status !== 'canceled') return null;
  const permanent = twilioWords[code]?.about === 'phone';
  const failed = code === '' ? `the message was not delivered (${status})` : twilioReason(code, 'it was not delivered');
  return { failed, permanent, again: !permanent && status !== 'canceled' };
};

/** What a status callback tells about a message or a call. */
export const readStatus = (params: TwilioParams): TwilioStatus => {
  const ofCall = field(params, 'CallStatus') !== '';
  const status = cut(oneLine(field(params, 'CallStatus', 'MessageStatus', 'SmsStatus')).toLowerCase(), 40);
  const given = field(params, 'ErrorCode');
  const errorCode = /^[1-9]\d{2,5}$/u.test(given) ? given : null;
  return {
    sid: cut(oneLine(field(params, ofCall ? 'CallSid' : 'MessageSid', 'SmsSid')), 64),
    status,
    errorCode,
    settled: ofCall ? settledCall(status, errorCode ?? '') : settledMessage(status, errorCode ?? ''),
  };
};
