import { startTelegramStandIn } from '@farwatch/testkit';
import { rules } from './chat-message.fixture.ts';
import type { Behaviour, Channel } from './every-channel.fixture.ts';
import { telegramNotifier } from './telegram.ts';

const failed = (code: number, description: string, more: object = {}) => ({
  status: code,
  body: JSON.stringify({ ok: false, error_code: code, description, ...more }),
});
const answers: Readonly<Record<Behaviour, Parameters<typeof startTelegramStandIn>[0]>> = {
  accepts: () => undefined,
  refuses: () => failed(400, 'Bad Request: no such hook'),
  'is busy': () => failed(429, 'Too Many Requests: slow down', { parameters: { retry_after: 7 } }),
  'is broken': () => ({ status: 503, body: 'out of order' }),
  'says nothing': () => 'silence',
};

export const telegram: Channel = {
  start: async (behaviour) => {
    const standIn = await startTelegramStandIn(answers[behaviour]);
    const heard = (): number => standIn.calls.length;
    return { url: standIn.apiUrl, heard, [Symbol.asyncDispose]: standIn[Symbol.asyncDispose] };
  },
  send: (apiUrl, message, signal) => {
    const botToken = '1234567890:QqWwEeRrTtYyUuIiOoPpAaSsDdFfGgHhJj_';
    return telegramNotifier({ apiUrl, botToken, rules })(message, { chatId: '-42' }, signal);
  },
};
