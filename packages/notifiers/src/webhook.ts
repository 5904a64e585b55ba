import { type DialRules, guardedDispatcher } from '@farwatch/checker';
import { request } from 'undici';
import type { Message, Notifier, Outcome } from './notifier.ts';
import { cut, oneLine } from './plain-text.ts';
import { codeOf, readAnswer } from './read-answer.ts';
import { retryAfterMs } from './retry-after.ts';
import { checkHeaders, signedHeaders } from './webhook-headers.ts';
import { renderTemplate } from './webhook-template.ts';

export type WebhookTarget = Readonly<{
  url: string;
  /** `whsec_` and base64, as Standard Webhooks has it, newest first. Each signs, so both hold while one is replaced. */
  secrets: readonly string[];
  /** More headers, checked by `checkHeaders`; they may be secrets. */
  headers: Readonly<Record<string, string>>;
  /** A Liquid template of the JSON to send, checked by `checkTemplate`; null sends the event as it is. */
  template: string | null;
}>;

/** The whole call, from the name lookup to the last byte that is read. */
const timeoutMs = 10_000;
/** The status has spoken: what else the receiver says is only for the log, and nobody waits long for it. */
const limits = { maxBytes: 20_000, maxMs: 2_000 } as const;
const maxAnswerChars = 500;

/** An answer without what only the two of us know: some receivers and proxies repeat the whole call in an error page. */
const masked = (answer: string, { url, secrets, headers }: WebhookTarget): string => {
  const { username = '', password = '', pathname = '', search = '' } = URL.parse(url) ?? {};
  const places = [username, password, ...pathname.split('/'), ...search.split(/[?&=]/u)];
  const values = [...secrets, ...Object.values(headers).flatMap((value) => [value, ...value.split(' ')])];
  return [...values, ...places]
    .filter((secret) => secret.length >= 8)
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, secret) => text.replaceAll(secret, '…'), answer);
};

/**
 * By Standard Webhooks: 2xx took it, 410 wants no more, and everything else may be mended at the receiver, so it comes
 * again by the schedule. A receiver that says when holds the channel until then.
 */
const outcomeOf = (status: number, answer: string, retryAfter: string | undefined): Outcome => {
  const said = cut(answer === '' ? `HTTP ${status}` : `HTTP ${status}: ${answer}`, maxAnswerChars);
  if (status >= 200 && status < 300) return { kind: 'delivered', answer: said };
  if (status === 410) return { kind: 'rejected', reason: said, broken: true };
  const afterMs = retryAfterMs(retryAfter, Date.now());
  if (afterMs === undefined) return { kind: 'retry', reason: said };
  return { kind: 'retry', reason: said, afterMs, ...(status === 429 || status === 503 ? { holds: 'channel' } : {}) };
};

/** A failed call in words. Error messages can repeat the URL, which is a secret: only codes are taken over. */
const brokenOutcome = (error: unknown, timedOut: boolean): Outcome => {
  const code = codeOf(error);
  if (code === 'ADDRESS_DENIED' || code === 'PORT_DENIED')
    return { kind: 'rejected', reason: `the address of this webhook may not be called (${code})`, broken: true };
  if (timedOut || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_CONNECT_TIMEOUT')
    return { kind: 'retry', reason: 'no answer in time' };
  return { kind: 'retry', reason: cut(oneLine(`the call failed (${code})`), maxAnswerChars) };
};

type Call = Readonly<{ headers: Readonly<Record<string, string>>; payload: string }>;
const wrong = (reason: string, broken: boolean): Outcome => ({ kind: 'rejected', reason: cut(reason, 500), broken });

/** What is sent; or why this target can't be sent anything, which its owner has to mend. */
const callOf = async (
  message: Message,
  { url, secrets, headers, template }: WebhookTarget,
): Promise<Call | Outcome> => {
  if (!['http:', 'https:'].includes(URL.parse(url)?.protocol ?? ''))
    return wrong('this is not an http or https URL', true);
  const wrongHeader = checkHeaders(headers);
  if (wrongHeader !== null) return wrong(wrongHeader, true);
  const rendered =
    template === null
      ? { ok: true as const, payload: JSON.stringify(message.body) }
      : await renderTemplate(template, message);
  if (!rendered.ok) {
    const reason = `the template of this webhook ${rendered.problem}`;
    return rendered.passing ? { kind: 'retry', reason } : wrong(reason, false);
  }
  const signed = signedHeaders(message.id, secrets, rendered.payload);
  if (signed === null) return wrong('the signing secret of this webhook is missing or not base64', true);
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]); // so that ours replace them
  return { headers: { ...Object.fromEntries(own), ...signed }, payload: rendered.payload };
};

/**
 * Signed JSON by POST (Standard Webhooks), to addresses that the rules allow. Redirects are not followed. A fresh
 * connection each time, so that the address is judged each time and no line is found dead.
 */
export const webhookNotifier = (rules: DialRules): Notifier<WebhookTarget> => {
  const dispatcher = guardedDispatcher(rules, { connectTimeoutMs: timeoutMs });
  return async (message, target, callerSignal) => {
    const call = await callOf(message, target);
    if ('kind' in call) return call;
    const signal = AbortSignal.any([callerSignal, AbortSignal.timeout(timeoutMs)]);
    try {
      const answer = await request(target.url, {
        method: 'POST',
        headers: call.headers,
        body: call.payload,
        dispatcher,
        signal,
        reset: true,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      const { 'retry-after': retryAfter } = answer.headers;
      const said = masked(oneLine(await readAnswer(answer.body, limits)), target);
      return outcomeOf(answer.statusCode, said, Array.isArray(retryAfter) ? retryAfter[0] : retryAfter);
    } catch (error) {
      return brokenOutcome(error, signal.aborted);
    }
  };
};
