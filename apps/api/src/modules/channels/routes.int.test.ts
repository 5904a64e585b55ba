import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addMember, type ChannelApi, startChannelApi, storedIn } from './channels.fixture.ts';

let api: ChannelApi;
beforeAll(async () => {
  api = await startChannelApi({ limits: { channelsPerOrganisation: 5 } });
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of ['channel', 'delivery', 'opt_out']) await api.sql.query(`DELETE FROM ${table}`);
  api.sent.length = 0;
  api.mails.length = 0;
  api.plans.length = 0;
});

const secretUrl = 'https://hooks.example.com/T0/B0/very-secret?token=hidden';
const slackUrl = 'https://hooks.slack.com/services/T0000/B0000/very-secret';
const slowTemplate = `{% assign a = (1..200000) %}{% if ${Array(300).fill('a contains "x"').join(' or ')} %}{% endif %}1`;
const discordUrl = 'https://discord.com/api/webhooks/1234567890/very-secret';
const create = (target: object, more: object = {}) =>
  api.call(api.mine.writer, 'POST', '/v1/channels', { body: { target, ...more } });
const sms = (phone = '+49 151 12345678') => create({ kind: 'sms', phone });
const webhook = () => create({ kind: 'webhook', url: secretUrl });
const bot = { kind: 'slack', token: 'xoxb-1-very-secret', channel: '#ops', signingSecret: 'shh-very-secret' };

test.each([
  [{ kind: 'email', address: 'Ops@EXAMPLE.com' }, 'Ops@example.com', 'Ops@example.com', 'unconfirmed'],
  [{ kind: 'sms', phone: '+49 (151) 12345678' }, '+4915112345678', '+4915112345678', 'active'],
  [{ kind: 'voice', phone: '+44 20 7183 8750' }, '+442071838750', '+442071838750', 'active'],
  [bot, '#ops', 'Slack #ops', 'active'],
  [{ kind: 'slack', webhookUrl: slackUrl }, 'https://hooks.slack.com/…', 'Slack', 'active'],
  [{ kind: 'discord', webhookUrl: discordUrl }, 'https://discord.com/…', 'Discord', 'active'],
  [
    { kind: 'webhook', url: secretUrl, headers: { 'X-Key': 'very-secret' }, template: '{"a": 1}' },
    'https://hooks.example.com/…',
    'hooks.example.com',
    'active',
  ],
])('%j is shown without what lets one post there, and is sealed', async (target, shown, name, status) => {
  const made = await create(target);
  expect(made.status).toBe(201);
  expect(made.headers.location).toBe(`/v1/channels/${made.body.id}`);
  expect(made.body).toMatchObject({ kind: target.kind, target: shown, name, status, accountId: null });
  const read = await api.call(api.mine.reader, 'GET', `/v1/channels/${made.body.id}`);
  const list = await api.call(api.mine.reader, 'GET', '/v1/channels');
  for (const { text } of [made, read, list]) expect(text).not.toContain('very-secret');
  for (const { text } of [read, list]) expect(text).not.toContain('whsec_');
  const { rows } = await api.sql.query('SELECT * FROM channel');
  expect(JSON.stringify(rows)).not.toMatch(/very-secret|whsec_/u);
  expect(rows[0]).toMatchObject({ target: shown, secret: null });
  expect((await storedIn(api, made.body.id)).kind).toBe(target.kind);
});

test('a webhook’s signing secret is shown once; its headers by name, its template whole', async () => {
  const headers = { Authorization: 'Bearer very-secret', 'X-Team': 'ops' };
  const made = await create({ kind: 'webhook', url: secretUrl, headers, template: '{"text": "x"}' });
  expect(made.body.signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/u);
  expect(made.body).toMatchObject({ headerNames: ['Authorization', 'X-Team'], template: '{"text": "x"}' });
  expect(await storedIn(api, made.body.id)).toEqual({
    kind: 'webhook',
    url: secretUrl,
    secrets: [{ secret: made.body.signingSecret, until: null }],
    headers,
    template: '{"text": "x"}',
  });
});

test('a Slack bot says where its app’s buttons have to point to; an incoming webhook has no buttons', async () => {
  const { id, interactionUrl } = (await create(bot)).body;
  expect(interactionUrl).toBe(`https://watch.test/v1/inbound/slack/${id}`);
  expect((await create({ kind: 'slack', webhookUrl: slackUrl })).body.interactionUrl).toBeNull();
});

test.each([
  [{ kind: 'webhook', url: 'http://169.254.169.254/' }, '/target/url', 'url-address-denied'],
  [{ kind: 'webhook', url: 'ftp://example.com/' }, '/target/url', 'url-scheme'],
  [{ kind: 'webhook', url: 'https://u:p@example.com/' }, '/target/url', 'url-credentials'],
  [{ kind: 'webhook', url: secretUrl, headers: { Host: 'x' } }, '/target/headers', 'header-invalid'],
  [{ kind: 'webhook', url: secretUrl, headers: { 'webhook-id': 'x' } }, '/target/headers', 'header-invalid'],
  [{ kind: 'webhook', url: secretUrl, template: '{{ unclosed' }, '/target/template', 'template-invalid'],
  [{ kind: 'webhook', url: secretUrl, template: slowTemplate }, '/target/template', 'template-invalid'],
  [{ kind: 'email', address: 'nobody' }, '/target/address', 'wrong-format'],
  [{ kind: 'email', address: 'a@example.com\r\nBcc: b@example.com' }, '/target/address', 'wrong-format'],
  [{ kind: 'sms', phone: '0151 12345678' }, '/target/phone', 'wrong-format'],
  [{ kind: 'sms', phone: '+49 0151 1234567' }, '/target/phone', 'phone-invalid'],
  [{ kind: 'voice', phone: '+1 900 555 0123' }, '/target/phone', 'phone-premium-rate'],
  [{ kind: 'slack' }, '/target', 'slack-incomplete'],
  [{ kind: 'slack', token: 'xoxb-1-2' }, '/target', 'slack-incomplete'],
  [{ ...bot, webhookUrl: slackUrl }, '/target', 'slack-ambiguous'],
  [{ ...bot, token: 'a\r\nb' }, '/target/token', 'wrong-format'],
  [{ ...bot, channel: '#ops\nx' }, '/target/channel', 'wrong-format'],
  [{ kind: 'slack', webhookUrl: 'https://evil.example/services/T/B/x' }, '/target/webhookUrl', 'not-a-webhook-url'],
  [{ kind: 'slack', webhookUrl: 'http://hooks.slack.com/services/T/B/x' }, '/target/webhookUrl', 'not-a-webhook-url'],
  [
    { kind: 'slack', webhookUrl: 'https://hooks.slack.com.evil.example/services/T/B/x' },
    '/target/webhookUrl',
    'not-a-webhook-url',
  ],
  [{ kind: 'discord', webhookUrl: 'https://discord.com/channels/1/2' }, '/target/webhookUrl', 'not-a-webhook-url'],
  [{ kind: 'discord', webhookUrl: 'http://10.0.0.1/api/webhooks/1/x' }, '/target/webhookUrl', 'url-address-denied'],
])('refuses %j and stores nothing', async (target, pointer, code) => {
  const answer = await create(target);
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
  expect((await api.sql.query('SELECT 1 FROM channel')).rows).toEqual([]);
});

test('a provider’s webhook may be at an address that the operator opened', async () => {
  const webhookUrl = 'http://127.0.0.1:8080/x';
  for (const kind of ['slack', 'discord']) expect((await create({ kind, webhookUrl })).status).toBe(201);
});

test('its owner must be a member, and quiet hours must be in a zone that there is', async () => {
  const ann = await addMember(api, api.mine, { name: 'Ann', email: 'ann@example.com' });
  const eve = await addMember(api, api.other, { name: 'Eve', email: 'eve@example.com' });
  const quietHours = (timeZone: string) => ({
    timeZone,
    windows: [{ days: [1, 2], from: '22:00', until: '07:00' }],
    except: ['down'],
  });
  const target = { kind: 'webhook', url: secretUrl };
  const made = await create(target, { accountId: ann.id, quietHours: quietHours('Europe/Berlin') });
  expect(made.body).toMatchObject({ accountId: ann.id, quietHours: quietHours('Europe/Berlin') });
  for (const [more, pointer] of [
    [{ accountId: eve.id }, '/accountId'],
    [{ quietHours: quietHours('Europe/Atlantis') }, '/quietHours/timeZone'],
  ] as const) {
    expect((await create(target, more)).body.errors[0].pointer).toBe(pointer);
    const patched = await api.call(api.mine.writer, 'PATCH', `/v1/channels/${made.body.id}`, { body: more });
    expect(patched.body.errors[0].pointer).toBe(pointer);
  }
  const freed = await api.call(api.mine.writer, 'PATCH', `/v1/channels/${made.body.id}`, {
    body: { accountId: null, quietHours: null },
  });
  expect(freed.body).toMatchObject({ accountId: null, quietHours: null, target: 'https://hooks.example.com/…' });
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

test('what a form can’t show stays when it isn’t given, but a webhook’s headers never go along to another host', async () => {
  const headers = { Authorization: 'very-secret' };
  const made = (await create({ kind: 'webhook', url: secretUrl, headers, template: '{"a":1}' })).body;
  const patch = (id: string, target: object) =>
    api.call(api.mine.writer, 'PATCH', `/v1/channels/${id}`, { body: { target } });
  await patch(made.id, { kind: 'webhook', url: 'https://hooks.example.com/other' });
  expect(await storedIn(api, made.id)).toMatchObject({ url: 'https://hooks.example.com/other', headers });
  await patch(made.id, { kind: 'webhook', url: 'https://elsewhere.example/' });
  expect(await storedIn(api, made.id)).toMatchObject({
    headers: {},
    template: '{"a":1}',
    secrets: [{ secret: made.signingSecret, until: null }],
  });
  const slack = (await create(bot)).body;
  expect((await patch(slack.id, { kind: 'slack', channel: '#incidents' })).body.target).toBe('#incidents');
  expect(await storedIn(api, slack.id)).toMatchObject({ token: bot.token, signingSecret: bot.signingSecret });
});

test('a template that takes too long gets into no channel by a change either', async () => {
  const { id } = (await webhook()).body;
  const target = { kind: 'webhook', url: secretUrl, template: slowTemplate };
  const answer = await api.call(api.mine.writer, 'PATCH', `/v1/channels/${id}`, { body: { target } });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ code: 'template-invalid' }] } });
  expect(await storedIn(api, id)).toMatchObject({ template: null });
});

test('a test message becomes a delivery that the log shows, and is sent at once', async () => {
  const { id } = (await webhook()).body;
  const answer = await api.call(api.mine.writer, 'POST', `/v1/channels/${id}/test`);
  expect(answer.status).toBe(202);
  expect(answer.body).toMatchObject({ event: 'channel.test', channelId: id, status: 'pending', attempts: [] });
  expect(api.sent).toEqual([{ deliveryId: answer.body.id, attempt: 1 }]);
});

test('a channel tells its newest delivery with the receiver’s own words, and no other channel’s', async () => {
  const [{ id }, other] = [(await webhook()).body, (await sms()).body];
  const read = async () => (await api.call(api.mine.reader, 'GET', `/v1/channels/${id}`)).body.lastDelivery;
  expect(await read()).toBeNull();
  await api.call(api.mine.writer, 'POST', `/v1/channels/${id}/test`);
  await api.sql.query(`UPDATE delivery SET created_at = now() - interval '1 hour', status = 'delivered'`);
  const { body } = await api.call(api.mine.writer, 'POST', `/v1/channels/${id}/test`);
  await api.sql.query(`UPDATE delivery SET status = 'failed' WHERE id = $1`, [body.id]);
  const attempt = `INSERT INTO delivery_attempt (id, delivery_id, at, outcome, answer, took_ms)
    VALUES ($1, $2, $3, 'rejected', $4, 7)`;
  await api.sql.query(attempt, [other.id, body.id, '2026-11-23T06:00:00Z', '502 Bad Gateway']);
  await api.sql.query(attempt, [id, body.id, '2026-11-23T06:00:01Z', '410 Gone']);
  await api.sql.query(
    `INSERT INTO delivery (id, organisation_id, channel_id, channel_name, kind, event, key, status, created_at)
     VALUES ($1, $2, $3, 'x', 'webhook', 'channel.test', 'dropped', 'dropped', now() + interval '1 hour')`,
    [other.id, api.mine.id, id],
  );
  const last = { id: body.id, event: 'channel.test', status: 'failed', at: body.createdAt, answer: '410 Gone' };
  expect(await read()).toEqual(last);
  const { items } = (await api.call(api.mine.reader, 'GET', '/v1/channels')).body;
  expect(items.map(({ lastDelivery }: { lastDelivery: unknown }) => lastDelivery)).toEqual([null, last]);
});

test('a deleted channel leaves its deliveries in the log', async () => {
  const { id } = (await webhook()).body;
  const delivery = (await api.call(api.mine.writer, 'POST', `/v1/channels/${id}/test`)).body;
  expect((await api.call(api.mine.writer, 'DELETE', `/v1/channels/${id}`)).status).toBe(204);
  expect((await api.call(api.mine.writer, 'DELETE', `/v1/channels/${id}`)).status).toBe(404);
  const read = await api.call(api.mine.reader, 'GET', `/v1/deliveries/${delivery.id}`);
  expect(read.body).toMatchObject({ channelId: null, channelName: 'hooks.example.com' });
});

test('channels page both ways, and there is a limit', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.unshift((await sms()).body.id);
  const full = await sms();
  expect([full.status, full.body.code]).toEqual([409, 'channel-limit']);
  const page = async (query: string) => (await api.call(api.mine.reader, 'GET', `/v1/channels?limit=2${query}`)).body;
  const first = await page('');
  const second = await page(`&cursor=${first.next}`);
  const third = await page(`&cursor=${second.next}`);
  const seen = [...first.items, ...second.items, ...third.items].map(({ id }) => id);
  expect([seen, third.next]).toEqual([ids, null]);
  expect((await page(`&cursor=${third.previous}`)).items).toEqual(second.items);
});

test('another organisation hears 404, and a reading key changes nothing', async () => {
  const { id } = (await webhook()).body;
  for (const [method, action] of [
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/test'],
    ['POST', '/enable'],
    ['POST', '/confirm'],
    ['POST', '/rotate-secret'],
  ] as const) {
    const path = `/v1/channels/${id}${action}`;
    const body = method === 'PATCH' ? { body: { name: 'x' } } : {};
    expect((await api.call(api.other.writer, method, path, body)).status).toBe(404);
    if (method !== 'GET') expect((await api.call(api.mine.reader, method, path, body)).status).toBe(403);
  }
  expect((await api.call(api.other.reader, 'GET', '/v1/channels')).body.items).toEqual([]);
});
