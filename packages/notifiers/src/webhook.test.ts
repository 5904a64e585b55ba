import { startRawTarget, startTarget, startWebhookSink, verifyCall } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import type { Message } from './notifier.ts';
import { webhookNotifier } from './webhook.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const send = webhookNotifier({ allowCidrs: ['127.0.0.0/8'] });
const id = '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e';
const messageOf = (body: object): Message => ({ id, subject: '', text: '', html: '', threadId: null, body });
const patient = (): AbortSignal => AbortSignal.timeout(5_000);

test('the reference library verifies every call, whatever characters it carries, and none that was changed', async () => {
  await using sink = await startWebhookSink();
  const names = ['Shop', 'Größe — 店 😀 \u0000\r\n"\\', '\ud800 broken', '</script>'];
  for (const name of names) await send(messageOf({ type: 'channel.test', name }), { url: sink.url, secret }, patient());
  expect(sink.calls).toHaveLength(names.length);
  sink.calls.forEach((call, i) => {
    expect(call.headers['webhook-id']).toBe(id);
    expect(verifyCall(call, secret)).toEqual({ type: 'channel.test', name: names[i] });
    expect(() => verifyCall({ ...call, body: `${call.body} ` }, secret)).toThrow();
    expect(() => verifyCall({ ...call, headers: { ...call.headers, 'webhook-id': 'other' } }, secret)).toThrow();
  });
});

test.each([
  [301, 'retry'],
  [400, 'rejected'],
  [401, 'rejected'],
  [408, 'retry'],
  [410, 'rejected'],
  [425, 'retry'],
  [429, 'retry'],
  [500, 'retry'],
  [504, 'retry'],
  [204, 'delivered'],
])('HTTP %i is %s', async (status, kind) => {
  await using sink = await startWebhookSink(() => ({ status, headers: { location: 'http://127.0.0.1:1/' } }));
  expect((await send(messageOf({}), { url: sink.url, secret }, patient())).kind).toBe(kind);
  expect(sink.calls).toHaveLength(1);
});

test('Retry-After is handed on, in seconds and as a date', async () => {
  const inTwoMinutes = new Date(Date.now() + 120_000).toUTCString();
  await using sink = await startWebhookSink((_, nth) => ({
    status: nth === 0 ? 429 : 503,
    headers: { 'retry-after': nth === 0 ? '120' : inTwoMinutes },
  }));
  const target = { url: sink.url, secret };
  expect(await send(messageOf({}), target, patient())).toMatchObject({ kind: 'retry', afterMs: 120_000 });
  const second = await send(messageOf({}), target, patient());
  const afterMs = second.kind === 'retry' ? second.afterMs : undefined;
  expect(afterMs).toBeGreaterThan(115_000);
  expect(afterMs).toBeLessThanOrEqual(120_000);
});

test('of a long answer one clean line of 500 characters is kept, and no more is read', async () => {
  let written = 0;
  await using target = await startTarget((request, response) => {
    request.resume();
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write('é\r\n\u0000'.repeat(1_000))) written += 1;
    };
    response.on('drain', more);
    more();
  });
  const outcome = await send(messageOf({}), { url: target.url, secret }, patient());
  const answer = outcome.kind === 'delivered' ? outcome.answer : '';
  expect([...answer]).toHaveLength(500);
  expect(answer).toMatch(/^HTTP 200: é é [é ]+…$/u);
  expect(written).toBeLessThan(10_000);
});

test('a body that is cut off or drips does not unsay the status', async () => {
  await using target = await startRawTarget((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'));
  });
  const outcome = await send(messageOf({}), { url: target.url, secret }, patient());
  expect(outcome).toEqual({ kind: 'delivered', answer: 'HTTP 200: half' });
});

test('an address that may not be dialled is rejected without a connection', async () => {
  await using sink = await startWebhookSink();
  const guarded = webhookNotifier({ allowCidrs: [] });
  const outcome = await guarded(messageOf({}), { url: sink.url, secret }, patient());
  expect(outcome).toEqual({ kind: 'rejected', reason: expect.stringContaining('ADDRESS_DENIED') });
  expect(sink.calls).toHaveLength(0);
});

test.each(['ftp://127.0.0.1/', 'not a URL', ''])('%j is rejected', async (url) => {
  expect((await send(messageOf({}), { url, secret }, patient())).kind).toBe('rejected');
});
