import type { ChannelKind } from '@farwatch/contracts';
import { failureCode } from '@farwatch/domain';
import type { IncidentRow } from '../incidents/view.ts';
import { lengthText } from '../incidents/view.ts';
import { nameIn } from './incident-words.ts';
import type { Content, Envelope } from './message.ts';
import { timeText } from './moment.ts';
import { texts } from './texts.ts';

/** Characters of names that one message of a channel may carry, far enough below what its provider takes. */
const roomFor = (kind: ChannelKind): number => {
  switch (kind) {
    case 'email':
      return 250_000;
    case 'slack':
      return 20_000;
    case 'discord':
    case 'telegram':
      return 2_800;
    case 'sms':
    case 'voice':
    case 'webhook':
      return 0;
  }
};
/** A paragraph stays below what a block of Slack takes. */
const paragraphLength = 2_500;

/** One line of a message that tells of several things. */
export type Item = Readonly<{ tone: 'down' | 'up' | 'other'; incident: IncidentRow | null; text: string }>;

const itemText = ({ tone, incident, text }: Item, zone: string): string => {
  if (incident === null) return text;
  const name = nameIn(incident.monitorName);
  if (tone === 'down') return texts.several.item(name, failureCode(incident.cause), timeText(incident.startedAt, zone));
  const ended = incident.resolvedAt ?? incident.startedAt;
  return texts.several.itemUp(name, lengthText(ended.getTime() - incident.startedAt.getTime()));
};

type Packed = Readonly<{ paragraphs: readonly string[]; left: number; room: number }>;

/** Joins items into paragraphs until the room is used up; what did not fit is counted. */
const pack = (items: readonly string[], say: (items: string) => string, room: number): Packed => {
  const paragraphs: string[] = [];
  let current: string[] = [];
  let length = 0;
  let used = 0;
  let count = 0;
  const close = (): void => {
    if (current.length > 0) paragraphs.push(say(current.join(', ')));
    current = [];
    length = 0;
  };
  for (const item of items) {
    if (used + item.length + 2 > room) break;
    if (length + item.length + 2 > paragraphLength) close();
    current.push(item);
    length += item.length + 2;
    used += item.length + 2;
    count += 1;
  }
  close();
  return { paragraphs, left: items.length - count, room: room - used };
};

/**
 * Many things in one message: every one is named as far as the channel carries it, the worst first, and the rest is
 * counted with a link to all. A text message and a call give the count and the link.
 */
export const severalContent = (items: readonly Item[], { channel, createdAt, publicUrl }: Envelope): Content => {
  const of = (tone: Item['tone']) => items.filter((item) => item.tone === tone);
  const [down, up, other] = [of('down'), of('up'), of('other')];
  const words = (list: readonly Item[]) => list.map((item) => itemText(item, channel.timeZone));
  const url = `${publicUrl}/incidents`;
  const first = pack(words(down), texts.several.down, roomFor(channel.kind));
  const second = pack(words(up), texts.several.up, first.room);
  const third = pack(words(other), texts.several.other, second.room);
  const left = first.left + second.left + third.left;
  const heading = texts.several.heading(down.length, up.length, other.length);
  const names = items
    .slice(0, 3)
    .map(({ incident, text }) => (incident === null ? text : nameIn(incident.monitorName)));
  const ids = items.flatMap(({ incident }) => (incident === null ? [] : [incident.id]));
  return {
    mood: down.length > 0 ? 'down' : up.length > 0 ? 'up' : 'info',
    subject: texts.several.subject(down.length, up.length, `${names.join(', ')}${items.length > 3 ? ' …' : ''}`),
    heading,
    lines: [
      texts.several.line,
      ...first.paragraphs,
      ...second.paragraphs,
      ...third.paragraphs,
      ...(left > 0 ? [texts.moreAt(left, url)] : []),
    ],
    facts: [],
    link: { text: texts.incidentsLink, url },
    acknowledgeable: down.some(({ incident }) => incident !== null && incident.acknowledgedAt === null),
    threadId: null,
    amendsFirst: false,
    brief: texts.several.brief(heading),
    spoken: texts.several.spoken(heading),
    body: { type: 'incident.several', timestamp: createdAt.toISOString(), data: { incidents: ids } },
  };
};
