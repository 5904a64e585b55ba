import { cut, oneLine } from './plain-text.ts';
import { type Answer, type Broken, guardedCaller, isObject, jsonObject, textAt } from './post-json.ts';
import { brokenOutcome } from './post-json-outcome.ts';
import { type TelegramSettings, telegramCaller, telegramWaitMs, telegramWords } from './telegram.ts';

/** `afterMs`: not before. `operator`: the token is not valid, or another program reads the same bot's updates. */
export type TelegramReply<T> =
  | Readonly<{ ok: true; result: T }>
  | Readonly<{ ok: false; reason: string; afterMs?: number; operator?: true }>;

export type TelegramApi = Readonly<{
  getMe: (signal: AbortSignal) => Promise<TelegramReply<{ username: string }>>;
  /** Waits up to `timeoutS` for news. `offset` is one more than the last `update_id`. */
  getUpdates: (
    ask: Readonly<{ offset: number; timeoutS: number; limit?: number }>,
    signal: AbortSignal,
  ) => Promise<TelegramReply<readonly Readonly<Record<string, unknown>>[]>>;
  /** Every click needs one, or Telegram shows a clock for a minute. */
  answerCallbackQuery: (
    answer: Readonly<{ callbackId: string; text: string }>,
    signal: AbortSignal,
  ) => Promise<TelegramReply<true>>;
  /** Plain text. */
  sendText: (chatId: string, text: string, signal: AbortSignal) => Promise<TelegramReply<{ messageId: string }>>;
}>;

const failure = (answer: Answer | Broken): Extract<TelegramReply<never>, { ok: false }> => {
  if ('broken' in answer) {
    const { reason } = brokenOutcome('Telegram', answer, 'operator');
    return { ok: false, reason };
  }
  const reason = cut(oneLine(`Telegram: ${telegramWords(answer)}`), 500);
  if (answer.status === 429) return { ok: false, reason, afterMs: telegramWaitMs(answer) };
  return [401, 404, 409].includes(answer.status) ? { ok: false, reason, operator: true } : { ok: false, reason };
};

/** The few methods beside sending alerts: hearing of people who link a chat or click a button. */
export const telegramApi = ({ rules, ...settings }: TelegramSettings): TelegramApi => {
  const call = telegramCaller(guardedCaller(rules), settings);
  const ask = async <T>(
    sent: ReturnType<typeof call>,
    read: (result: unknown) => T | null,
  ): Promise<TelegramReply<T>> => {
    const answer = await sent;
    const json = 'broken' in answer || answer.status !== 200 ? null : jsonObject(answer.text);
    const result = json?.ok === true ? read(json.result) : null;
    return result === null ? failure(answer) : { ok: true, result };
  };
  return {
    getMe: (signal) =>
      ask(call('getMe', {}, signal), (result) => {
        const username = textAt(result, 'username');
        return username === undefined ? null : { username };
      }),
    getUpdates: ({ offset, timeoutS, limit = 20 }, signal) =>
      ask(
        call(
          'getUpdates',
          { offset, timeout: timeoutS, limit, allowed_updates: ['message', 'callback_query', 'my_chat_member'] },
          signal,
          timeoutS * 1_000 + 10_000,
        ),
        (result) => (Array.isArray(result) ? result.filter(isObject) : null),
      ),
    answerCallbackQuery: ({ callbackId, text }, signal) =>
      ask(
        call('answerCallbackQuery', { callback_query_id: callbackId, text: cut(oneLine(text), 200) }, signal),
        (result) => (result === true ? true : null),
      ),
    sendText: (chatId, text, signal) =>
      ask(
        call(
          'sendMessage',
          {
            chat_id: chatId,
            text: text.toWellFormed().slice(0, 4_096).toWellFormed(),
            link_preview_options: { is_disabled: true },
          },
          signal,
        ),
        (result) => {
          const messageId = textAt(result, 'message_id');
          return messageId === undefined ? null : { messageId };
        },
      ),
  };
};

export type TelegramUpdate =
  | Readonly<{ kind: 'start'; code: string; chatId: string; chatTitle: string; fromName: string }>
  | Readonly<{ kind: 'stop'; chatId: string }>
  | Readonly<{ kind: 'acknowledge'; deliveryId: string; chatId: string; callbackId: string; fromName: string }>
  | Readonly<{ kind: 'other' }>;

const other: TelegramUpdate = { kind: 'other' };

/** `/start code`, `/start@farwatch_bot code`; a deep link's code has these characters (core.telegram.org/bots/features). */
const startCommand = /^\/start(?:@\w{1,64})?\s+([\w-]{1,64})\s*$/u;
const stopCommand = /^\/stop(?:@\w{1,64})?\s*$/u;

const nameOf = (person: unknown): string => {
  const names = [textAt(person, 'first_name'), textAt(person, 'last_name')].filter((name) => name !== undefined);
  const name = names.length > 0 ? names.join(' ') : (textAt(person, 'username') ?? textAt(person, 'id') ?? '');
  return cut(oneLine(name), 100);
};

const titleOf = (chat: unknown): string => cut(oneLine(textAt(chat, 'title') ?? nameOf(chat)), 200);

const readMessage = (message: unknown): TelegramUpdate => {
  const chatId = textAt(message, 'chat', 'id');
  const text = textAt(message, 'text')?.trim();
  if (chatId === undefined || text === undefined || !isObject(message)) return other;
  if (stopCommand.test(text)) return { kind: 'stop', chatId };
  const code = startCommand.exec(text)?.[1];
  if (code === undefined) return other;
  // Who posts in a group's name has no `from`.
  return {
    kind: 'start',
    code,
    chatId,
    chatTitle: titleOf(message.chat),
    fromName: nameOf(message.from ?? message.sender_chat),
  };
};

const readCallback = (query: unknown): TelegramUpdate => {
  const deliveryId = /^ack:([\w-]{1,60})$/u.exec(textAt(query, 'data') ?? '')?.[1];
  const callbackId = textAt(query, 'id');
  const chatId = textAt(query, 'message', 'chat', 'id');
  if (deliveryId === undefined || callbackId === undefined || chatId === undefined || !isObject(query)) return other;
  return { kind: 'acknowledge', deliveryId, chatId, callbackId, fromName: nameOf(query.from) };
};

const readMembership = (change: unknown): TelegramUpdate => {
  const chatId = textAt(change, 'chat', 'id');
  const status = textAt(change, 'new_chat_member', 'status');
  return chatId !== undefined && (status === 'kicked' || status === 'left') ? { kind: 'stop', chatId } : other;
};

/** What an update means to us. Total: whatever is not ours is `other`. */
export const readTelegramUpdate = (update: unknown): TelegramUpdate => {
  if (!isObject(update)) return other;
  if (update.message !== undefined) return readMessage(update.message);
  if (update.callback_query !== undefined) return readCallback(update.callback_query);
  return update.my_chat_member === undefined ? other : readMembership(update.my_chat_member);
};
