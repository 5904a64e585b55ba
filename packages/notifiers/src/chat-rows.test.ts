import { needs, startDiscordStandIn, startSlackStandIn, startTelegramStandIn } from '@farwatch/testkit';
import { expect } from 'vitest';
import { alert, patient, rules } from './chat-message.fixture.ts';
import { answerOf, type ProviderRow, rowsOf, rowsThere } from './chat-rows.fixture.ts';
import { discordNotifier } from './discord.ts';
import type { Outcome } from './notifier.ts';
import { slackNotifier } from './slack.ts';
import { telegramNotifier } from './telegram.ts';

// Every row of the corpus over real HTTP: the named reaction, and not one call more than it allows.

const corpus = needs('/work/shared/corpora', rowsThere);

type Played = Readonly<{ outcome: Outcome; bodies: readonly string[]; faults: readonly string[] }>;

/** The first call gets the row's answer; one that follows at once is taken. */
const play = async (row: ProviderRow): Promise<Played> => {
  const answer = (_: unknown, nth: number) => (nth === 0 ? answerOf(row) : undefined);
  switch (row.provider) {
    case 'slack': {
      await using slack = await startSlackStandIn(answer);
      const target =
        row.api === 'incoming webhook'
          ? ({ mode: 'webhook', url: slack.webhookUrl } as const)
          : ({ mode: 'bot', token: slack.token, channel: 'C1' } as const);
      const outcome = await slackNotifier({ apiUrl: slack.apiUrl, rules })(alert(), target, patient());
      return { outcome, bodies: slack.calls.map(({ body }) => body), faults: slack.faults };
    }
    case 'discord': {
      await using discord = await startDiscordStandIn(answer);
      const apiOrigins = [new URL(discord.webhookUrl).origin];
      const outcome = await discordNotifier({ rules, apiOrigins })(alert(), { url: discord.webhookUrl }, patient());
      return { outcome, bodies: discord.calls.map(({ body }) => body), faults: discord.faults };
    }
    default: {
      await using telegram = await startTelegramStandIn(answer);
      const { apiUrl, botToken } = telegram;
      const outcome = await telegramNotifier({ apiUrl, botToken, rules })(alert(), { chatId: '-42' }, patient());
      return { outcome, bodies: telegram.calls.map(({ body }) => body), faults: telegram.faults };
    }
  }
};

const receipts: Readonly<Record<string, object>> = {
  'slack chat.postMessage': { channel: 'C1', ts: '1.1' },
  'telegram sendMessage': { messageId: '7' },
};
const waits: Readonly<Record<string, number>> = {
  'slack rate limited': 7_000,
  'discord rate limited': 1_000,
  'discord global rate limit': 4_000,
  'discord Cloudflare block': 600_000,
  'telegram flood': 35_000,
};

const permanent = ({ provider, status, expect_action: action }: ProviderRow): object => {
  if (provider === 'telegram' && (status === 401 || status === 404))
    return { kind: 'retry', operator: true, holds: 'provider', afterMs: 300_000 };
  return { kind: 'rejected', broken: !/^(?:bug|must not happen)/u.test(action) };
};

const expected = (row: ProviderRow): object => {
  switch (row.expect_class) {
    case 'delivered': {
      const receipt = receipts[`${row.provider} ${row.api}`];
      return { kind: 'delivered', ...(receipt === undefined ? {} : { receipt }) };
    }
    case 'rate_limited': {
      const holds = row.expect_action.includes('all Discord sends wait') ? 'provider' : 'channel';
      return { kind: 'retry', holds, afterMs: waits[`${row.provider} ${row.when}`] };
    }
    case 'transient':
      return { kind: 'retry' };
    case 'redirect':
      return { kind: 'delivered', moved: { chatId: '-100123' } };
    case 'fixable':
      return { kind: 'delivered' };
    default:
      return row.expect_action.startsWith('shorten') ? { kind: 'delivered' } : permanent(row);
  }
};

const again = ({ expect_class: kind, expect_action: action }: ProviderRow): boolean =>
  kind === 'redirect' || kind === 'fixable' || action.startsWith('shorten');

const cases = ['slack', 'discord', 'telegram'].flatMap(rowsOf).map((row) => ({ ...row, row }));

corpus.test.each(cases)('$provider $api, $when ($status): $expect_class', async ({ row }) => {
  const { outcome, bodies, faults } = await play(row);
  expect(outcome).toMatchObject(expected(row));
  if (row.expect_class === 'transient') expect(outcome).not.toHaveProperty('holds');
  expect(faults).toEqual([]);
  expect(bodies).toHaveLength(again(row) ? 2 : 1);
  const [first = '', second = ''] = bodies;
  if (row.expect_action.startsWith('shorten')) expect(second.length).toBeLessThan(first.length);
  if (row.expect_class === 'redirect') expect(second).toContain('"-100123"');
  if (row.expect_class === 'fixable') expect(second).not.toContain('parse_mode');
});
