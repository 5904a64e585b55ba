import type { Message, Mood } from './notifier.ts';
import { cutEscaped, cutLines, isBlank, isLinkable, oneLine } from './plain-text.ts';

// Limits as docs.discord.com has them (resources/message, embed limits): title 256, description 4,096, 25 fields of
// name 256 and value 1,024, footer 2,048, and 6,000 for all of these together.

export type DiscordEmbed = Readonly<{
  title: string;
  description: string;
  url?: string;
  color: number;
  timestamp: string;
  fields: Readonly<{ name: string; value: string; inline: boolean }>[];
  footer?: Readonly<{ text: string }>;
}>;

const colours: Readonly<Record<Mood, number>> = { down: 0xd92d20, degraded: 0xdc6803, up: 0x067647, info: 0x344054 };

/** A little below the limit: what is counted is what Discord makes of it. */
const total = 5_900;
/** So that facts have room beside the sentences. */
const maxLines = 2_400;

/**
 * Markdown, mentions, emoji and bare links of a text as the characters they are. Discord drops a backslash before
 * punctuation. The colon matters before `//` (an address would keep the other backslashes) and in `:emoji:`.
 */
export const escapeDiscord = (text: string): string =>
  text
    .replace(/[\\*_~`|<>[\]()#@]|:(?=[/\w])/gu, '\\$&')
    .replace(/^(\s*)([-+])(?=\s|\\#)/u, '$1\\$2')
    .replace(/^(\s*\d+)\.(?=\s)/u, '$1\\.');

const asIs = (text: string): string => text;
const shown = (text: string): string => (isBlank(text) ? '—' : text);

const fieldsIn = (facts: Message['facts'], room: number): DiscordEmbed['fields'] => {
  const fields: DiscordEmbed['fields'] = [];
  let left = room;
  for (const [name, value] of facts.slice(0, 25)) {
    const lines = (typeof value === 'string' ? [value] : value).map(oneLine).filter((line) => !isBlank(line));
    const title = cutEscaped(shown(oneLine(name)), Math.min(256, left), escapeDiscord);
    const max = Math.min(1_024, left - title.length);
    if (max < 40) break;
    const text = cutLines(lines.length === 0 ? ['—'] : lines, max, escapeDiscord);
    fields.push({ name: title, value: text, inline: lines.length <= 1 && text.length <= 40 });
    left -= title.length + text.length;
  }
  return fields;
};

/** `acknowledge`: whether there is still something to acknowledge; `linked`: whether the title is a link, too. */
export const discordEmbed = (
  message: Message,
  { acknowledge, linked, at }: Readonly<{ acknowledge: boolean; linked: boolean; at: Date }>,
): DiscordEmbed => {
  const { heading, lines, facts, link, footer, mood } = message;
  const title = cutEscaped(shown(oneLine(heading)), 256, escapeDiscord);
  const foot = cutEscaped(oneLine(footer), 300, asIs);
  // A webhook's messages have no buttons of ours: links are all there is, written out so that any host shows.
  const links = [link, acknowledge ? message.acknowledge : null].flatMap((one) =>
    one === null ? [] : [`${escapeDiscord(oneLine(one.text))}: ${one.url}`],
  );
  const tail = links.join('\n');
  const said = lines.map(oneLine).filter((line) => !isBlank(line));
  const room = Math.max(200, Math.min(maxLines, 4_096 - tail.length - 2));
  const body = said.length === 0 ? '' : cutLines(said, room, escapeDiscord);
  const description = [body, tail].filter((part) => part !== '').join('\n\n');
  return {
    title,
    description,
    ...(linked && link !== null && isLinkable(link.url) ? { url: link.url } : {}),
    color: colours[mood],
    timestamp: at.toISOString(),
    fields: fieldsIn(facts, total - title.length - description.length - foot.length),
    ...(isBlank(foot) ? {} : { footer: { text: foot } }),
  };
};
