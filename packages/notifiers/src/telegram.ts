import type { DialRules } from '@farwatch/checker';
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
import { telegramError } from './telegram-errors.ts';
import { type TelegramForm, telegramContent } from './telegram-text.ts';

export type TelegramTarget = Readonly<{ /** A number, or `@name` of a channel. */ chatId: string }>;
export type TelegramSettings = Readonly<{
  /** `https://api.telegram.org` */
  apiUrl: string;
  botToken: string;
  rules: DialRules;
}>;

type Method = 'sendMessage' | 'editMessageText' | 'getMe' | 'getUpdates' | 'answerCallbackQuery';
export type CallTelegram = (
  method: Method,
  json: object,
  signal: AbortSignal,
  timeoutMs?: number,
) => Promise<Answer | Broken>;

/** The token is part of the URL: neither may be told. */
export const telegramCaller = (call: Caller, { apiUrl, botToken }: Omit<TelegramSettings, 'rules'>): CallTelegram => {
  const base = `${apiUrl.replace(/\/+$/u, '')}/bot${botToken}`;
  // What stands before the colon is the bot's id, which is in many an answer as a number.
  const post = postJson(hiding(call, [botToken.replace(/^\d+:/u, '')]));
  return (method, json, signal, timeoutMs = notifierMs) => post({ url: `${base}/${method}`, json, timeoutMs }, signal);
};

/** Telegram's own words, or what else was answered. */
export const telegramWords = (answer: Answer): string =>
  textAt(jsonObject(answer.text), 'description') ?? httpWords(answer);

/** The wait that Telegram asks for: in the body, and some proxies add the header. */
export const telegramWaitMs = (answer: Answer): number => {
  const seconds = Number(textAt(jsonObject(answer.text), 'parameters', 'retry_after'));
  const headerMs = answer.headers['retry-after'] === undefined ? 0 : askedMs(answer, Date.now());
  if (!(seconds > 0)) return headerMs > 0 ? headerMs : askedMs(answer, Date.now());
  return Math.max(Math.min(Math.ceil(seconds * 1_000), 6 * 3_600_000), headerMs);
};

const judge = (answer: Answer | Broken): Outcome => {
  if ('broken' in answer) return brokenOutcome('Telegram', answer, 'operator');
  const { status, text } = answer;
  const json = jsonObject(text);
  const words = `Telegram: ${telegramWords(answer)}`;
  if (status === 200 && json?.ok === true) {
    const messageId = textAt(json, 'result', 'message_id');
    if (messageId === undefined) return delivered('HTTP 200: ok');
    return { ...delivered(`HTTP 200: message ${messageId}`), receipt: { messageId } };
  }
  if (status === 429) return held(words, 'channel', telegramWaitMs(answer));
  if (status === 401 || status === 404)
    return operatorsFault(`${words}: the bot's token is not valid (TELEGRAM_BOT_TOKEN)`);
  if (worthRepeating(status)) return laterAsAsked(words, answer, Date.now());
  // The Bot API answers JSON: a page of HTML is from something before it, which is the operator's.
  if (json === null) return operatorsFault(words);
  const known = telegramError(telegramWords(answer));
  if (known === null) return rejected(words, status === 403);
  return rejected(`${words}: ${known.advice}`, known.reaction === 'broken');
};

type Try = Readonly<{ chatId: string; form: TelegramForm }>;

/** Where or how to send it instead, at once; null when the answer leaves no other way. Each way is taken once. */
const otherTry = (answer: Answer | Broken, { chatId, form }: Try, movedAlready: boolean): Try | null => {
  if ('broken' in answer || answer.status !== 400) return null;
  const newChat = textAt(jsonObject(answer.text), 'parameters', 'migrate_to_chat_id');
  if (newChat !== undefined) return movedAlready || newChat === chatId ? null : { chatId: newChat, form };
  switch (telegramError(telegramWords(answer))?.reaction) {
    case 'plain':
      return form.plain ? null : { chatId, form: { ...form, plain: true } };
    case 'linkless':
      return form.linkButton ? { chatId, form: { ...form, linkButton: false } } : null;
    default:
      return null;
  }
};

const withMoved = (outcome: Outcome, chatId: string): Outcome =>
  outcome.kind === 'delivered' || outcome.kind === 'retry' ? { ...outcome, moved: { chatId } } : outcome;

/** At most once more for each thing that can be changed: the chat, the formatting, the button. */
const sendAsAllowed = async (
  first: Try,
  send: (attempt: Try) => Promise<Answer | Broken>,
): Promise<Readonly<{ outcome: Outcome; chatId: string }>> => {
  let attempt = first;
  for (;;) {
    const answer = await send(attempt);
    const next = otherTry(answer, attempt, attempt.chatId !== first.chatId);
    if (next === null) {
      const outcome = judge(answer);
      const moved = attempt.chatId !== first.chatId;
      return { outcome: moved ? withMoved(outcome, attempt.chatId) : outcome, chatId: attempt.chatId };
    }
    attempt = next;
  }
};

/** Telegram's ids are whole numbers. */
const asId = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/u.test(text) ? Number(text) : undefined;

/** HTML with buttons. Later messages answer the first, which shows what became of it. */
export const telegramNotifier = ({ rules, ...settings }: TelegramSettings): Notifier<TelegramTarget> => {
  const call = telegramCaller(guardedCaller(rules), settings);
  const form: TelegramForm = { plain: false, linkButton: true, acknowledge: true };

  /** Null when the first message shows the news now, or can't and need not ("message is not modified"). */
  const amend = async (message: Message, chatId: string, messageId: number, signal: AbortSignal) => {
    const first = { chatId, form: { ...form, acknowledge: false } };
    const { outcome } = await sendAsAllowed(first, (attempt) =>
      call(
        'editMessageText',
        { chat_id: attempt.chatId, message_id: messageId, ...telegramContent(message, attempt.form) },
        signal,
      ),
    );
    if (outcome.kind === 'delivered' || (outcome.kind === 'rejected' && !outcome.broken)) return null;
    return outcome;
  };

  const deliver = async (message: Message, chatId: string, signal: AbortSignal): Promise<Outcome> => {
    const first = asId(message.previous?.messageId);
    const refusal = message.amendsFirst && first !== undefined ? await amend(message, chatId, first, signal) : null;
    if (refusal !== null) return refusal;
    const reply =
      first === undefined ? {} : { reply_parameters: { message_id: first, allow_sending_without_reply: true } };
    const { outcome } = await sendAsAllowed({ chatId, form }, (attempt) =>
      call('sendMessage', { chat_id: attempt.chatId, ...telegramContent(message, attempt.form), ...reply }, signal),
    );
    return outcome;
  };

  return async (message, { chatId }, callerSignal) => {
    const signal = AbortSignal.any([callerSignal, AbortSignal.timeout(notifierMs)]);
    if (signal.aborted) return later('Telegram: no answer in time');
    return deliver(message, chatId, signal);
  };
};
