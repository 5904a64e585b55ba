import { startDiscordStandIn } from '@farwatch/testkit';
import { rules } from './chat-message.fixture.ts';
import { discordNotifier } from './discord.ts';
import type { Behaviour, Channel } from './every-channel.fixture.ts';

const answers: Readonly<Record<Behaviour, Parameters<typeof startDiscordStandIn>[0]>> = {
  accepts: () => undefined,
  refuses: () => ({ status: 404, body: '{"message":"no such hook","code":10015}' }),
  'is busy': () => ({
    status: 429,
    headers: { 'retry-after': '7' },
    body: '{"message":"slow down","retry_after":6.5}',
  }),
  'is broken': () => ({ status: 503, body: 'out of order' }),
  'says nothing': () => 'silence',
};

export const discord: Channel = {
  start: async (behaviour) => {
    const standIn = await startDiscordStandIn(answers[behaviour]);
    const url = new URL(standIn.webhookUrl).origin;
    return { url, heard: () => standIn.calls.length, [Symbol.asyncDispose]: standIn[Symbol.asyncDispose] };
  },
  send: (url, message, signal) => {
    const hook = `${url}/api/webhooks/1234567890123456789/QqWwEeRrTtYyUuIiOoPpAaSsDdFfGgHhJjKkLl_-`;
    return discordNotifier({ rules })(message, { url: hook }, signal);
  },
};
