import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { startWebhookSink, type WebhookAnswer, type WebhookCall } from './webhook-sink.ts';

// Fields and limits: docs.discord.com, resources/webhook (execute, edit message) and resources/message (embed limits,
// allowed mentions).

const strict = { additionalProperties: false } as const;
const text = (max: number) => Type.String({ minLength: 1, maxLength: max, pattern: '\\S' });

const Embed = Type.Object(
  {
    title: Type.Optional(text(256)),
    description: Type.Optional(text(4_096)),
    url: Type.Optional(Type.String({ maxLength: 2_048 })),
    color: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffffff })),
    timestamp: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' })),
    fields: Type.Optional(
      Type.Array(Type.Object({ name: text(256), value: text(1_024), inline: Type.Optional(Type.Boolean()) }, strict), {
        maxItems: 25,
      }),
    ),
    footer: Type.Optional(Type.Object({ text: text(2_048) }, strict)),
  },
  strict,
);
const Payload = Type.Object(
  {
    content: Type.Optional(Type.String({ maxLength: 2_000 })),
    embeds: Type.Optional(Type.Array(Embed, { maxItems: 10 })),
    allowed_mentions: Type.Optional(
      Type.Object({ parse: Type.Array(Type.Enum(['roles', 'users', 'everyone'])) }, strict),
    ),
  },
  strict,
);
const payloadOk = Compile(Payload);
export type DiscordPayload = Static<typeof Payload>;

export type DiscordCall = WebhookCall &
  Readonly<{ api: 'execute' | 'edit'; messageId: string | null; query: URLSearchParams; payload: DiscordPayload }>;

export type DiscordStandIn = AsyncDisposable &
  Readonly<{
    webhookUrl: string;
    calls: readonly DiscordCall[];
    /** What Discord would have refused, in its own words. */
    faults: readonly string[];
  }>;

const hookPath = '/api/webhooks/1234567890123456789/QqWwEeRrTtYyUuIiOoPpAaSsDdFfGgHhJjKkLl_-';

const json = (status: number, body: object): WebhookAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const invalid = (errors: object): WebhookAnswer => json(400, { message: 'Invalid Form Body', code: 50035, errors });

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};

const sizeOf = ({ title = '', description = '', fields = [], footer }: Static<typeof Embed>): number =>
  [title, description, footer?.text ?? '', ...fields.flatMap(({ name, value }) => [name, value])].join('').length;

/** Discord's parser wants a scheme of the web and a host with a dot (bugsink/bugsink#280). */
const wrongUrl = (url: string | undefined): boolean =>
  url !== undefined && !/^https?:\/\/(?:[^/?#]*\.[^/?#]|\[)/u.test(url);

const faultOf = (call: WebhookCall, payload: unknown): WebhookAnswer | null => {
  const { pathname } = new URL(call.path, 'http://stand-in');
  if (!pathname.startsWith(hookPath)) return json(404, { message: 'Unknown Webhook', code: 10015 });
  if (!pathname.replace(hookPath, '').match(call.method === 'POST' ? /^$/u : /^\/messages\/\d+$/u))
    return json(405, { message: '405: Method Not Allowed', code: 0 });
  if (call.headers['content-type']?.startsWith('application/json') !== true)
    return json(400, { message: 'Expected "Content-Type" header to be one of {…}', code: 50035 });
  if (!payloadOk.Check(payload)) return invalid({ _errors: [...payloadOk.Errors(payload)].slice(0, 3) });
  const { content = '', embeds = [] } = payload;
  if (content === '' && embeds.length === 0) return json(400, { message: 'Cannot send an empty message', code: 50006 });
  if (embeds.reduce((sum, embed) => sum + sizeOf(embed), 0) > 6_000)
    return invalid({ embeds: { _errors: [{ code: 'MAX_EMBED_SIZE_EXCEEDED' }] } });
  if (embeds.some(({ url }) => wrongUrl(url)))
    return invalid({ embeds: { 0: { url: { _errors: [{ code: 'URL_TYPE_INVALID_URL' }] } } } });
  return null;
};

/** One webhook of Discord. `answer` is asked for each sound call; undefined: what Discord says when all is well. */
export const startDiscordStandIn = async (
  answer: (call: DiscordCall, nth: number) => WebhookAnswer | undefined = () => undefined,
): Promise<DiscordStandIn> => {
  const calls: DiscordCall[] = [];
  const faults: string[] = [];
  const sink = await startWebhookSink((raw, nth) => {
    const { pathname, searchParams: query } = new URL(raw.path, 'http://stand-in');
    const payload = parsed(raw.body);
    const messageId = /\/messages\/([^/]+)$/u.exec(pathname)?.[1] ?? null;
    const fault = faultOf(raw, payload);
    const api = messageId === null ? 'execute' : 'edit';
    const call: DiscordCall = { ...raw, api, messageId, query, payload: payloadOk.Check(payload) ? payload : {} };
    calls.push(call);
    if (fault !== null) {
      faults.push(JSON.stringify(fault));
      return fault;
    }
    const said = answer(call, nth);
    if (said !== undefined) return said;
    if (api === 'execute' && query.get('wait') !== 'true') return 204;
    const id = messageId ?? String(1_300_000_000_000_000_000n + BigInt(nth));
    return json(200, { id, type: 0, webhook_id: '1234567890123456789', embeds: call.payload.embeds });
  });
  return { webhookUrl: `${sink.url}${hookPath}`, calls, faults, [Symbol.asyncDispose]: sink[Symbol.asyncDispose] };
};
