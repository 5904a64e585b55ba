import type { DialRules } from '@farwatch/checker';
import { type FetchFunction, type Logger, LogLevel, WebClient } from '@slack/web-api';
import type { Message, Notifier, Outcome } from './notifier.ts';
import {
  type Answer,
  type Broken,
  type Caller,
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
  operatorsFault,
  rejected,
  worthRepeating,
} from './post-json-outcome.ts';
import { slackContent } from './slack-blocks.ts';
import { harmlessToUpdate, slackError } from './slack-errors.ts';

/** A bot's token and the id (or name) of a channel, or the URL of an incoming webhook. */
export type SlackTarget =
  | Readonly<{ mode: 'bot'; token: string; channel: string }>
  | Readonly<{ mode: 'webhook'; url: string }>;

export type SlackSettings = Readonly<{ /** `https://slack.com/api/` */ apiUrl: string; rules: DialRules }>;

/** How a message is sent; a second try changes one of these. */
type Variant = Readonly<{ short: boolean; threaded: boolean; metadata: boolean }>;
type Judged = Readonly<{ outcome: Outcome; code: string | null }>;

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** Slack's client over the guarded dial; what was answered is kept, since the client's errors leave half of it out. */
const clientOf = (apiUrl: string, token: string, call: Caller, signal: AbortSignal) => {
  let heard: Answer | Broken = { broken: 'no call', timedOut: false };
  const fetch: FetchFunction = async (url, init) => {
    const { headers = {}, body } = init ?? {};
    heard = await call(
      { method: 'POST', url: String(url), headers, body: typeof body === 'string' ? body : '' },
      signal,
    );
    if ('broken' in heard) throw new Error(heard.broken);
    const { status, text, headers: answered } = heard;
    return {
      ok: status >= 200 && status < 300,
      status,
      statusText: '',
      url: String(url),
      headers: new Headers(answered),
      text: async () => text,
      json: async () => JSON.parse(text),
      arrayBuffer: async () => new TextEncoder().encode(text).buffer,
    };
  };
  const client = new WebClient(token, {
    slackApiUrl: apiUrl,
    fetch,
    logger: silent,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: notifierMs,
    allowAbsoluteUrls: false,
  });
  return { client, heard: () => heard };
};

/** The code of a refusal: JSON's `error`, or the whole text of a webhook's answer when it is one word. */
const codeOf = (text: string): string | null => {
  const word = /^\w{1,80}$/u.exec(text.trim());
  return textAt(jsonObject(text), 'error') ?? word?.[0] ?? null;
};

/** What Slack adds to a code: the scope that is missing, the field that is wrong. */
const details = (text: string): string => {
  const answer = jsonObject(text);
  const needed = textAt(answer, 'needed');
  const metadata = answer?.response_metadata;
  const messages = metadata instanceof Object && 'messages' in metadata ? metadata.messages : [];
  const said = Array.isArray(messages) ? messages.filter((m) => typeof m === 'string').slice(0, 3) : [];
  const all = [...(needed === undefined ? [] : [`needed: ${needed}`]), ...said];
  return all.length === 0 ? '' : ` (${all.join('; ')})`;
};

const judge = (answer: Answer | Broken, mode: SlackTarget['mode']): Judged => {
  if ('broken' in answer)
    return { outcome: brokenOutcome('Slack', answer, mode === 'bot' ? 'operator' : 'channel'), code: null };
  const { status, text } = answer;
  const code = codeOf(text);
  const known = code === null ? null : slackError(code, mode);
  const words = code !== null && status === 200 ? code : httpWords(answer);
  const reason = `Slack: ${known === null ? words : `${code}: ${known.advice}`}${details(text)}`;
  const judged = (outcome: Outcome): Judged => ({ outcome, code });
  const now = Date.now();
  if (status === 429 || known?.reaction === 'busy') return judged(held(reason, 'channel', askedMs(answer, now)));
  if (known?.reaction === 'later') return judged(laterAsAsked(reason, answer, now));
  if (known !== null) return judged(rejected(reason, known.reaction === 'broken'));
  if (worthRepeating(status)) return judged(laterAsAsked(reason, answer, now));
  // Slack's API answers 200, 429 or 5xx: anything else was said by something that stands before it.
  return judged(mode === 'bot' ? operatorsFault(reason) : rejected(reason, false));
};

/** The same message in a form the refusal leaves open; null when there is none. */
const changed = (code: string | null, mode: SlackTarget['mode'], variant: Variant): Variant | null => {
  switch (code === null ? undefined : slackError(code, mode)?.reaction) {
    case 'shorten':
      return { ...variant, short: true };
    case 'unthread':
      return variant.threaded ? { ...variant, threaded: false } : null;
    case 'plainer':
      return variant.metadata ? { ...variant, metadata: false } : null;
    default:
      return null;
  }
};

/** Sends, and once more when Slack only wants another form. */
const sendTwice = async (
  mode: SlackTarget['mode'],
  first: Variant,
  send: (variant: Variant) => Promise<Judged>,
): Promise<Outcome> => {
  const { outcome, code } = await send(first);
  const second = outcome.kind === 'rejected' ? changed(code, mode, first) : null;
  return second === null ? outcome : (await send(second)).outcome;
};

type Bot = ReturnType<typeof clientOf>;

/** Its owner may have pointed the target at another channel since; of a name or a person's id that can't be told. */
const elsewhere = (channel: string, { previous }: Message): boolean =>
  /^[CG][A-Z0-9]+$/u.test(channel) && previous?.channel !== undefined && previous.channel !== channel;

/** A reply is easily overlooked; that it is over, everybody wants to know. */
const replyIn = (thread: string | undefined, mood: Message['mood']) => {
  if (thread === undefined) return {};
  return mood === 'up' ? { thread_ts: thread, reply_broadcast: true } : { thread_ts: thread };
};

const post = async (bot: Bot, target: string, message: Message, variant: Variant): Promise<Judged> => {
  const { previous, mood, id } = message;
  const thread = variant.threaded ? previous?.ts : undefined;
  const channel = (thread === undefined ? undefined : previous?.channel) ?? target;
  const content = slackContent(message, { buttons: 'live', short: variant.short });
  const metadata = { event_type: 'farwatch_alert', event_payload: { id } };
  try {
    const { ts, channel: to = channel } = await bot.client.chat.postMessage({
      channel,
      ...content,
      ...replyIn(thread, mood),
      parse: 'none',
      link_names: false,
      unfurl_links: false,
      unfurl_media: false,
      ...(variant.metadata ? { metadata } : {}),
    });
    if (ts === undefined) return { outcome: delivered('HTTP 200: ok'), code: null };
    return { outcome: { ...delivered(`HTTP 200: ok, ts ${ts}`), receipt: { channel: to, ts } }, code: null };
  } catch {
    return judge(bot.heard(), 'bot'); // the client throws for what was answered, and tells less of it
  }
};

/** Null when the first message shows the news now, or can't and need not. */
const amend = async (bot: Bot, { previous, ...message }: Message): Promise<Outcome | null> => {
  const { channel, ts } = previous ?? {};
  if (channel === undefined || ts === undefined) return null;
  const content = slackContent({ ...message, previous: null }, { buttons: 'none', short: false });
  try {
    await bot.client.chat.update({ channel, ts, ...content, parse: 'none', link_names: false });
    return null;
  } catch {
    const { outcome, code } = judge(bot.heard(), 'bot');
    if (code !== null && harmlessToUpdate.has(code)) return null;
    // What only this form of this call was refused for must not keep the news back.
    return outcome.kind === 'rejected' && !outcome.broken ? null : outcome;
  }
};

/** Block Kit by a bot or an incoming webhook; a bot's later messages about the same thing go into one thread. */
export const slackNotifier = ({ apiUrl, rules }: SlackSettings): Notifier<SlackTarget> => {
  const call = guardedCaller(rules);
  const whole: Variant = { short: false, threaded: true, metadata: true };

  const byBot = async (message: Message, target: Extract<SlackTarget, { mode: 'bot' }>, signal: AbortSignal) => {
    if (!/^[\x21-\x7e]+$/u.test(target.token)) return rejected('Slack: this is not a token; connect Slack again', true);
    const bot = clientOf(apiUrl, target.token, hiding(call, [target.token]), signal);
    const refusal = message.amendsFirst ? await amend(bot, message) : null;
    const first = { ...whole, threaded: message.previous?.ts !== undefined && !elsewhere(target.channel, message) };
    return refusal ?? sendTwice('bot', first, (variant) => post(bot, target.channel, message, variant));
  };

  const byHook = (message: Message, url: URL, signal: AbortSignal) =>
    sendTwice('webhook', { ...whole, threaded: false, metadata: false }, async ({ short }) => {
      const json = { ...slackContent(message, { buttons: 'links', short }), unfurl_links: false, unfurl_media: false };
      const answer = await postJson(hiding(call, [url.pathname]))({ url: url.href, json }, signal);
      const took = !('broken' in answer) && answer.status >= 200 && answer.status < 300;
      return took ? { outcome: delivered(httpWords(answer)), code: null } : judge(answer, 'webhook');
    });

  return async (message, target, callerSignal) => {
    const signal = AbortSignal.any([callerSignal, AbortSignal.timeout(notifierMs)]);
    if (signal.aborted) return later('Slack: no answer in time');
    if (target.mode === 'bot') return byBot(message, target, signal);
    const hook = URL.parse(target.url);
    if (hook === null || !/^https?:$/u.test(hook.protocol))
      return rejected('Slack: this is not the URL of an incoming webhook', true);
    return byHook(message, hook, signal);
  };
};
