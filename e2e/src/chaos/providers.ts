import {
  type Inbox,
  startDiscordStandIn,
  startInbox,
  startSlackStandIn,
  startTelegramStandIn,
  startWebhookSink,
  type WebhookSink,
} from '@farwatch/testkit';
import { type Line, openLine } from './line.ts';

export const providerKinds = ['webhook', 'email', 'slack', 'discord', 'telegram'] as const;
export type ProviderKind = (typeof providerKinds)[number];

/** The places that alerts go to, each behind a line of its own, and all that they have taken. */
export type Providers = AsyncDisposable &
  Readonly<{
    lines: Readonly<Record<ProviderKind, Line>>;
    sink: WebhookSink;
    inbox: Inbox;
    slack: Awaited<ReturnType<typeof startSlackStandIn>>;
    discord: Awaited<ReturnType<typeof startDiscordStandIn>>;
    telegram: Awaited<ReturnType<typeof startTelegramStandIn>>;
    /** Discord's webhook, by its line. */
    discordUrl: string;
    /** The settings by which API and worker find them. */
    env: Readonly<Record<string, string>>;
  }>;

/** The part that ends a mail: after it the server answers for the whole. */
const endsMail = (said: string): boolean => said === '.\r\n' || said.endsWith('\r\n.\r\n');
const posts = (said: string): boolean => said.startsWith('POST ');

/** All of them, on free ports. `delayMs`: how long an answer is on its way. */
export const startProviders = async (delayMs: () => number): Promise<Providers> => {
  const stack = new AsyncDisposableStack();
  const inbox = stack.use(await startInbox());
  const sink = stack.use(await startWebhookSink());
  const slack = stack.use(await startSlackStandIn());
  const discord = stack.use(await startDiscordStandIn());
  const telegram = stack.use(await startTelegramStandIn());
  const line = async (port: number, isMessage: (said: string) => boolean, pace = delayMs): Promise<Line> =>
    stack.use(await openLine({ port, isMessage, delayMs: pace }));
  const portOf = (url: string): number => Number(new URL(url).port);
  const lines = {
    webhook: await line(sink.port, posts),
    email: await line(inbox.port, endsMail, () => delayMs() / 8), // a mail is some eight answers
    slack: await line(portOf(slack.apiUrl), (said) => said.startsWith('POST /api/chat.postMessage ')),
    discord: await line(portOf(discord.webhookUrl), posts),
    telegram: await line(portOf(telegram.apiUrl), (said) => said.includes('/sendMessage ')),
  };
  const at = (port: number): string => `127.0.0.1:${port}`;
  return {
    ...{ lines, sink, inbox, slack, discord, telegram },
    discordUrl: `http://${at(lines.discord.port)}${new URL(discord.webhookUrl).pathname}`,
    env: {
      SMTP_URL: `smtp://${at(lines.email.port)}`,
      SLACK_API_URL: `http://${at(lines.slack.port)}/api`,
      TELEGRAM_API_URL: `http://${at(lines.telegram.port)}`,
      TELEGRAM_BOT_TOKEN: telegram.botToken,
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
};
