import {
  corpusThere,
  naughtyTexts,
  needs,
  startRawTarget,
  startTarget,
  startWebhookSink,
  verifyCall,
} from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { messageOf } from './message.fixture.ts';
import { type WebhookTarget, webhookNotifier } from './webhook.ts';

const secretOf = (n: number): string => `whsec_${Buffer.alloc(32, n).toString('base64')}`;
const secret = secretOf(7);
const send = webhookNotifier({ allowCidrs: ['127.0.0.0/8'] });
const targetOf = (url: string, changes: Partial<WebhookTarget> = {}): WebhookTarget => ({
  url,
  secrets: [secret],
  headers: {},
  template: null,
  ...changes,
});
const patient = (): AbortSignal => AbortSignal.timeout(5_000);

/** The same call with one byte of what is signed changed: of the body, the id or the time. */
const forgeries = (call: Parameters<typeof verifyCall>[0], nth: number): readonly (typeof call)[] => {
  const bytes = Buffer.from(call.body);
  const place = (nth * 31) % bytes.length;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  const time = String(Number(call.headers['webhook-timestamp']) + 1);
  return [
    { ...call, body: bytes.toString() },
    { ...call, headers: { ...call.headers, 'webhook-id': `${call.headers['webhook-id']}0` } },
    { ...call, headers: { ...call.headers, 'webhook-timestamp': time } },
  ];
};

test('the reference library accepts 1,000 of 1,000 calls and none with one byte changed', {
  timeout: 60_000,
}, async () => {
  await using sink = await startWebhookSink();
  const naughty = naughtyTexts();
  const plain = ['Shop', 'Größe — 店 😀 \u0000\r\n"\\', '\ud800 broken', '</script>'];
  const texts = [...plain, ...naughty];
  const bodies = Array.from({ length: 1_000 }, (_, i) => ({
    type: 'channel.test',
    n: i,
    name: texts[i % texts.length],
  }));
  const target = targetOf(sink.url);
  for (let i = 0; i < bodies.length; i += 50)
    await Promise.all(bodies.slice(i, i + 50).map((body) => send(messageOf({ body }), target, patient())));
  expect(sink.calls).toHaveLength(1_000);
  const seen = sink.calls.map((call) => verifyCall(call, secret) as (typeof bodies)[number]); // what was sent above
  expect(seen.toSorted((a, b) => a.n - b.n)).toEqual(bodies);
  sink.calls.forEach((call, i) => {
    for (const forged of forgeries(call, i)) expect(() => verifyCall(forged, secret)).toThrow();
    expect(() => verifyCall(call, secretOf(8))).toThrow();
  });
});

test('while a secret is replaced, the old and the new one both accept the call', async () => {
  await using sink = await startWebhookSink();
  await send(messageOf(), targetOf(sink.url, { secrets: [secretOf(1), secretOf(2)] }), patient());
  const [call] = sink.calls;
  if (call === undefined) throw new Error('there was a call');
  for (const n of [1, 2]) expect(verifyCall(call, secretOf(n))).toEqual({ type: 'channel.test' });
  expect(() => verifyCall(call, secretOf(3))).toThrow();
});

test.each([[[]], [['not base64!']]])('with the secrets %j nothing is sent: nobody could check it', async (secrets) => {
  await using sink = await startWebhookSink();
  const outcome = await send(messageOf(), targetOf(sink.url, { secrets }), patient());
  expect(outcome).toEqual({ kind: 'rejected', reason: expect.stringContaining('secret'), broken: true });
  expect(JSON.stringify(outcome)).not.toContain('not base64!');
  expect(sink.calls).toHaveLength(0);
});

test('headers of the user are sent beside ours and replace none', async () => {
  await using sink = await startWebhookSink();
  const headers = { Authorization: 'Bearer t0ken', 'X-Team': 'shop', 'User-Agent': 'mine' };
  await send(messageOf(), targetOf(sink.url, { headers }), patient());
  expect(sink.calls[0]?.headers).toMatchObject({
    authorization: 'Bearer t0ken',
    'x-team': 'shop',
    'user-agent': 'Farwatch-Webhook/1',
    'content-type': 'application/json; charset=utf-8',
  });
});

test.each([
  ['Content-Type', 'text/plain'],
  ['HOST', 'example.test'],
  ['webhook-id', '1'],
  ['Transfer-Encoding', 'chunked'],
  ['x y', 'v'],
  ['x:y', 'v'],
  ['', 'v'],
  ['x', 's3cret\r\nhost: eve'],
  ['x', 's3cret 店'],
])('the header %j: %j is not sent', async (name, value) => {
  await using sink = await startWebhookSink();
  const outcome = await send(messageOf(), targetOf(sink.url, { headers: { [name]: value } }), patient());
  expect(outcome).toMatchObject({ kind: 'rejected', broken: true });
  expect(JSON.stringify(outcome)).not.toContain('s3cret');
  expect(sink.calls).toHaveLength(0);
});

test('a template makes the body, and its result is what is signed', async () => {
  await using sink = await startWebhookSink();
  const template = '{"text": "{{ heading }}", "facts": {{ facts | json }}, "id": "{{ id }}"}';
  const heading = 'a "b" \\ {{ id }} \n店';
  await send(messageOf({ heading }), targetOf(sink.url, { template }), patient());
  const [call] = sink.calls;
  expect(call && verifyCall(call, secret)).toEqual({
    text: heading,
    facts: [
      { name: 'Since', value: '14:03' },
      { name: 'Regions', value: 'fra: HTTP 502\niad: no answer after 10000 ms' },
    ],
    id: messageOf().id,
  });
});

test('a template that makes no JSON of this message sends nothing and spoils only this message', async () => {
  await using sink = await startWebhookSink();
  const outcome = await send(messageOf(), targetOf(sink.url, { template: '{{ heading }}' }), patient());
  expect(outcome).toEqual({ kind: 'rejected', reason: expect.stringContaining('JSON'), broken: false });
  expect(sink.calls).toHaveLength(0);
});

test('Retry-After is handed on as a date too', async () => {
  const inTwoMinutes = new Date(Date.now() + 120_000).toUTCString();
  await using sink = await startWebhookSink(() => ({ status: 503, headers: { 'retry-after': inTwoMinutes } }));
  const outcome = await send(messageOf(), targetOf(sink.url), patient());
  const afterMs = outcome.kind === 'retry' ? outcome.afterMs : undefined;
  expect(outcome).toMatchObject({ kind: 'retry', holds: 'channel' });
  expect(afterMs).toBeGreaterThan(115_000);
  expect(afterMs).toBeLessThanOrEqual(120_000);
});

test('of a long answer one clean line of 500 characters is kept, and little more than 20 kB is read', async () => {
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
  const outcome = await send(messageOf(), targetOf(target.url), patient());
  const answer = outcome.kind === 'delivered' ? outcome.answer : '';
  expect([...answer]).toHaveLength(500);
  expect(answer).toMatch(/^HTTP 200: é é [é ]+…$/u);
  expect(written).toBeLessThan(10_000);
});

test('a body that is cut off does not unsay the status', async () => {
  await using target = await startRawTarget((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'));
  });
  const outcome = await send(messageOf(), targetOf(target.url), patient());
  expect(outcome).toEqual({ kind: 'delivered', answer: 'HTTP 200: half' });
});

test('an address that may not be dialled is rejected without a connection', async () => {
  await using sink = await startWebhookSink();
  const outcome = await webhookNotifier({ allowCidrs: [] })(messageOf(), targetOf(sink.url), patient());
  expect(outcome).toEqual({ kind: 'rejected', reason: expect.stringContaining('ADDRESS_DENIED'), broken: true });
  expect(sink.calls).toHaveLength(0);
});

test.each(['ftp://127.0.0.1/', 'not a URL', ''])('%j is rejected', async (url) => {
  expect((await send(messageOf(), targetOf(url), patient())).kind).toBe('rejected');
});

needs('/work/shared/corpora', corpusThere).test('the corpus brings its texts into the calls above', () => {
  expect(naughtyTexts().length).toBeGreaterThan(500);
});
