import { type DialRules, guardedDispatcher } from '@farwatch/checker';
import { type Dispatcher, request } from 'undici';
import { withoutSecrets } from './plain-text.ts';
import { codeOf, readAnswer } from './read-answer.ts';

/** What a server said: all of its text, unless that was longer than is read. Names of headers are in lower case. */
export type Answer = Readonly<{ status: number; headers: Readonly<Record<string, string>>; text: string }>;
/** No answer: a code such as `ECONNREFUSED` or `ADDRESS_DENIED`. Messages of errors may repeat a URL; codes don't. */
export type Broken = Readonly<{ broken: string; timedOut: boolean }>;

export type Call = Readonly<{
  method: 'POST' | 'PATCH';
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The whole call, from the name lookup to the last byte that is read; default 10 s. */
  timeoutMs?: number;
}>;
export type Caller = (call: Call, signal: AbortSignal) => Promise<Answer | Broken>;

/** The time a notifier has for everything it does. */
export const notifierMs = 10_000;
/** Slack, Discord and Telegram repeat the message in their answer, escaped: a few kB would cut the JSON in two. */
const limits = { maxBytes: 256_000, maxMs: notifierMs } as const;

const flat = (headers: Dispatcher.ResponseData['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

/** Calls addresses that the rules allow, on a fresh connection each time, and follows no redirect. Never throws. */
export const guardedCaller = (rules: DialRules): Caller => {
  const dispatcher = guardedDispatcher(rules, { connectTimeoutMs: notifierMs });
  return async ({ method, url, headers, body, timeoutMs = notifierMs }, callerSignal) => {
    const signal = AbortSignal.any([callerSignal, AbortSignal.timeout(timeoutMs)]);
    try {
      const answer = await request(url, {
        method,
        headers: { 'user-agent': 'Farwatch/1', ...headers },
        body,
        dispatcher,
        signal,
        reset: true,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      return { status: answer.statusCode, headers: flat(answer.headers), text: await readAnswer(answer.body, limits) };
    } catch (error) {
      const broken = codeOf(error);
      const late = broken === 'UND_ERR_HEADERS_TIMEOUT' || broken === 'UND_ERR_CONNECT_TIMEOUT';
      return { broken, timedOut: signal.aborted || late };
    }
  };
};

/** The same, with answers that don't repeat secrets, as error pages do. */
export const hiding =
  (call: Caller, secrets: readonly string[]): Caller =>
  async (made, signal) => {
    const answer = await call(made, signal);
    return 'broken' in answer ? answer : { ...answer, text: withoutSecrets(answer.text, secrets) };
  };

type JsonCall = Readonly<{ method?: Call['method']; url: string; json: object; timeoutMs?: number }>;

/** The same with JSON: `postJson(guardedCaller(rules))({ url, json }, signal)`. */
export const postJson =
  (call: Caller) =>
  ({ method = 'POST', url, json, timeoutMs = notifierMs }: JsonCall, signal: AbortSignal): Promise<Answer | Broken> =>
    call(
      {
        method,
        url,
        headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
        body: JSON.stringify(json),
        timeoutMs,
      },
      signal,
    );

/** The JSON object in a text; null when there is none. */
export const jsonObject = (text: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
};

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The string (or number, as one) found by walking down `path`; undefined when there is none. Own keys only. */
export const textAt = (value: unknown, ...path: readonly string[]): string | undefined => {
  let at = value;
  for (const key of path) at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return typeof at === 'string' ? at : Number.isFinite(at) ? String(at) : undefined;
};
