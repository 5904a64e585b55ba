import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({ limits: { channelsPerOrganisation: 5 } });
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  await api.sql.query('DELETE FROM channel');
  await api.sql.query('DELETE FROM delivery');
  api.sent.length = 0;
});

const secretUrl = 'https://hooks.example.com/T0/B0/very-secret?token=hidden';
const create = (target: object, name?: string) =>
  api.call(api.mine.writer, 'POST', '/v1/channels', { body: name === undefined ? { target } : { target, name } });
const email = () => create({ kind: 'email', address: 'ops@example.com' });
const webhook = () => create({ kind: 'webhook', url: secretUrl });

test('a webhook’s secret is shown once and its URL never', async () => {
  const made = await webhook();
  expect(made.status).toBe(201);
  expect(made.headers.location).toBe(`/v1/channels/${made.body.id}`);
  expect(made.body).toMatchObject({
    name: 'hooks.example.com',
    kind: 'webhook',
    target: 'https://hooks.example.com/…',
  });
  expect(made.body.signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/u);
  const read = await api.call(api.mine.reader, 'GET', `/v1/channels/${made.body.id}`);
  const list = await api.call(api.mine.reader, 'GET', '/v1/channels');
  for (const { text } of [made, read, list]) expect(text).not.toContain('very-secret');
  for (const { text } of [read, list]) expect(text).not.toContain('whsec_');
  const { rows } = await api.sql.query('SELECT target, secret FROM channel');
  expect(rows).toEqual([{ target: secretUrl, secret: made.body.signingSecret }]);
});

test('a mail channel shows its address and has no secret', async () => {
  expect((await email()).body).toMatchObject({
    kind: 'email',
    name: 'ops@example.com',
    target: 'ops@example.com',
    signingSecret: null,
  });
});

test.each([
  [{ kind: 'webhook', url: 'http://169.254.169.254/' }, '/target/url', 'url-address-denied'],
  [{ kind: 'webhook', url: 'ftp://example.com/' }, '/target/url', 'url-scheme'],
  [{ kind: 'webhook', url: 'https://u:p@example.com/' }, '/target/url', 'url-credentials'],
  [{ kind: 'email', address: 'nobody' }, '/target/address', 'wrong-format'],
  [{ kind: 'email', address: 'a@example.com\r\nBcc: b@example.com' }, '/target/address', 'wrong-format'],
])('refuses %j and stores nothing', async (target, pointer, code) => {
  const answer = await create(target);
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
  expect((await api.sql.query('SELECT 1 FROM channel')).rows).toEqual([]);
});

test('can be renamed and pointed elsewhere, but not made another kind; If-Match is honoured', async () => {
  const made = await webhook();
  const path = `/v1/channels/${made.body.id}`;
  const patch = (body: object, headers = {}) => api.call(api.mine.writer, 'PATCH', path, { body, headers });
  const other = await patch({ target: { kind: 'email', address: 'a@example.com' } });
  expect([other.status, other.body.errors[0].code]).toEqual([400, 'channel-kind-fixed']);
  expect((await patch({ target: { kind: 'webhook', url: 'http://10.0.0.1/' } })).status).toBe(400);
  const moved = await patch({ name: 'Ops', target: { kind: 'webhook', url: 'https://example.org/x' } });
  expect(moved.body).toMatchObject({ name: 'Ops', target: 'https://example.org/…' });
  expect((await patch({ name: 'Stale' }, { 'if-match': String(made.headers.etag) })).status).toBe(412);
  expect((await patch({ name: 'Fresh' }, { 'if-match': String(moved.headers.etag) })).status).toBe(200);
});

test('a test message becomes a delivery that the log shows, and is sent at once', async () => {
  const { id } = (await email()).body;
  const answer = await api.call(api.mine.writer, 'POST', `/v1/channels/${id}/test`);
  expect(answer.status).toBe(202);
  expect(answer.body).toMatchObject({ event: 'channel.test', channelId: id, status: 'pending', attempts: [] });
  expect(api.sent).toEqual([{ deliveryId: answer.body.id, attempt: 1 }]);
  await api.sql.query(
    `INSERT INTO delivery_attempt (id, delivery_id, at, outcome, answer, took_ms)
     VALUES ('01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e', $1, now(), 'delivered', '250 OK', 12)`,
    [answer.body.id],
  );
  await api.sql.query(`UPDATE delivery SET status = 'delivered', settled_at = now() WHERE id = $1`, [answer.body.id]);
  const read = await api.call(api.mine.reader, 'GET', `/v1/deliveries/${answer.body.id}`);
  expect(read.body).toMatchObject({
    status: 'delivered',
    nextAttemptAt: null,
    attempts: [{ outcome: 'delivered', answer: '250 OK', tookMs: 12 }],
  });
  for (const [query, count] of [
    ['', 1],
    ['status=delivered', 1],
    ['status=pending', 0],
    [`channelId=${id}`, 1],
    [`incidentId=${id}`, 0],
  ] as const)
    expect((await api.call(api.mine.reader, 'GET', `/v1/deliveries?${query}`)).body.items).toHaveLength(count);
});

test('a deleted channel leaves its deliveries in the log', async () => {
  const { id } = (await email()).body;
  const delivery = (await api.call(api.mine.writer, 'POST', `/v1/channels/${id}/test`)).body;
  expect((await api.call(api.mine.writer, 'DELETE', `/v1/channels/${id}`)).status).toBe(204);
  expect((await api.call(api.mine.writer, 'DELETE', `/v1/channels/${id}`)).status).toBe(404);
  const read = await api.call(api.mine.reader, 'GET', `/v1/deliveries/${delivery.id}`);
  expect(read.body).toMatchObject({ channelId: null, channelName: 'ops@example.com' });
});

test('channels and deliveries page both ways, and there is a limit', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.unshift((await email()).body.id);
  const full = await email();
  expect([full.status, full.body.code]).toEqual([409, 'channel-limit']);
  const made: string[] = [];
  for (const id of ids) made.unshift((await api.call(api.mine.writer, 'POST', `/v1/channels/${id}/test`)).body.id);
  for (const [path, all] of [
    ['/v1/channels', ids],
    ['/v1/deliveries', made],
  ] as const) {
    const page = async (query: string) => (await api.call(api.mine.reader, 'GET', `${path}?limit=2${query}`)).body;
    const first = await page('');
    const second = await page(`&cursor=${first.next}`);
    const third = await page(`&cursor=${second.next}`);
    const seen = [...first.items, ...second.items, ...third.items].map(({ id }) => id);
    expect([seen, third.next]).toEqual([all, null]);
    expect((await page(`&cursor=${third.previous}`)).items).toEqual(second.items);
  }
});

test('another organisation hears 404, and a reading key changes nothing', async () => {
  const { id } = (await email()).body;
  const delivery = (await api.call(api.mine.writer, 'POST', `/v1/channels/${id}/test`)).body;
  for (const [method, path] of [
    ['GET', `/v1/channels/${id}`],
    ['PATCH', `/v1/channels/${id}`],
    ['DELETE', `/v1/channels/${id}`],
    ['POST', `/v1/channels/${id}/test`],
    ['GET', `/v1/deliveries/${delivery.id}`],
  ] as const) {
    const body = method === 'PATCH' ? { body: { name: 'x' } } : {};
    expect((await api.call(api.other.writer, method, path, body)).status).toBe(404);
    if (method !== 'GET') expect((await api.call(api.mine.reader, method, path, body)).status).toBe(403);
  }
  expect((await api.call(api.other.reader, 'GET', '/v1/channels')).body.items).toEqual([]);
  expect((await api.call(api.other.reader, 'GET', '/v1/deliveries')).body.items).toEqual([]);
});
