import { createServer, type Server, type Socket } from 'node:net';
import { startInbox, startWebhookSink, type WebhookAnswer } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { alert } from './chat-message.fixture.ts';
import { discord } from './discord.channel.fixture.ts';
import { emailNotifier } from './email.ts';
import type { Behaviour, Channel } from './every-channel.fixture.ts';
import { openMailer } from './mailer.ts';
import { slackBot, slackWebhook } from './slack.channel.fixture.ts';
import { telegram } from './telegram.channel.fixture.ts';
import { webhookNotifier } from './webhook.ts';

// One suite for all: a new channel joins by one more entry in `channels`.

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const rules = { allowCidrs: ['127.0.0.0/8'] };

const httpAnswers: Readonly<Record<Behaviour, WebhookAnswer>> = {
  accepts: { status: 200, body: 'thank you' },
  refuses: { status: 404, body: 'no such hook' },
  'is busy': { status: 429, headers: { 'retry-after': '7' }, body: 'slow down' },
  'is broken': { status: 503, body: 'out of order' },
  'says nothing': 'silence',
};
const smtpAnswers = {
  accepts: 'accept',
  refuses: { code: 550, message: '5.1.1 no such hook' },
  'is busy': { code: 450, message: '4.2.0 slow down' },
  'is broken': { code: 451, message: '4.3.0 out of order' },
  'says nothing': 'silence',
} as const;

const channels: Readonly<Record<string, Channel>> = {
  webhook: {
    start: async (behaviour) => {
      const sink = await startWebhookSink(() => httpAnswers[behaviour]);
      return { url: sink.url, heard: () => sink.calls.length, [Symbol.asyncDispose]: sink[Symbol.asyncDispose] };
    },
    send: (url, message, signal) =>
      webhookNotifier(rules)(message, { url: `${url}/hook`, secrets: [secret], headers: {}, template: null }, signal),
  },
  email: {
    start: async (behaviour) => {
      const inbox = await startInbox({ answer: () => smtpAnswers[behaviour] });
      return { url: inbox.url, heard: inbox.offered, [Symbol.asyncDispose]: inbox[Symbol.asyncDispose] };
    },
    send: async (url, message, signal) => {
      const mailer = openMailer({ smtpUrl: url, from: 'Farwatch <alerts@watch.test>' });
      try {
        const target = { address: 'ada@example.test', organisationId: 'acme' };
        return await emailNotifier(mailer)(message, target, signal);
      } finally {
        await mailer.close();
      }
    },
  },
  'slack bot': slackBot,
  'slack webhook': slackWebhook,
  discord,
  telegram,
};

const message = alert();
const patient = (): AbortSignal => AbortSignal.timeout(5_000);

const cases = Object.entries(channels).map(([name, channel]) => ({ name, ...channel }));

test.each(cases)('$name: what the receiver took is delivered, with its own words', async ({ start, send }) => {
  await using receiver = await start('accepts');
  expect(await send(receiver.url, message, patient())).toMatchObject({
    kind: 'delivered',
    answer: expect.stringMatching(/\d{3}/u),
  });
  expect(receiver.heard()).toBe(1);
});

test.each(cases)('$name: a refusal for good is rejected, with its own words', async ({ start, send }) => {
  await using receiver = await start('refuses');
  const outcome = await send(receiver.url, message, patient());
  expect(outcome).toEqual({
    kind: 'rejected',
    reason: expect.stringContaining('no such hook'),
    broken: expect.any(Boolean),
  });
  expect(receiver.heard()).toBe(1);
});

test.each(cases)('$name: a busy receiver is tried again', async ({ start, send }) => {
  await using receiver = await start('is busy');
  const outcome = await send(receiver.url, message, patient());
  expect(outcome).toMatchObject({ kind: 'retry', reason: expect.stringContaining('slow down') });
  expect(receiver.heard()).toBe(1);
});

test.each(cases)('$name: a broken receiver is tried again, and not by the notifier itself', async ({ start, send }) => {
  await using receiver = await start('is broken');
  const outcome = await send(receiver.url, message, patient());
  expect(outcome).toMatchObject({ kind: 'retry', reason: expect.stringContaining('out of order') });
  expect(receiver.heard()).toBe(1);
});

test.each(cases)('$name: silence ends with the signal and is tried again', async ({ start, send }) => {
  await using receiver = await start('says nothing');
  const began = performance.now();
  const outcome = await send(receiver.url, message, AbortSignal.timeout(300));
  expect(outcome).toEqual({ kind: 'retry', reason: expect.stringContaining('in time') });
  expect(performance.now() - began).toBeLessThan(3_000);
});

const listening = async (onSocket: (socket: Socket) => void): Promise<{ port: number; server: Server }> => {
  const server = createServer(onSocket);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return { port: address.port, server };
};

test.each(cases)('$name: a reset connection is tried again', async ({ name, send }) => {
  const { port, server } = await listening((socket) => socket.on('error', () => undefined).resetAndDestroy());
  const scheme = name === 'email' ? 'smtp' : 'http';
  const outcome = await send(`${scheme}://127.0.0.1:${port}`, message, patient());
  server.close();
  expect(outcome.kind).toBe('retry');
});

test.each(cases)(
  '$name: a closed port is tried again, and the reason says so without the address',
  async ({ name, send }) => {
    const { port, server } = await listening(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    const scheme = name === 'email' ? 'smtp' : 'http';
    const outcome = await send(`${scheme}://127.0.0.1:${port}`, message, patient());
    expect(outcome).toEqual({ kind: 'retry', reason: expect.stringContaining('ECONNREFUSED') });
    expect(JSON.stringify(outcome)).not.toContain(String(port));
  },
);

test.each(cases)('$name: an attempt whose time is over before it begins reaches nobody', async ({ start, send }) => {
  await using receiver = await start('accepts');
  expect((await send(receiver.url, message, AbortSignal.abort())).kind).toBe('retry');
  expect(receiver.heard()).toBe(0);
});
