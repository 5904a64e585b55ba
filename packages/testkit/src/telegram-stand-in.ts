import { type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { startWebhookSink, type WebhookAnswer, type WebhookCall } from './webhook-sink.ts';

// Fields and limits: core.telegram.org/bots/api (sendMessage, editMessageText, InlineKeyboardButton, ReplyParameters,
// "HTML style"); what makes a link of a button: td/telegram/LinkManager.cpp of tdlib/td.

const strict = { additionalProperties: false } as const;
const Button = Type.Union([
  Type.Object({ text: Type.String({ minLength: 1 }), callback_data: Type.String() }, strict),
  Type.Object({ text: Type.String({ minLength: 1 }), url: Type.String() }, strict),
]);
const content = {
  chat_id: Type.Union([Type.Integer(), Type.String({ pattern: '^(-?\\d+|@\\w+)$' })]),
  text: Type.String(),
  parse_mode: Type.Optional(Type.Literal('HTML')),
  link_preview_options: Type.Optional(Type.Object({ is_disabled: Type.Boolean() }, strict)),
  reply_markup: Type.Optional(Type.Object({ inline_keyboard: Type.Array(Type.Array(Button)) }, strict)),
};
const methods: Readonly<Record<string, TSchema>> = {
  sendMessage: Type.Object(
    {
      ...content,
      reply_parameters: Type.Optional(
        Type.Object({ message_id: Type.Integer(), allow_sending_without_reply: Type.Optional(Type.Boolean()) }, strict),
      ),
    },
    strict,
  ),
  editMessageText: Type.Object({ ...content, message_id: Type.Integer() }, strict),
  getMe: Type.Object({}, strict),
  getUpdates: Type.Object(
    {
      offset: Type.Optional(Type.Integer()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
      timeout: Type.Optional(Type.Integer({ minimum: 0 })),
      allowed_updates: Type.Optional(Type.Array(Type.String())),
    },
    strict,
  ),
  answerCallbackQuery: Type.Object(
    { callback_query_id: Type.String({ minLength: 1 }), text: Type.Optional(Type.String({ maxLength: 200 })) },
    strict,
  ),
};
const checks = Object.fromEntries(Object.entries(methods).map(([name, schema]) => [name, Compile(schema)]));

export type TelegramCall = WebhookCall & Readonly<{ api: string; fields: Readonly<Record<string, unknown>> }>;

export type TelegramStandIn = AsyncDisposable &
  Readonly<{
    apiUrl: string;
    botToken: string;
    calls: readonly TelegramCall[];
    /** What Telegram would have refused, in its own words. */
    faults: readonly string[];
  }>;

const botToken = '1234567890:QqWwEeRrTtYyUuIiOoPpAaSsDdFfGgHhJj_';

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const tags: ReadonlySet<string> = new Set(['b', 'strong', 'i', 'em', 'u', 's', 'code', 'pre', 'a', 'blockquote']);

const decoded = (html: string): string =>
  html.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(lt|gt|amp|quot));/giu, (_, dec, hex, name) =>
    name === undefined
      ? String.fromCodePoint(dec === undefined ? Number.parseInt(hex, 16) : Number(dec))
      : (named[name] ?? ''),
  );

/** What Telegram shows for a text of HTML style: the characters, and those of them that stand in `<code>`. */
export const telegramShown = (html: string): Readonly<{ text: string; code: readonly string[] }> | string => {
  const open: string[] = [];
  const code: string[] = [];
  let text = '';
  for (const [, tag, plain] of html.matchAll(/(<[^>]*>?)|([^<]+)/gu)) {
    if (plain !== undefined) {
      text += decoded(plain);
      if (open.includes('code')) code.push(decoded(plain));
      continue;
    }
    const [, slash, name = ''] = /^<(\/?)([a-z]+)(?: [^>]*)?>$/u.exec(tag ?? '') ?? [];
    if (!tags.has(name)) return `Bad Request: can't parse entities: Unsupported start tag "${name}"`;
    if (slash === '' && (name === 'code' ? open.length > 0 : open.includes('code')))
      return "Bad Request: can't parse entities: code stands alone";
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return "Bad Request: can't parse entities: Unexpected end tag";
  }
  return open.length === 0 ? { text, code } : "Bad Request: can't parse entities: Can't find end tag";
};

const buttonFault = (button: Readonly<{ callback_data?: unknown; url?: unknown }>): string | null => {
  const { callback_data: data, url } = button;
  if (typeof data === 'string')
    return data === '' || Buffer.byteLength(data) > 64 ? 'Bad Request: BUTTON_DATA_INVALID' : null;
  const host = URL.parse(String(url))?.hostname ?? '';
  return /^https?:/u.test(String(url)) && /[.[]/u.test(host)
    ? null
    : `Bad Request: inline keyboard button URL '${String(url)}' is invalid: Wrong HTTP URL`;
};

const messageFault = ({ text, parse_mode: mode, reply_markup: markup }: TelegramCall['fields']): string | null => {
  const shown = mode === 'HTML' ? telegramShown(String(text)) : { text: String(text) };
  if (typeof shown === 'string') return shown;
  if (shown.text.trim() === '') return 'Bad Request: message text is empty';
  if (shown.text.length > 4_096) return 'Bad Request: message is too long';
  const rows = Object(markup).inline_keyboard ?? [];
  for (const button of rows.flat()) {
    const fault = buttonFault(button);
    if (fault !== null) return fault;
  }
  return null;
};

const failed = (code: number, description: string): WebhookAnswer => ({
  status: code,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ ok: false, error_code: code, description }),
});
const done = (result: unknown): WebhookAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ ok: true, result }),
});

const faultOf = ({ path, api, method, headers, fields }: TelegramCall): WebhookAnswer | null => {
  if (!path.startsWith(`/bot${botToken}/`)) return failed(401, 'Unauthorized');
  const check = checks[api];
  if (method !== 'POST' || check === undefined) return failed(404, 'Not Found: method not found');
  if (headers['content-type']?.startsWith('application/json') !== true)
    return failed(400, 'Bad Request: unsupported content type');
  if (!check.Check(fields)) return failed(400, `Bad Request: can't parse ${JSON.stringify(check.Errors(fields))}`);
  const fault = /^(?:send|edit)/u.test(api) ? messageFault(fields) : null;
  return fault === null ? null : failed(400, fault);
};

const parsed = (body: string): Record<string, unknown> => {
  try {
    return Object.fromEntries(Object.entries(Object(JSON.parse(body))));
  } catch {
    return {};
  }
};

const wellDone = ({ api, fields }: TelegramCall, nth: number): WebhookAnswer => {
  switch (api) {
    case 'getMe':
      return done({ id: 1_234_567_890, is_bot: true, first_name: 'Farwatch', username: 'farwatch_bot' });
    case 'getUpdates':
      return done([]);
    case 'answerCallbackQuery':
      return done(true);
    default:
      return done({ message_id: fields.message_id ?? nth + 1, date: 1_700_000_000, chat: { id: fields.chat_id } });
  }
};

/** The Bot API with one bot. `answer` is asked for each sound call; undefined: what Telegram says when all is well. */
export const startTelegramStandIn = async (
  answer: (call: TelegramCall, nth: number) => WebhookAnswer | undefined = () => undefined,
): Promise<TelegramStandIn> => {
  const calls: TelegramCall[] = [];
  const faults: string[] = [];
  const sink = await startWebhookSink((raw, nth) => {
    const call: TelegramCall = { ...raw, api: raw.path.split('/').at(-1) ?? '', fields: parsed(raw.body) };
    calls.push(call);
    const fault = faultOf(call);
    if (fault === null) return answer(call, nth) ?? wellDone(call, nth);
    faults.push(JSON.stringify(fault));
    return fault;
  });
  return { apiUrl: sink.url, botToken, calls, faults, [Symbol.asyncDispose]: sink[Symbol.asyncDispose] };
};
