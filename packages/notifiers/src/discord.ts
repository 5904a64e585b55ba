import type { DialRules } from '@farwatch/checker';
import { discordEmbed } from './discord-embed.ts';
import { discordError } from './discord-errors.ts';
import type { Message, Notifier, Outcome } from './notifier.ts';
import {
  type Answer,
  type Broken,
  guardedCaller,
  hiding,
  jsonObject,
  notifierMs,
  postJson,
  textAt,
} from './post-json.ts';
import {
  askedMs,
  brokenOutcome,
  delivered,
  held,
  httpWords,
  later,
  laterAsAsked,
  rejected,
  worthRepeating,
} from './post-json-outcome.ts';

/** `https://discord.com/api/webhooks/<id>/<token>`, with `?thread_id=…` for a thread of the channel. */
export type DiscordTarget = Readonly<{ url: string }>;
export type DiscordSettings = Readonly<{
  rules: DialRules;
  /** Where Discord is, as `https://discord.com`; default its own hosts. */
  apiOrigins?: readonly string[];
}>;

const ownOrigins: readonly string[] = ['discord.com', 'discordapp.com'].flatMap((host) =>
  [host, `ptb.${host}`, `canary.${host}`].map((name) => `https://${name}`),
);

/** Whether this is the URL that Discord shows for a webhook. */
export const isDiscordWebhookUrl = (url: string, apiOrigins: readonly string[] = ownOrigins): boolean => {
  const parsed = URL.parse(url);
  if (parsed === null || !apiOrigins.includes(parsed.origin)) return false;
  return parsed.username === '' && /^\/api(?:\/v\d+)?\/webhooks\/\d+\/[\w-]+\/?$/u.test(parsed.pathname);
};

/** Execute (`wait` tells the message's id) or, with `messageId`, edit. The thread of the URL is kept. */
const endpoint = (hook: URL, messageId?: string): string => {
  const url = new URL(hook);
  const path = url.pathname.replace(/\/+$/u, '');
  url.pathname = messageId === undefined ? path : `${path}/messages/${encodeURIComponent(messageId)}`;
  const thread = url.searchParams.get('thread_id');
  url.search = '';
  url.hash = '';
  if (messageId === undefined) url.searchParams.set('wait', 'true');
  if (thread !== null) url.searchParams.set('thread_id', thread);
  return url.href;
};

/** The wait asked for: seconds in header and body; a body that says a hundred times more means milliseconds. */
const limitedMs = (answer: Answer, retryAfter: string | undefined): number => {
  const inBody = Number(retryAfter);
  const inHeader = answer.headers['retry-after'] === undefined ? undefined : askedMs(answer, Date.now());
  if (!(inBody > 0)) return inHeader ?? askedMs(answer, Date.now());
  const bodyMs = Math.min(Math.ceil(inBody * 1_000), 6 * 3_600_000);
  if (inHeader === undefined) return bodyMs;
  return inBody * 1_000 > 100 * Math.max(inHeader, 1_000) ? inHeader : Math.max(inHeader, bodyMs);
};

/** Whom a rate limit holds up. Without JSON it was Cloudflare, which has closed the door for this whole address. */
const limitScope = ({ text, headers }: Answer): 'channel' | 'provider' => {
  const json = jsonObject(text);
  return json === null || json.global === true || headers['x-ratelimit-global'] === 'true' ? 'provider' : 'channel';
};

/** Only Discord itself can ask all of its channels to wait; a proxy that somebody typed speaks for one. */
export const discordHolds = (answer: Answer, url: string, apiOrigins?: readonly string[]): 'channel' | 'provider' =>
  isDiscordWebhookUrl(url, apiOrigins) ? limitScope(answer) : 'channel';

const judge = (answer: Answer | Broken, holds: (answer: Answer) => 'channel' | 'provider'): Outcome => {
  if ('broken' in answer) return brokenOutcome('Discord', answer, 'channel');
  const { status, text } = answer;
  const json = jsonObject(text);
  if (status >= 200 && status < 300) {
    const messageId = textAt(json, 'id');
    if (messageId === undefined) return delivered(`HTTP ${status}`);
    return { ...delivered(`HTTP ${status}: message ${messageId}`), receipt: { messageId } };
  }
  const words = `Discord: ${httpWords(answer)}`;
  if (status === 429) {
    const said = textAt(json, 'message');
    const reason = said === undefined ? words : `Discord: HTTP 429: ${said}`;
    return held(reason, holds(answer), limitedMs(answer, textAt(json, 'retry_after')));
  }
  if (worthRepeating(status)) return laterAsAsked(words, answer, Date.now());
  const code = textAt(json, 'code');
  // Cloudflare refuses with HTML what it takes for an attack: that says nothing about the webhook.
  if (code === undefined) return status === 403 && json === null ? later(words) : rejected(words, false);
  const said = textAt(json, 'message') ?? `HTTP ${status}`;
  const known = discordError(code);
  const which = code === '50035' && json !== null ? ` (${JSON.stringify(json.errors ?? {})})` : '';
  return known === null
    ? rejected(`Discord: ${code}: ${said}`, status === 401 || status === 404)
    : rejected(`Discord: ${code}: ${said}: ${known.advice}${which}`, known.broken);
};

/** Discord found fault with a link of the embed; its words are in the description all the same. */
const refusesUrl = (answer: Answer | Broken): boolean =>
  !('broken' in answer) && answer.status === 400 && /"url"|_URL/u.test(answer.text);

type Send = (method: 'POST' | 'PATCH', url: string, json: object) => Promise<Answer | Broken>;

const payload = (message: Message, acknowledge: boolean, linked: boolean): object => ({
  embeds: [discordEmbed(message, { acknowledge, linked, at: new Date() })],
  // Nobody is called by what somebody typed into a monitor's name.
  allowed_mentions: { parse: [] },
});

type Heard = (answer: Answer | Broken) => Outcome;

/** Null when the first message shows the news now, or can't and need not. */
const amend = async (send: Send, heard: Heard, hook: URL, message: Message): Promise<Outcome | null> => {
  const messageId = message.previous?.messageId;
  if (messageId === undefined) return null;
  const outcome = heard(await send('PATCH', endpoint(hook, messageId), payload(message, false, false)));
  if (outcome.kind === 'delivered' || (outcome.kind === 'rejected' && !outcome.broken)) return null;
  return outcome;
};

/** Embeds by a webhook. The recovery is a message of its own, so that people hear of it, and shows in the first, too. */
export const discordNotifier = ({ rules, apiOrigins }: DiscordSettings): Notifier<DiscordTarget> => {
  const guarded = guardedCaller(rules);
  return async (message, target, callerSignal) => {
    const hook = URL.parse(target.url);
    if (hook === null || !/^https?:$/u.test(hook.protocol))
      return rejected('Discord: this is not the URL of a webhook', true);
    const signal = AbortSignal.any([callerSignal, AbortSignal.timeout(notifierMs)]);
    if (signal.aborted) return later('Discord: no answer in time');
    const call = postJson(hiding(guarded, [hook.pathname]));
    const send: Send = (method, url, json) => call({ method, url, json }, signal);
    const heard: Heard = (answer) => judge(answer, (limit) => discordHolds(limit, target.url, apiOrigins));
    const post = async (): Promise<Outcome> => {
      const linked = await send('POST', endpoint(hook), payload(message, true, true));
      if (!refusesUrl(linked)) return heard(linked);
      return heard(await send('POST', endpoint(hook), payload(message, true, false)));
    };
    const refusal = message.amendsFirst ? await amend(send, heard, hook, message) : null;
    return refusal ?? post();
  };
};
