import type { ServerResponse } from 'node:http';
import { corpusThere, needs, startRawTarget, startTarget, startWebhookSink, type Target } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { messageOf } from './message.fixture.ts';
import type { Outcome } from './notifier.ts';
import { type ProviderRow, rowsOf } from './provider-rows.fixture.ts';
import { webhookNotifier } from './webhook.ts';

// Every row about webhooks, played by a real server.

const secrets = [`whsec_${Buffer.alloc(32, 7).toString('base64')}`];
const send = (url: string): Promise<Outcome> => {
  const target = { url, secrets, headers: {}, template: null };
  return webhookNotifier({ allowCidrs: ['127.0.0.0/8'] })(messageOf(), target, AbortSignal.timeout(30_000));
};

const rows = rowsOf('webhook');
const answered = rows.filter(({ status }) => status !== null);
const corpus = needs('/work/shared/corpora', corpusThere);

corpus.test('the corpus has the rows this file plays', () => {
  expect([answered.length, rows.length]).toEqual([12, 18]);
});

const expected = ({ expect_class: kind, status, headers }: ProviderRow): unknown => {
  const said = expect.stringContaining(`HTTP ${status}`);
  if (kind === 'delivered') return { kind: 'delivered', answer: said };
  if (kind === 'gone') return { kind: 'rejected', reason: said, broken: true };
  const seconds = headers['Retry-After'];
  const waits = seconds === undefined ? {} : { holds: 'channel', afterMs: Number(seconds) * 1_000 };
  return { kind: 'retry', reason: said, ...waits };
};

corpus.test.each(answered)('$when: $expect_class, asked once and not led elsewhere', async (row) => {
  await using elsewhere = await startWebhookSink();
  const headers = { ...row.headers, location: elsewhere.url };
  await using sink = await startWebhookSink(() => ({ status: row.status ?? 0, headers }));
  expect(await send(sink.url)).toEqual(expected(row));
  expect([sink.calls.length, elsewhere.calls.length]).toEqual([1, 0]);
});

/** Writes as fast as it is read, up to 10 GiB. */
const pour = (response: ServerResponse): void => {
  const block = Buffer.alloc(1 << 20, 'x');
  const more = (): void => {
    let left = 10_240;
    while (left > 0 && !response.destroyed && response.write(block)) left -= 1;
  };
  response.on('drain', more);
  more();
};

const streaming = (status: number): Promise<Target> =>
  startTarget((request, response) => {
    request.resume();
    response.writeHead(status);
    pour(response);
  });

test.each([
  [200, 'delivered'],
  [500, 'retry'],
])('10 GiB streamed after HTTP %i: %s at once, and hardly any of it is read', async (status, kind) => {
  await using target = await streaming(status);
  const before = process.memoryUsage().rss;
  const began = performance.now();
  expect((await send(target.url)).kind).toBe(kind);
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * (1 << 20));
});

/** Writes a byte of `text` each second, after `first`. */
const dripping = (first: string, text: string): Promise<Target> =>
  startRawTarget((socket) => {
    socket.once('data', () => socket.write(first));
    const bytes = [...text];
    const timer = setInterval(() => socket.write(bytes.shift() ?? 'x'), 1_000);
    socket.once('close', () => clearInterval(timer));
  });

const bounded = async (target: Target): Promise<readonly [Outcome, number]> => {
  const began = performance.now();
  const outcome = await send(target.url);
  return [outcome, performance.now() - began];
};
const late = { kind: 'retry', reason: 'no answer in time' };

test('a status that is there counts, though the body comes at one byte a second', async () => {
  await using target = await dripping('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nthanks', 'more');
  const [outcome, tookMs] = await bounded(target);
  expect(outcome).toEqual({ kind: 'delivered', answer: expect.stringContaining('HTTP 200: thanks') });
  expect(tookMs).toBeLessThan(4_000);
});

// Each of these takes the whole ten seconds that a receiver has; they run side by side.
test.concurrent('headers at one byte a second end after ten seconds and are tried again', async () => {
  await using target = await dripping('', 'HTTP/1.1 200 OK\r\n');
  const [outcome, tookMs] = await bounded(target);
  expect(outcome).toEqual(late);
  expect(tookMs).toBeLessThan(11_500);
}, 15_000);

test.concurrent('headers that never finish end after ten seconds and are tried again', async () => {
  await using target = await startRawTarget((socket) => {
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nx-more: '));
  });
  const [outcome, tookMs] = await bounded(target);
  expect(outcome).toEqual(late);
  expect(tookMs).toBeLessThan(11_500);
}, 15_000);

test.concurrent('an answer after 31 seconds is not waited for', async () => {
  let timer: NodeJS.Timeout | undefined;
  await using target = await startTarget((_request, response) => {
    timer = setTimeout(() => response.end('late'), 31_000);
  });
  const [outcome, tookMs] = await bounded(target);
  clearTimeout(timer);
  expect(outcome).toEqual(late);
  expect(tookMs).toBeLessThan(11_500);
}, 15_000);

test('a connection closed before the status is tried again', async () => {
  await using target = await startRawTarget((socket) => socket.once('data', () => socket.end()));
  expect((await send(target.url)).kind).toBe('retry');
  expect(target.connections()).toBe(1);
});

test.each([
  [200, 'delivered'],
  [500, 'retry'],
])('of a body larger than 20 kB after HTTP %i only the first part is kept: %s', async (status, kind) => {
  await using sink = await startWebhookSink(() => ({ status, body: `first ${'x'.repeat(50_000)} last` }));
  const outcome = await send(sink.url);
  expect(outcome.kind).toBe(kind);
  const said = JSON.stringify(outcome);
  expect(said).toContain(`HTTP ${status}: first`);
  expect(said).not.toContain('last');
  expect(said.length).toBeLessThan(560);
});
