import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { startWebhookSink, type WebhookAnswer, type WebhookCall } from './webhook-sink.ts';

// Fields and limits: docs.slack.dev, reference/methods/chat.postMessage and chat.update, reference/block-kit (blocks,
// block elements, composition objects) and messaging/sending-messages-using-incoming-webhooks.

const strict = { additionalProperties: false } as const;
const plainText = (max: number) =>
  Type.Object(
    {
      type: Type.Literal('plain_text'),
      text: Type.String({ minLength: 1, maxLength: max }),
      emoji: Type.Optional(Type.Boolean()),
    },
    strict,
  );
const mrkdwn = (max: number) =>
  Type.Object(
    {
      type: Type.Literal('mrkdwn'),
      text: Type.String({ minLength: 1, maxLength: max }),
      verbatim: Type.Optional(Type.Boolean()),
    },
    strict,
  );
const anyText = (max: number) => Type.Union([plainText(max), mrkdwn(max)]);

const Button = Type.Object(
  {
    type: Type.Literal('button'),
    text: plainText(75),
    action_id: Type.Optional(Type.String({ maxLength: 255 })),
    value: Type.Optional(Type.String({ maxLength: 2_000 })),
    url: Type.Optional(Type.String({ maxLength: 3_000, pattern: '^https?://' })),
    style: Type.Optional(Type.Union([Type.Literal('primary'), Type.Literal('danger')])),
  },
  strict,
);
const Block = Type.Union([
  Type.Object({ type: Type.Literal('header'), text: plainText(150) }, strict),
  Type.Object({ type: Type.Literal('section'), text: anyText(3_000) }, strict),
  Type.Object(
    { type: Type.Literal('section'), fields: Type.Array(anyText(2_000), { minItems: 1, maxItems: 10 }) },
    strict,
  ),
  Type.Object(
    { type: Type.Literal('context'), elements: Type.Array(anyText(2_000), { minItems: 1, maxItems: 10 }) },
    strict,
  ),
  Type.Object({ type: Type.Literal('actions'), elements: Type.Array(Button, { minItems: 1, maxItems: 25 }) }, strict),
]);
const Blocks = Type.Array(Block, { maxItems: 50 });
const blocksOk = Compile(Blocks);
const attachmentsOk = Compile(
  Type.Array(
    Type.Object(
      {
        color: Type.String({ pattern: '^(good|warning|danger|#[0-9a-f]{6})$' }),
        fallback: Type.String({ minLength: 1 }),
        blocks: Blocks,
      },
      strict,
    ),
    { maxItems: 100 },
  ),
);
const metadataOk = Compile(
  Type.Object(
    {
      event_type: Type.String({ pattern: '^[a-z0-9_]+$' }),
      event_payload: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
    },
    strict,
  ),
);

const postNames = ['channel', 'thread_ts', 'reply_broadcast', 'unfurl_links', 'unfurl_media', 'metadata'];
const shared = ['text', 'blocks', 'attachments'];
const argumentsOf: Readonly<Record<string, readonly string[]>> = {
  'chat.postMessage': [...shared, ...postNames, 'parse', 'link_names'],
  'chat.update': [...shared, 'channel', 'ts', 'metadata', 'parse', 'link_names'],
  webhook: [...shared, 'unfurl_links', 'unfurl_media', 'thread_ts'],
};

export type SlackCall = WebhookCall &
  Readonly<{
    /** `chat.postMessage`, `chat.update`, or `webhook`. */
    api: string;
    fields: Readonly<Record<string, unknown>>;
  }>;

export type SlackStandIn = AsyncDisposable &
  Readonly<{
    apiUrl: string;
    webhookUrl: string;
    token: string;
    calls: readonly SlackCall[];
    /** What Slack would have refused, in its own words. */
    faults: readonly string[];
  }>;

const hookPath = '/services/T00000000/B00000000/QqWwEeRrTtYyUuIiOoPpAaSs';
const token = 'xoxb-1234567890-1234567890-QqWwEeRrTtYyUuIi';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const fieldsOf = ({ headers, body }: WebhookCall): Record<string, unknown> => {
  if (headers['content-type']?.startsWith('application/json') === true)
    return Object.fromEntries(Object.entries(Object(parsed(body))));
  const inJson = ['blocks', 'attachments', 'metadata', 'reply_broadcast', 'unfurl_links', 'unfurl_media', 'link_names'];
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => [name, inJson.includes(name) ? parsed(value) : value]),
  );
};

const textLength = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [name, part]) => sum + (name === 'text' && typeof part === 'string' ? part.length : textLength(part)),
    0,
  );
};

const contentFault = (api: string, fields: SlackCall['fields']): string | null => {
  const { text, blocks = [], attachments = [], metadata } = fields;
  if (Object.keys(fields).some((name) => argumentsOf[api]?.includes(name) !== true)) return 'invalid_arg_name';
  if (typeof text !== 'string' || text === '') return 'no_text';
  if (text.length > 40_000) return 'msg_too_long';
  if (!blocksOk.Check(blocks)) return 'invalid_blocks';
  if (!attachmentsOk.Check(attachments)) return 'invalid_attachments';
  const elements = [...blocks, ...attachments.flatMap((one) => one.blocks)];
  const ids = elements.flatMap((block) => (block.type === 'actions' ? block.elements.map((one) => one.action_id) : []));
  if (new Set(ids).size !== ids.length) return 'invalid_blocks';
  if (textLength(elements) > 13_000) return 'msg_blocks_too_long';
  return metadata === undefined || metadataOk.Check(metadata) ? null : 'invalid_metadata_format';
};

const isTs = (value: unknown): boolean => typeof value === 'string' && /^\d+\.\d+$/u.test(value);

const apiFault = ({ api, method, headers, fields }: SlackCall): string | null => {
  if (method !== 'POST' || argumentsOf[api] === undefined) return 'unknown_method';
  const type = headers['content-type'] ?? '';
  if (!/^application\/(?:x-www-form-urlencoded|json)/u.test(type)) return 'invalid_post_type';
  if (headers.authorization === undefined) return 'not_authed';
  if (headers.authorization !== `Bearer ${token}`) return 'invalid_auth';
  if (typeof fields.channel !== 'string' || fields.channel === '') return 'channel_not_found';
  if (api === 'chat.update' && !isTs(fields.ts)) return 'message_not_found';
  if (fields.thread_ts !== undefined && !isTs(fields.thread_ts)) return 'invalid_arguments';
  return contentFault(api, fields);
};

const hookFault = (call: SlackCall): string | null => {
  if (call.path !== hookPath) return 'no_service';
  if (call.method !== 'POST' || call.headers['content-type']?.startsWith('application/json') !== true)
    return 'invalid_payload';
  return contentFault('webhook', call.fields);
};

const readCall = (call: WebhookCall): SlackCall => {
  const api = call.path.startsWith('/api/') ? call.path.slice('/api/'.length) : 'webhook';
  return { ...call, api, fields: fieldsOf(call) };
};

const json = (body: object): WebhookAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});

/** Slack's Web API and one incoming webhook. `answer` is asked for each sound call; undefined: Slack's own "ok". */
export const startSlackStandIn = async (
  answer: (call: SlackCall, nth: number) => WebhookAnswer | undefined = () => undefined,
): Promise<SlackStandIn> => {
  const calls: SlackCall[] = [];
  const faults: string[] = [];
  const sink = await startWebhookSink((raw, nth) => {
    const call = readCall(raw);
    calls.push(call);
    const hook = call.api === 'webhook';
    const fault = hook ? hookFault(call) : apiFault(call);
    if (fault !== null) {
      faults.push(fault);
      return hook ? { status: 400, body: fault } : json({ ok: false, error: fault });
    }
    const said = answer(call, nth);
    if (said !== undefined) return said;
    if (hook) return { status: 200, body: 'ok' };
    const ts = `1700000000.${String(nth + 1).padStart(6, '0')}`;
    const { channel, text } = call.fields;
    return json({ ok: true, channel, ts: call.fields.ts ?? ts, message: { text, ts } });
  });
  return {
    apiUrl: `${sink.url}/api/`,
    webhookUrl: `${sink.url}${hookPath}`,
    token,
    calls,
    faults,
    [Symbol.asyncDispose]: sink[Symbol.asyncDispose],
  };
};
