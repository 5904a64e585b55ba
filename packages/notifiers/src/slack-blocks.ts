import type { Fact, Message, Mood } from './notifier.ts';
import { cutEscaped, cutLines, isBlank, oneLine } from './plain-text.ts';

// Limits as docs.slack.dev has them (block-kit: header 150, section 3,000, field 2,000, ten fields, button 75, context;
// a message as a whole breaks at some 13,000 characters of blocks, slackapi/bolt-js#2509).

type TextObject =
  | Readonly<{ type: 'plain_text'; text: string; emoji: boolean }>
  | Readonly<{ type: 'mrkdwn'; text: string; verbatim: true }>;
type Button = Readonly<{
  type: 'button';
  text: TextObject;
  action_id: string;
  value?: string;
  url?: string;
  style?: 'primary';
}>;
export type SlackBlock =
  | Readonly<{ type: 'header'; text: TextObject }>
  | Readonly<{ type: 'section'; text: TextObject }>
  | Readonly<{ type: 'section'; fields: TextObject[] }>
  | Readonly<{ type: 'context'; elements: TextObject[] }>
  | Readonly<{ type: 'actions'; elements: Button[] }>;

/** What a Slack message says, wherever it goes. `text` is for notifications and screen readers. */
export type SlackContent = Readonly<{
  text: string;
  blocks: SlackBlock[];
  attachments: { color: string; fallback: string; blocks: SlackBlock[] }[];
}>;

/** `buttons`: an app of ours hears of a click (`live`), or each button is a link, or "Acknowledge" is over (`none`). */
export type SlackLayout = Readonly<{ buttons: 'live' | 'links' | 'none'; short: boolean }>;

const colours: Readonly<Record<Mood, string>> = {
  down: '#d92d20',
  degraded: '#dc6803',
  up: '#067647',
  info: '#344054',
};

const fieldsTotal = 7_000;
const maxFields = 10;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** All that Slack asks to be escaped: it makes links, mentions and `<!channel>` from angle brackets only. */
const escapeSlack = (text: string): string => text.replace(/[&<>]/gu, (c) => entities[c] ?? c);
const asIs = (text: string): string => text;

/** What mrkdwn would swallow: marks at the edge of a word, names of emoji, a quotation. It knows no way to escape them. */
const formats = /(?:^|[^\p{L}\p{N}])[*_~`]|:[\w+'-]*[a-z1][\w+'-]*:|(?:^|\n)>/iu;

const plain = (text: string, max: number): TextObject => ({
  type: 'plain_text',
  text: isBlank(text) ? '—' : cutEscaped(text, max, asIs),
  emoji: false,
});

/** Never smaller than a few characters, whatever was promised to others. */
const linesText = (lines: readonly string[], max: number): TextObject =>
  lines.some((line) => formats.test(line))
    ? { type: 'plain_text', text: cutLines(lines, max, asIs), emoji: false }
    : { type: 'mrkdwn', text: cutLines(lines, max, escapeSlack), verbatim: true };

const valueLines = ([, value]: Fact): readonly string[] => {
  const lines = (typeof value === 'string' ? [value] : value).map(oneLine).filter((line) => !isBlank(line));
  return lines.length === 0 ? ['—'] : lines;
};

const field = (fact: Fact, max: number): TextObject => {
  const name = cutEscaped(oneLine(fact[0]), 150, asIs);
  const lines = valueLines(fact);
  if (isBlank(name) || [name, ...lines].some((line) => formats.test(line))) {
    const room = Math.max(40, max - name.length - 1);
    return { type: 'plain_text', text: `${name}\n${cutLines(lines, room, asIs)}`, emoji: false };
  }
  const title = `*${escapeSlack(name)}*\n`;
  const room = Math.max(40, max - title.length);
  return { type: 'mrkdwn', text: title + cutLines(lines, room, escapeSlack), verbatim: true };
};

/** One long list gets a section of its own; ten short facts share one. */
const factBlocks = (facts: readonly Fact[]): SlackBlock[] => {
  const shown = facts.slice(0, maxFields);
  if (shown.length === 0) return [];
  const size = (fact: Fact): number => valueLines(fact).join('\n').length;
  const long = shown.filter((fact) => size(fact) > 1_000);
  const short = shown.filter((fact) => size(fact) <= 1_000);
  const each = Math.min(2_000, Math.floor(fieldsTotal / shown.length));
  const spare = fieldsTotal - short.length * Math.min(each, 1_200);
  const own = Math.min(3_000, Math.floor(spare / Math.max(1, long.length)));
  return [
    ...(short.length === 0 ? [] : [{ type: 'section' as const, fields: short.map((fact) => field(fact, each)) }]),
    ...long.map((fact) => ({ type: 'section' as const, text: field(fact, Math.max(each, own)) })),
  ];
};

const button = (text: string, rest: Omit<Button, 'type' | 'text'>): Button => ({
  type: 'button',
  text: plain(oneLine(text), 75),
  ...rest,
});

const actions = ({ id, acknowledge, link }: Message, { buttons }: SlackLayout): SlackBlock[] => {
  const elements: Button[] = [];
  if (acknowledge !== null && buttons === 'live')
    elements.push(button(acknowledge.text, { action_id: 'acknowledge', value: `ack:${id}`, style: 'primary' }));
  // An incoming webhook may belong to any app: nobody would hear of a click.
  if (acknowledge !== null && buttons === 'links')
    elements.push(button(acknowledge.text, { action_id: 'acknowledge_page', url: acknowledge.url, style: 'primary' }));
  if (link !== null) elements.push(button(link.text, { action_id: 'open', url: link.url }));
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
};

/** Header on top, the rest beside a coloured bar, which only attachments have. */
export const slackContent = (message: Message, layout: SlackLayout): SlackContent => {
  const { heading, lines, facts, footer, mood, subject } = message;
  const said = lines.map(oneLine).filter((line) => !isBlank(line));
  const text = cutEscaped(oneLine(isBlank(subject) ? heading : subject), layout.short ? 200 : 1_000, escapeSlack);
  const fallback = isBlank(text) ? 'Farwatch' : text;
  const foot = oneLine(footer);
  const blocks: SlackBlock[] = [
    ...(said.length === 0 ? [] : [{ type: 'section' as const, text: linesText(said, layout.short ? 300 : 3_000) }]),
    ...(layout.short ? [] : factBlocks(facts)),
    ...actions(message, layout),
    ...(isBlank(foot) || layout.short ? [] : [{ type: 'context' as const, elements: [plain(foot, 300)] }]),
  ];
  return {
    text: fallback,
    blocks: [{ type: 'header', text: plain(oneLine(heading), 150) }],
    attachments: blocks.length === 0 ? [] : [{ color: colours[mood], fallback, blocks }],
  };
};
