import { type DialRules, guardedDispatcher } from '@farwatch/checker';
import { Webhook } from 'standardwebhooks';
import { type Dispatcher, request } from 'undici';
import type { Notifier, Outcome } from './notifier.ts';
import { cut, oneLine } from './plain-text.ts';
import { retryAfterMs } from './retry-after.ts';

export type WebhookTarget = Readonly<{
  url: string;
  /** `whsec_` and base64, as Standard Webhooks has it. */
  secret: string;
}>;

/** The whole call, from the name lookup to the last byte that is read. */
const timeoutMs = 10_000;
/** Enough for 500 characters of any script. */
const maxAnswerBytes = 2_000;
const maxAnswerChars = 500;

/** Codes of errors that say more than "network error": found on the error, its cause or what it gathers. */
const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error.cause === undefined ? error.name : codeOf(error.cause);
};

/** The first characters of the answer. What comes too late, too long or broken is left out: the status has spoken. */
const readAnswer = async (body: Dispatcher.ResponseData['body']): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      const part = Buffer.from(chunk);
      chunks.push(part);
      bytes += part.length;
      if (bytes >= maxAnswerBytes) break; // leaving the loop destroys the body and its connection
    }
  } catch {
    // cut off or timed out: what was read is still worth keeping
  }
  return oneLine(Buffer.concat(chunks).subarray(0, maxAnswerBytes).toString('utf8'));
};

/** Later may be better: overload, a passing fault, and a redirect, which somebody has to mend at the receiver. */
const worthRepeating = (status: number): boolean =>
  status < 400 || status >= 500 || status === 408 || status === 425 || status === 429;

const outcomeOf = (status: number, answer: string, retryAfter: string | undefined): Outcome => {
  const said = cut(answer === '' ? `HTTP ${status}` : `HTTP ${status}: ${answer}`, maxAnswerChars);
  if (status >= 200 && status < 300) return { kind: 'delivered', answer: said };
  if (!worthRepeating(status)) return { kind: 'rejected', reason: said };
  const afterMs = retryAfterMs(retryAfter, Date.now());
  return { kind: 'retry', reason: said, ...(afterMs === undefined ? {} : { afterMs }) };
};

/** A failed call in words. Error messages can repeat the URL, which is a secret: only codes are taken over. */
const brokenOutcome = (error: unknown, timedOut: boolean): Outcome => {
  const code = codeOf(error);
  if (code === 'ADDRESS_DENIED' || code === 'PORT_DENIED')
    return { kind: 'rejected', reason: `the address of this webhook may not be called (${code})` };
  if (timedOut || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_CONNECT_TIMEOUT')
    return { kind: 'retry', reason: 'no answer in time' };
  return { kind: 'retry', reason: cut(oneLine(`the call failed (${code})`), maxAnswerChars) };
};

const signedHeaders = (id: string, secret: string, payload: string): Record<string, string> => {
  const now = new Date();
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Farwatch-Webhook/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, now, payload),
  };
};

const isHttp = (url: string): boolean => ['http:', 'https:'].includes(URL.parse(url)?.protocol ?? '');

/**
 * Signed JSON by POST (Standard Webhooks), to addresses that the rules allow. Redirects are not followed. A fresh
 * connection each time, so that the address is judged each time and no line is found dead.
 */
export const webhookNotifier = (rules: DialRules): Notifier<WebhookTarget> => {
  const dispatcher = guardedDispatcher(rules, { connectTimeoutMs: timeoutMs });
  return async (message, { url, secret }, callerSignal) => {
    if (!isHttp(url)) return { kind: 'rejected', reason: 'this is not an http or https URL' };
    const signal = AbortSignal.any([callerSignal, AbortSignal.timeout(timeoutMs)]);
    const payload = JSON.stringify(message.body);
    try {
      const answer = await request(url, {
        method: 'POST',
        headers: signedHeaders(message.id, secret, payload),
        body: payload,
        dispatcher,
        signal,
        reset: true,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      const { 'retry-after': retryAfter } = answer.headers;
      const said = await readAnswer(answer.body);
      return outcomeOf(answer.statusCode, said, Array.isArray(retryAfter) ? retryAfter[0] : retryAfter);
    } catch (error) {
      return brokenOutcome(error, signal.aborted);
    }
  };
};
