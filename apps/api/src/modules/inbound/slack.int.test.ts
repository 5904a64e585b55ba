import { createHmac, randomUUIDv7 } from 'node:crypto';
import { corpusThere, naughtyTexts, needs, waitUntil } from '@farwatch/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ChannelApi, openIncidentOf, startChannelApi, tell } from '../channels/channels.fixture.ts';

let api: ChannelApi;
beforeAll(async () => {
  api = await startChannelApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of ['channel', 'delivery', 'monitor']) await api.sql.query(`DELETE FROM ${table}`);
});

const signingSecret = 'the-app-s-own-signing-secret';
const addBot = async (secret = signingSecret): Promise<string> => {
  const target = { kind: 'slack', token: 'xoxb-1-2', channel: '#ops', signingSecret: secret };
  return (await api.call(api.mine.writer, 'POST', '/v1/channels', { body: { target } })).body.id;
};
const click = (deliveryId: string, name = 'ann') =>
  new URLSearchParams({
    payload: JSON.stringify({
      type: 'block_actions',
      user: { id: 'U1', username: name, name },
      channel: { id: 'C1' },
      actions: [{ type: 'button', action_id: 'acknowledge', value: `ack:${deliveryId}` }],
      response_url: 'https://hooks.slack.com/actions/x',
    }),
  }).toString();
const signed = (body: string, secret = signingSecret, at = Date.now()) => {
  const timestamp = String(Math.floor(at / 1_000));
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${mac}` };
};
const send = (channelId: string, payload: string, headers: object, type = 'application/x-www-form-urlencoded') =>
  api.app.inject({
    method: 'POST',
    url: `/v1/inbound/slack/${channelId}`,
    headers: { 'content-type': type, ...headers },
    payload,
  });
const acknowledgers = async () =>
  (await api.sql.query('SELECT acknowledged_by AS by FROM incident WHERE acknowledged_at IS NOT NULL')).rows;

const addTold = async (channelId: string) => {
  const incidentId = await openIncidentOf(api.sql, api.mine.id, 'Shop');
  return tell(api.sql, { channelId, incidentId });
};

test('a click acknowledges, by the name of who clicked; the next hears who has it', async () => {
  const channelId = await addBot();
  const body = click(await addTold(channelId));
  const answer = await send(channelId, body, signed(body));
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ response_type: 'ephemeral', replace_original: false, text: 'You have it.' });
  expect(await acknowledgers()).toEqual([{ by: { accountId: null, name: 'ann', via: 'slack' } }]);
  const late = click(await tell(api.sql, { channelId, incidentId: (await openIncident()).id }), 'bob');
  expect((await send(channelId, late, signed(late))).json().text).toBe('ann has it already.');
});
const openIncident = async () => (await api.sql.query<{ id: string }>('SELECT id FROM incident')).rows[0] ?? { id: '' };

test.each([
  ['without a signature', () => ({})],
  ['signed by another app', (body: string) => signed(body, 'another-secret')],
  ['signed six minutes ago', (body: string) => signed(body, signingSecret, Date.now() - 360_000)],
  ['signed for another body', (body: string) => signed(`${body}x`)],
])('a click %s is refused and changes nothing', async (_, headers) => {
  const channelId = await addBot();
  const body = click(await addTold(channelId));
  const answer = await send(channelId, body, headers(body));
  expect([answer.statusCode, answer.json().code]).toEqual([403, 'bad-signature']);
  expect(await acknowledgers()).toEqual([]);
});

test('Slack is answered in time however long it takes, and it is done all the same', async () => {
  const channelId = await addBot();
  const body = click(await addTold(channelId));
  await api.db.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM incident FOR UPDATE');
    const start = performance.now();
    expect((await send(channelId, body, signed(body))).json().text).toBe('Farwatch is at it.');
    expect(performance.now() - start).toBeLessThan(2_900);
  });
  await waitUntil(async () => (await acknowledgers()).length === 1);
});

test('an app speaks for its own channel alone', async () => {
  const [mine, theirs] = [await addBot(), await addBot('their-signing-secret')];
  const body = click(await addTold(theirs));
  expect((await send(mine, body, signed(body))).json().text).toBe('This message is too old, or its channel is gone.');
  expect((await send(theirs, body, signed(body))).statusCode).toBe(403);
  expect(await acknowledgers()).toEqual([]);
});

test('a channel that is not there, has no bot, or no signing secret, is 404', async () => {
  const target = { kind: 'slack', token: 'xoxb-1-2', channel: '#ops' };
  const { id } = (await api.call(api.mine.writer, 'POST', '/v1/channels', { body: { target } })).body;
  const body = click(randomUUIDv7());
  for (const channelId of [id, randomUUIDv7(), 'nonsense'])
    expect((await send(channelId, body, signed(body, ''))).statusCode).toBe(404);
});

test('other calls of Slack are taken and mean nothing; what is no form is 415, what is too large 413', async () => {
  const channelId = await addBot();
  for (const body of ['ssl_check=1', 'payload=%7B%7D', '']) {
    const answer = await send(channelId, body, signed(body));
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
  }
  const json = await send(channelId, '{}', signed('{}'), 'application/json');
  expect([json.statusCode, json.json().code]).toEqual([415, 'unsupported-media-type']);
  const large = 'x'.repeat(70_000);
  expect((await send(channelId, large, signed(large))).statusCode).toBe(413);
});

test('strangers who sign wrongly are counted', async () => {
  await using strict = await startChannelApi({ requestsPerMinute: 3 });
  const target = { kind: 'slack', token: 'xoxb-1-2', channel: '#ops', signingSecret };
  const { id } = (await strict.call(strict.mine.writer, 'POST', '/v1/channels', { body: { target } })).body;
  const statuses: number[] = [];
  for (let i = 0; i < 5; i++) {
    const answer = await strict.app.inject({ method: 'POST', url: `/v1/inbound/slack/${randomUUIDv7()}` });
    statuses.push(answer.statusCode);
  }
  expect(statuses).toEqual([404, 404, 404, 429, 429]);
  const payload = 'ssl_check=1';
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signed(payload) };
  const answer = await strict.app.inject({ method: 'POST', url: `/v1/inbound/slack/${id}`, headers, payload });
  expect(answer.statusCode).toBe(200);
});

test('a channel’s signed calls are sixty a minute, its address used up or not; others are not held up by it', async () => {
  const [busy, quiet] = [await addBot(), await addBot()];
  const statuses = new Map<number, number>();
  for (let i = 0; i < 63; i++) {
    const { statusCode } = await send(busy, 'ssl_check=1', signed('ssl_check=1'));
    statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
  }
  expect([...statuses]).toEqual([
    [200, 60],
    [429, 3],
  ]);
  expect((await send(quiet, 'ssl_check=1', signed('ssl_check=1'))).statusCode).toBe(200);
});

test('of many clicks on one message at once one is carried out', async () => {
  const channelId = await addBot();
  const body = click(await addTold(channelId));
  const texts = await api.db.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM incident FOR UPDATE');
    const first = send(channelId, body, signed(body));
    await waitUntil(async () => (await waiting()) === 1);
    const others = await Promise.all(Array.from({ length: 10 }, () => send(channelId, body, signed(body))));
    expect(await waiting()).toBe(1);
    return [...others, await first].map((answer) => answer.json().text);
  });
  expect(new Set(texts)).toEqual(new Set(['Farwatch is at it.']));
  await waitUntil(async () => (await acknowledgers()).length === 1);
});
const waiting = async () =>
  (
    await api.sql.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
  ).rows.length;

test('nothing that a signed call can hold is a fault of ours', async () => {
  const channels = await Promise.all([addBot(), addBot()]);
  let calls = 0;
  const anyValue = fc.json().map((payload) => new URLSearchParams({ payload }).toString());
  const anyDelivery = fc.tuple(fc.string({ unit: 'binary' }), fc.string()).map(([id, name]) => click(id, name));
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyValue, anyDelivery, fc.string()), async (body) => {
      const channelId = channels[calls++ % channels.length] ?? '';
      expect((await send(channelId, body, signed(body))).statusCode).toBe(200);
    }),
    { numRuns: 100 },
  );
});

needs('/work/shared/corpora', corpusThere).test(
  'whatever people are called is kept as a name',
  async () => {
    let [channelId, deliveryId] = ['', ''];
    for (const [at, name] of [...naughtyTexts()].entries()) {
      if (at % 50 === 0) {
        await api.sql.query('DELETE FROM monitor');
        channelId = await addBot();
        deliveryId = await addTold(channelId);
      }
      await api.sql.query('UPDATE incident SET acknowledged_at = NULL, acknowledged_by = NULL');
      const body = click(deliveryId, name);
      const answer = await send(channelId, body, signed(body));
      expect([answer.statusCode, answer.json().text]).toEqual([200, 'You have it.']);
      const [row] = await acknowledgers();
      expect(row?.by.name).toMatch(/^[^\p{Cc}]{1,100}$/u);
    }
  },
  60_000,
);
