import { createRequire } from 'node:module';
import { type DialRules, guardedDispatcher } from '@farwatch/checker';
import type twilio from 'twilio';
import { type Dispatcher, request } from 'undici';
import type { Outcome } from './notifier.ts';
import { cut, oneLine } from './plain-text.ts';
import { retryAfterMs } from './retry-after.ts';
import { twilioReason, twilioWords } from './twilio-words.ts';

export type TwilioSettings = Readonly<{
  accountSid: string;
  authToken: string;
  /** `https://api.twilio.com` */
  apiUrl: string;
  rules: DialRules;
}>;

type HttpClient = NonNullable<NonNullable<Parameters<typeof twilio>[2]>['httpClient']>;
type HttpRequest = Parameters<HttpClient['request']>[0];
/** Twilio's client, whatever it is asked to make; what it makes has an id. */
export type TwilioAct = (client: twilio.Twilio) => Promise<Readonly<{ sid: string }>>;
/** Makes one call and says how it went. */
export type TwilioCall = (act: TwilioAct, signal: AbortSignal) => Promise<Outcome>;

/** What came over the wire in one call, beside what the library makes of it. */
type Wire = { status: number | null; retryAfter: string | undefined };

const timeoutMs = 10_000;
const maxAnswerBytes = 65_536;
/** How long our own mistakes rest before the next look whether the operator has mended them. */
const mendMs = 300_000;

const readAnswer = async (body: Dispatcher.ResponseData['body']): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      chunks.push(Buffer.from(chunk));
      bytes += chunks.at(-1)?.length ?? 0;
      if (bytes > maxAnswerBytes) break; // leaving the loop destroys the body and its connection
    }
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {}; // cut off, too long or no JSON: the status has spoken
  }
};

const formOf = (data: unknown): string => {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(data ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) form.append(name, String(one));
  }
  return form.toString();
};

/** The library's requests, sent by the guarded client to the settings' own address: once, in bounded time. */
const httpClient = (apiUrl: string, dispatcher: Dispatcher, signal: AbortSignal, wire: Wire): HttpClient => {
  const send = async ({ method, uri, username = '', password = '', headers, data }: HttpRequest) => {
    const { pathname, search } = new URL(uri);
    const answer = await request(`${apiUrl.replace(/\/+$/u, '')}${pathname}${search}`, {
      method: method.toUpperCase() as Dispatcher.HttpMethod, // the library's are the same words in small letters
      headers: {
        ...(headers as Record<string, string>), // strings, all of them, by the library
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      },
      body: formOf(data),
      dispatcher,
      signal,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    const { 'retry-after': retryAfter } = answer.headers;
    wire.status = answer.statusCode;
    wire.retryAfter = Array.isArray(retryAfter) ? retryAfter[0] : retryAfter;
    return { statusCode: answer.statusCode, body: await readAnswer(answer.body), headers: answer.headers };
  };
  return { request: send } as unknown as HttpClient; // the library calls `request` and nothing else
};

const later = (reason: string): Outcome => ({ kind: 'retry', reason });
const ours = (reason: string): Outcome => ({
  kind: 'retry',
  reason,
  operator: true,
  holds: 'provider',
  afterMs: mendMs,
});

/** The same, where other numbers may get through. */
const oursAlone = (reason: string): Outcome => ({ kind: 'retry', reason, operator: true, afterMs: mendMs });

/** What a refused request means, by Twilio's code, else by the status. */
const refusal = (status: number, code: string, said: string, retryAfter: string | undefined): Outcome => {
  const reason = cut(oneLine(code === '' ? `Twilio: HTTP ${status}` : twilioReason(code, said)), 500);
  const afterMs = retryAfterMs(retryAfter, Date.now());
  const wait = afterMs === undefined ? {} : { afterMs };
  if (status === 429)
    return { kind: 'retry', reason, ...wait, ...(afterMs === undefined ? {} : { holds: 'provider' }) };
  if (status >= 500 || status === 408) return { kind: 'retry', reason, ...wait };
  if (status === 401) return ours(reason);
  switch (twilioWords[code]?.about) {
    case 'account':
      return ours(reason);
    case 'operator':
      return oursAlone(reason);
    case 'phone':
      return { kind: 'rejected', reason, broken: true };
    case 'moment':
      return later(reason);
    default:
      if (status < 400) return ours(reason); // a redirect: the API is elsewhere
      // Without a code of Twilio's something on the way may have answered; else it is about what we asked for.
      return code === '' && status !== 400 ? oursAlone(reason) : { kind: 'rejected', reason, broken: false };
  }
};

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? error.name : codeOf(error.cause);
};

/** A call that brought no answer. Error messages can repeat addresses: only codes are taken over. */
const noAnswer = (error: unknown, timedOut: boolean): Outcome => {
  const code = codeOf(error);
  if (code === 'ADDRESS_DENIED' || code === 'PORT_DENIED')
    return ours(`Twilio: the API URL may not be called (${code}): check TWILIO_API_URL`);
  const late = timedOut || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_CONNECT_TIMEOUT';
  return later(late ? 'Twilio did not answer in time' : cut(oneLine(`Twilio could not be reached (${code})`), 500));
};

const failed = (error: unknown, wire: Wire, timedOut: boolean): Outcome => {
  if (wire.status === null) return noAnswer(error, timedOut);
  const { code, message } = error as Readonly<{ code?: unknown; message?: unknown }>; // the library throws Errors
  const number = typeof code === 'number' || (typeof code === 'string' && /^\d{1,6}$/u.test(code)) ? String(code) : '';
  return refusal(wire.status, number, typeof message === 'string' ? message : '', wire.retryAfter);
};

/** The library is 38 MiB in memory: who sends no messages through Twilio does without. */
const library = (): typeof twilio => createRequire(import.meta.url)('twilio');

/** Opens the way to one Twilio account. Throws when the account SID can't be one. */
export const openTwilio = ({ accountSid, authToken, apiUrl, rules }: TwilioSettings): TwilioCall => {
  const dispatcher = guardedDispatcher(rules, { connectTimeoutMs: timeoutMs });
  const open = library();
  const clientOf = (signal: AbortSignal, wire: Wire): twilio.Twilio =>
    open(accountSid, authToken, { httpClient: httpClient(apiUrl, dispatcher, signal, wire), autoRetry: false });
  clientOf(AbortSignal.abort(), { status: null, retryAfter: undefined }); // a wrong SID is told at the start
  return async (act, callerSignal) => {
    const wire: Wire = { status: null, retryAfter: undefined };
    const signal = AbortSignal.any([callerSignal, AbortSignal.timeout(timeoutMs)]);
    try {
      const { sid } = await act(clientOf(signal, wire));
      const answer = `Twilio: HTTP ${wire.status ?? ''}`;
      if (typeof sid === 'string' && sid !== '')
        return { kind: 'accepted', answer: cut(oneLine(`${answer}: ${sid}`), 500), receipt: { sid } };
      return { kind: 'delivered', answer: `${answer}: taken, but without an id: nothing more will be heard of it` };
    } catch (error) {
      return failed(error, wire, signal.aborted);
    }
  };
};

/** E.164: a plus and up to fifteen digits. */
export const isPhone = (to: string): boolean => /^\+[1-9]\d{6,14}$/u.test(to);

export const notAPhone: Outcome = {
  kind: 'rejected',
  reason: 'this is not a phone number with its country code, like +4915112345678',
  broken: true,
};
