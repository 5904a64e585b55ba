import type { Fact, Message, Mood } from './notifier.ts';
import { cutEscaped, cutLines, escapeHtml, isBlank, isLinkable, oneLine } from './plain-text.ts';

/** Of sendMessage's `text`, after its entities are parsed (core.telegram.org/bots/api), in UTF-16 units. */
const maxText = 4_096;
const maxLines = 1_800;

const icons: Readonly<Record<Mood, string>> = { down: '🔴', degraded: '🟠', up: '🟢', info: '🔵' };

type Style = Readonly<{ bold: (text: string) => string; text: (text: string) => string }>;

/**
 * `@name` would call whoever has that name; nothing inside `code` is taken for a name, and `code` may stand in no other
 * tag.
 */
const around = (text: string, write: (plain: string) => string): string =>
  text
    .split(/((?<!\w)@\w+)/u)
    .map((part, i) => (i % 2 === 1 ? `<code>${part}</code>` : part === '' ? '' : write(part)))
    .join('');
const inHtml: Style = {
  bold: (text) => around(text, (plain) => `<b>${escapeHtml(plain)}</b>`),
  text: (text) => around(text, escapeHtml),
};
/** Without markup a word joiner, which nobody sees, keeps the name from being one. */
const joined = (text: string): string => text.replace(/(?<!\w)@(?=\w)/gu, '@\u2060');
const inPlain: Style = { bold: (text) => text, text: (text) => text };
const withJoiners = (message: Message): Message => ({
  ...message,
  heading: joined(message.heading),
  lines: message.lines.map(joined),
  facts: message.facts.map(([name, value]) => [
    joined(name),
    typeof value === 'string' ? joined(value) : value.map(joined),
  ]),
  footer: joined(message.footer),
});

const asIs = (text: string): string => text;

type Part = Readonly<{ bold: boolean; text: string }>;

const factParts = ([name, value]: Fact, room: number): readonly Part[] => {
  const lines = (typeof value === 'string' ? [value] : value).map(oneLine).filter((line) => !isBlank(line));
  const title = `${cutEscaped(oneLine(name), 100, asIs)}:`;
  const left = room - title.length - 2;
  if (left < 40) return [];
  const [first = '—'] = lines;
  const text =
    lines.length <= 1
      ? cutLines([first], left, asIs)
      : `\n${cutLines(
          lines.map((line) => `• ${line}`),
          left,
          asIs,
        )}`;
  return [
    { bold: true, text: title },
    { bold: false, text: ` ${text}\n` },
  ];
};

/** The whole text as parts; the link and the footer come last and are never cut. */
const partsOf = ({ mood, heading, lines, facts, link, footer }: Message): readonly Part[] => {
  const head: Part = { bold: true, text: `${icons[mood]} ${cutEscaped(oneLine(heading), 300, asIs)}\n` };
  const linkLine = link === null ? '' : `\n${oneLine(link.text)}: ${link.url}\n`;
  const foot = isBlank(footer) ? '' : `\n${cutEscaped(oneLine(footer), 300, asIs)}`;
  let room = maxText - [head.text, linkLine, foot].reduce((sum, text) => sum + text.length, 0) - 4;
  const said = lines.map(oneLine).filter((line) => !isBlank(line));
  const body = said.length === 0 ? '' : `${cutLines(said, Math.min(maxLines, room), asIs)}\n`;
  room -= body.length;
  const details: Part[] = [];
  for (const fact of facts) {
    const parts = factParts(fact, room);
    if (parts.length === 0) break;
    details.push(...parts);
    room -= parts.reduce((sum, { text }) => sum + text.length, 0);
  }
  const gap = details.length === 0 ? [] : [{ bold: false, text: '\n' }];
  return [head, { bold: false, text: body }, ...gap, ...details, { bold: false, text: linkLine + foot }];
};

const write = (message: Message, plain: boolean): string => {
  const style = plain ? inPlain : inHtml;
  return partsOf(plain ? withJoiners(message) : message)
    .map(({ bold, text }) => (bold ? style.bold(text) : style.text(text)))
    .join('');
};

export type TelegramButton =
  | Readonly<{ text: string; callback_data: string }>
  | Readonly<{ text: string; url: string }>;

/** How a message is written; a refusal changes one of these. */
export type TelegramForm = Readonly<{ plain: boolean; linkButton: boolean; acknowledge: boolean }>;

const buttons = ({ id, acknowledge, link }: Message, form: TelegramForm): readonly TelegramButton[] => [
  ...(acknowledge === null || !form.acknowledge
    ? []
    : [{ text: cutEscaped(oneLine(acknowledge.text), 64, asIs), callback_data: `ack:${id}` }]),
  // The address is in the text as well: Telegram refuses a whole message for a button to localhost.
  ...(link === null || !form.linkButton || !isLinkable(link.url)
    ? []
    : [{ text: cutEscaped(oneLine(link.text), 64, asIs), url: link.url }]),
];

/** The fields that sendMessage and editMessageText share. */
export const telegramContent = (message: Message, form: TelegramForm): Readonly<Record<string, unknown>> => {
  const row = buttons(message, form);
  return {
    text: write(message, form.plain),
    ...(form.plain ? {} : { parse_mode: 'HTML' }),
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: row.length === 0 ? [] : [row] },
  };
};
