import {
  corpusThere,
  type DiscordCall,
  naughtyTexts,
  needs,
  type SlackCall,
  startDiscordStandIn,
  startSlackStandIn,
  startTelegramStandIn,
  type TelegramCall,
  telegramShown,
} from '@farwatch/testkit';
import { expect } from 'vitest';
import { patient, rules, typedEverywhere } from './chat-message.fixture.ts';
import { discordNotifier } from './discord.ts';
import { isBlank, oneLine } from './plain-text.ts';
import { isObject } from './post-json.ts';
import { slackNotifier } from './slack.ts';
import { telegramNotifier } from './telegram.ts';

// Whatever a user types is shown as it is, calls nobody, and breaks nothing: the stand-ins refuse what the providers do.

const corpus = needs('/work/shared/corpora', corpusThere);
const texts = naughtyTexts();

/** As much of it as every place has room for. */
const visible = (typed: string): string => [...oneLine(typed)].slice(0, 40).join('');

const expectShown = (shown: readonly string[], typed: string): void => {
  if (isBlank(typed)) return;
  for (const text of shown) expect(text).toContain(visible(typed));
};

type TextObject = Readonly<{ type: 'plain_text' | 'mrkdwn'; text: string }>;
const textObjects = (value: unknown): readonly TextObject[] => {
  if (Array.isArray(value)) return value.flatMap(textObjects);
  if (!isObject(value)) return [];
  const { type, text } = value;
  if ((type === 'plain_text' || type === 'mrkdwn') && typeof text === 'string') return [{ type, text }];
  return Object.values(value).flatMap(textObjects);
};
const slackShows = ({ type, text }: TextObject): string =>
  type === 'plain_text'
    ? text
    : text.replace(/&(lt|gt|amp);/gu, (_, name) => ({ lt: '<', gt: '>', amp: '&' })[name as 'lt'] ?? '');

const checkSlack = ({ fields, headers }: SlackCall, typed: string): void => {
  const objects = textObjects([fields.blocks, fields.attachments]);
  const [heading, sentences, fact, list] = objects;
  expectShown(
    [heading, sentences, fact, list].map((one) => (one === undefined ? '' : slackShows(one))),
    typed,
  );
  for (const { type, text } of objects.filter((one) => one.type === 'mrkdwn')) {
    expect(text, type).not.toMatch(/[<>]/u);
    // Only the name of a fact, which we make bold, has marks at the edge of a word.
    expect(text.replace(/^\*([^*\n]*)\*\n/u, '$1')).not.toMatch(/(?:^|[^\p{L}\p{N}])[*_~`]/u);
  }
  expect(fields.text).not.toMatch(/[<>]/u);
  expect(Object.keys(headers).sort()).toEqual([
    'accept',
    'authorization',
    'connection',
    'content-length',
    'content-type',
    'host',
    'user-agent',
  ]);
};

const escaped = /\\([^0-9A-Za-z\s])/gu;
const discordShows = (text: string): string => text.replace(escaped, '$1');

const checkDiscord = ({ payload }: DiscordCall, typed: string): void => {
  const [embed] = payload.embeds ?? [];
  const [first, second] = embed?.fields ?? [];
  const sentences = embed?.description?.split('\n\n')[0] ?? '';
  const parts = [embed?.title, sentences, first?.name, first?.value, second?.value].map((part) => part ?? '');
  expectShown(isBlank(typed) ? [] : parts.map(discordShows), typed);
  for (const part of isBlank(typed) ? parts.slice(2) : parts)
    expect(part.replace(escaped, '')).not.toMatch(/[*_~`|<>[\]#@]|:\/\/|:\w+:/u);
  expect(payload.allowed_mentions).toEqual({ parse: [] });
};

const checkTelegram = ({ fields }: TelegramCall, typed: string): void => {
  const shown = telegramShown(String(fields.text));
  if (typeof shown === 'string') throw new Error(shown);
  const lines = shown.text.split('\n');
  expectShown(
    [0, 1, 2, 4, 6, 7].map((at) => lines[at] ?? ''),
    typed,
  );
  const outside = String(fields.text).replace(/<code>[^<]*<\/code>/gu, '');
  expect(outside).not.toMatch(/(?<!\w)@\w/u);
};

corpus.test(`Slack shows ${texts.length} naughty texts as they are`, { timeout: 60_000 }, async () => {
  await using slack = await startSlackStandIn();
  const send = slackNotifier({ apiUrl: slack.apiUrl, rules });
  for (const [nth, typed] of texts.entries()) {
    const outcome = await send(typedEverywhere(typed), { mode: 'bot', token: slack.token, channel: 'C1' }, patient());
    expect(outcome, typed).toMatchObject({ kind: 'delivered' });
    const call = slack.calls[nth];
    if (call !== undefined) checkSlack(call, typed);
  }
  expect(slack.faults).toEqual([]);
  expect(slack.calls).toHaveLength(texts.length);
});

corpus.test(`Discord shows ${texts.length} naughty texts as they are`, { timeout: 60_000 }, async () => {
  await using discord = await startDiscordStandIn();
  const send = discordNotifier({ rules });
  for (const [nth, typed] of texts.entries()) {
    const outcome = await send(typedEverywhere(typed), { url: discord.webhookUrl }, patient());
    expect(outcome, typed).toMatchObject({ kind: 'delivered' });
    const call = discord.calls[nth];
    if (call !== undefined) checkDiscord(call, typed);
  }
  expect(discord.faults).toEqual([]);
  expect(discord.calls).toHaveLength(texts.length);
});

corpus.test(`Telegram shows ${texts.length} naughty texts as they are`, { timeout: 60_000 }, async () => {
  await using telegram = await startTelegramStandIn();
  const { apiUrl, botToken } = telegram;
  const send = telegramNotifier({ apiUrl, botToken, rules });
  for (const [nth, typed] of texts.entries()) {
    const outcome = await send(typedEverywhere(typed), { chatId: '-42' }, patient());
    expect(outcome, typed).toMatchObject({ kind: 'delivered' });
    const call = telegram.calls[nth];
    if (call !== undefined) checkTelegram(call, typed);
  }
  expect(telegram.faults).toEqual([]);
  expect(telegram.calls).toHaveLength(texts.length);
});
