import { telegramShown } from '@farwatch/testkit';
import type { Providers } from './providers.ts';
import type { Query } from './query.ts';
import type { Place } from './seed.ts';
import { owner, watchPath } from './watch.ts';

export type Tone = 'down' | 'up';
export type Item = Readonly<{ name: string; tone: Tone }>;
/** One message that a provider has taken. The same `identity` at the same channel is the same message. */
export type Heard = Readonly<{ at: number; channelId: string; identity: string; text: string; items: readonly Item[] }>;

type Raw = Readonly<{ at: number; place: string; id: string | null; text: string; items?: readonly Item[] }>;

const single = /(site\d{4}) is (down|up again)/u;
const lists = /(Down|Up again): ((?:site\d{4} \([^)]*\)(?:, )?)+)/gu;

/** What a message for people tells: the heading of one piece of news, or the lists of a message that tells several. */
export const itemsOf = (text: string): readonly Item[] => {
  if (!text.includes('They are told together')) {
    const [, name = '', said] = single.exec(text) ?? [];
    return name === '' ? [] : [{ name, tone: said === 'down' ? 'down' : 'up' }];
  }
  return [...text.matchAll(lists)].flatMap(([, word, list = '']) =>
    (list.match(/site\d{4}/gu) ?? []).map((name): Item => ({ name, tone: word === 'Down' ? 'down' : 'up' })),
  );
};

const field = (from: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => Object(value)[name], from);

const incidentTypes = ['incident.opened', 'incident.resolved'];
/** Of single incidents; that a monitor flaps, and is calm again, is another story. The watched sites' webhook has its own checker. */
const fromWebhooks = ({ sink }: Providers): readonly Raw[] =>
  sink.calls.flatMap(({ at, path, headers, body }) => {
    const event: unknown = JSON.parse(body);
    const type = String(field(event, 'type'));
    if (path === watchPath || !incidentTypes.includes(type)) return [];
    const tone: Tone = type === 'incident.opened' ? 'down' : 'up';
    const name = /site\d{4}/u.exec(body)?.[0] ?? '';
    return [{ at, place: path, id: String(headers['webhook-id']), text: body, items: [{ name, tone }] }];
  });

const fromMails = ({ inbox }: Providers): readonly Raw[] =>
  inbox.mails
    .filter(({ to }) => !to.includes(owner)) // asked to show that the address is theirs
    .map(({ at, to, parsed }) => {
      const id = parsed.messageId?.replace(/^<|@.*$/gu, '') ?? null;
      return { at, place: to[0] ?? '', id, text: parsed.text ?? '' };
    });

const textsIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    name === 'text' && typeof part === 'string' ? [part] : textsIn(part),
  );
};

const fromSlack = ({ slack }: Providers): readonly Raw[] =>
  slack.calls
    .filter(({ api }) => api === 'chat.postMessage')
    .map(({ at, fields }) => {
      const text = textsIn([fields.blocks, fields.attachments]).join('\n');
      const id = field(fields, 'metadata', 'event_payload', 'id');
      return { at, place: String(fields.channel), id: typeof id === 'string' ? id : null, text };
    });

/** What names a message where its provider has no field for an id: the link that acknowledges it, or its incident's. */
const idInLinks = (text: string): string | null => {
  const [, payload] = /\/l\/([\w-]+)\.[\w-]+/u.exec(text) ?? [];
  if (payload !== undefined) return String(JSON.parse(Buffer.from(payload, 'base64url').toString())[1]);
  const [, incident] = /\/incidents\/([\da-f-]{36})/u.exec(text) ?? [];
  return incident === undefined ? null : `recovery of ${incident}`;
};

const fromDiscord = ({ discord }: Providers): readonly Raw[] =>
  discord.calls
    .filter(({ api }) => api === 'execute')
    .map(({ at, query, payload }) => {
      const { title = '', description = '' } = payload.embeds?.[0] ?? {};
      const text = `${title}\n${description}`.replaceAll('\\', '');
      return { at, place: query.get('thread_id') ?? '', id: idInLinks(description), text };
    });

const fromTelegram = ({ telegram }: Providers): readonly Raw[] =>
  telegram.calls
    .filter(({ api }) => api === 'sendMessage')
    .map(({ at, fields }) => {
      const shown = telegramShown(String(fields.text));
      const text = typeof shown === 'string' ? shown : shown.text;
      const buttons = JSON.stringify(fields.reply_markup ?? {});
      const id = /"ack:([\da-f-]+)"/u.exec(buttons)?.[1] ?? idInLinks(text);
      return { at, place: String(fields.chat_id), id, text };
    });

/** All that the stand-ins have taken, in the order in which they took it. */
export const heardBy = (providers: Providers, places: readonly Place[]): readonly Heard[] => {
  const channels = new Map(places.map(({ kind, place, channelId }) => [`${kind} ${place}`, channelId]));
  const raws: readonly (readonly [Place['kind'], readonly Raw[]])[] = [
    ['webhook', fromWebhooks(providers)],
    ['email', fromMails(providers)],
    ['slack', fromSlack(providers)],
    ['discord', fromDiscord(providers)],
    ['telegram', fromTelegram(providers)],
  ];
  return raws
    .flatMap(([kind, calls]) =>
      calls.map(({ at, place, id, text, items = itemsOf(text) }) => {
        const channelId = channels.get(`${kind} ${place}`) ?? `unknown ${kind}`;
        return { at, channelId, identity: id ?? `text: ${text}`, text, items };
      }),
    )
    .toSorted((a, b) => a.at - b.at);
};

/** One delivery as the database has it in the end. */
export type Told = Readonly<{
  deliveryId: string;
  channelId: string;
  kind: string;
  name: string;
  tone: Tone;
  status: string;
  reason: string | null;
  bundleId: string | null;
  attempts: number;
}>;

/** Every delivery to these channels, those about one monitor in the order in which a channel has to hear them. */
export const toldIn = (query: Query, places: readonly Place[]): Promise<readonly Told[]> =>
  query<Told>(
    `SELECT d.id AS "deliveryId", d.channel_id AS "channelId", d.kind, m.name,
       CASE d.event WHEN 'incident.opened' THEN 'down' ELSE 'up' END AS tone, d.status, d.reason, d.bundle_id AS "bundleId",
       d.attempt_count AS attempts
     FROM delivery d JOIN monitor m ON m.id = d.monitor_id WHERE d.event IN ('incident.opened', 'incident.resolved') AND d.channel_id = ANY($1::uuid[])
     ORDER BY d.incident_id, d.rank, d.id`,
    [places.map(({ channelId }) => channelId)],
  );
