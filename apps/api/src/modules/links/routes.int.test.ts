import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  addMember,
  type ChannelApi,
  forgetMembers,
  openIncidentOf,
  startChannelApi,
  tell,
} from '../channels/channels.fixture.ts';
import { type LinkPurpose, signLink } from './token.ts';

let api: ChannelApi;
beforeAll(async () => {
  api = await startChannelApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of ['channel', 'delivery', 'monitor', 'opt_out']) await api.sql.query(`DELETE FROM ${table}`);
  await forgetMembers(api.sql);
  api.plans.length = 0;
});

const tokenOf = (link: LinkPurpose): string => signLink(api.deps.config.secret, link);
const shown = 'https://hooks.example.com/…';
const look = (token: string) => api.call('', 'GET', `/v1/links/${token}`);
const follow = (token: string) => api.call('', 'POST', '/v1/links', { body: { token } });
const addChannel = async (more: object = {}): Promise<string> => {
  const body = { name: 'Night shift', target: { kind: 'webhook', url: 'https://hooks.example.com/x' }, ...more };
  return (await api.call(api.mine.writer, 'POST', '/v1/channels', { body })).body.id;
};
const addMail = async (status: string): Promise<string> => {
  const id = await addChannel();
  await api.sql.query(`UPDATE channel SET kind = 'email', target = 'ops@example.com', status = $2 WHERE id = $1`, [
    id,
    status,
  ]);
  return id;
};
const statusOf = async (id: string) =>
  (await api.sql.query('SELECT status, status_reason AS reason FROM channel WHERE id = $1', [id])).rows[0];

test('a link shows what it is for, and its button acknowledges every incident the message told of', async () => {
  const channelId = await addChannel();
  const [shop, blog, other] = [
    await openIncidentOf(api.sql, api.mine.id, 'Shop'),
    await openIncidentOf(api.sql, api.mine.id, 'Blog'),
    await openIncidentOf(api.sql, api.mine.id, 'Other'),
  ];
  const deliveryId = await tell(api.sql, { channelId, incidentId: shop });
  await tell(api.sql, { channelId, incidentId: blog, bundleId: deliveryId, sentAt: null });
  await tell(api.sql, { channelId, incidentId: other });
  const token = tokenOf({ purpose: 'acknowledge', deliveryId, target: shown });
  const before = await look(token);
  expect(before.body).toMatchObject({
    purpose: 'acknowledge',
    used: false,
    channelName: 'Night shift',
    organisationName: 'mine',
    acknowledgedBy: null,
  });
  const after = await follow(token);
  expect(after.status).toBe(200);
  expect(after.body).toMatchObject({ used: true, acknowledgedBy: 'Night shift' });
  expect(after.body.incidents.map(({ id }: { id: string }) => id).sort()).toEqual([shop, blog].sort());
  const { rows } = await api.sql.query(
    `SELECT acknowledged_by FROM incident WHERE acknowledged_at IS NOT NULL ORDER BY id`,
  );
  const by = { accountId: null, name: 'Night shift', via: 'link' };
  expect(rows).toEqual([{ acknowledged_by: by }, { acknowledged_by: by }]);
  expect(api.plans.filter(([what]) => what === 'acknowledged')).toHaveLength(2);
  await follow(token);
  expect(api.plans.filter(([what]) => what === 'acknowledged')).toHaveLength(2);
});

test('whoever owns the channel has it by name', async () => {
  const ann = await addMember(api, api.mine, { name: 'Ann', email: 'ann@example.com' });
  const channelId = await addChannel({ accountId: ann.id });
  const incidentId = await openIncidentOf(api.sql, api.mine.id, 'Shop');
  const deliveryId = await tell(api.sql, { channelId, incidentId });
  expect((await follow(tokenOf({ purpose: 'acknowledge', deliveryId, target: shown }))).body.acknowledgedBy).toBe(
    'Ann',
  );
  const { rows } = await api.sql.query('SELECT acknowledged_by AS by FROM incident');
  expect(rows).toEqual([{ by: { accountId: ann.id, name: 'Ann', via: 'link' } }]);
});

test('a link of a channel that is gone, or that has not agreed, is 404', async () => {
  const channelId = await addMail('unconfirmed');
  const incidentId = await openIncidentOf(api.sql, api.mine.id, 'Shop');
  const deliveryId = await tell(api.sql, { channelId, incidentId });
  const token = tokenOf({ purpose: 'acknowledge', deliveryId, target: 'ops@example.com' });
  for (const act of [look, follow]) expect((await act(token)).status).toBe(404);
  await api.sql.query('DELETE FROM channel');
  for (const act of [look, follow]) expect((await act(token)).status).toBe(404);
  expect((await api.sql.query('SELECT 1 FROM incident WHERE acknowledged_at IS NOT NULL')).rows).toEqual([]);
});

test('an acknowledge link is for the place it was sent to, while that is told of anything, and for a month', async () => {
  const channelId = await addMail('active');
  const incidentId = await openIncidentOf(api.sql, api.mine.id, 'Shop');
  const deliveryId = await tell(api.sql, { channelId, incidentId });
  const token = tokenOf({ purpose: 'acknowledge', deliveryId, target: 'ops@example.com' });
  const answers = async () => [(await look(token)).status, (await follow(token)).status];
  await api.sql.query(`UPDATE channel SET status = 'stopped'`);
  expect(await answers()).toEqual([404, 404]);
  await api.sql.query(`UPDATE channel SET status = 'active', target = 'new@example.com'`);
  expect(await answers()).toEqual([404, 404]);
  expect((await api.sql.query('SELECT 1 FROM incident WHERE acknowledged_at IS NOT NULL')).rows).toEqual([]);
  await api.sql.query(`UPDATE channel SET target = 'ops@example.com'`);
  expect(await answers()).toEqual([200, 200]);
  const { incidents } = (await look(token)).body;
  expect(Object.keys(incidents[0]).sort()).toEqual(
    ['id', 'monitorName', 'status', 'startedAt', 'resolvedAt', 'summary'].sort(),
  );
  await api.sql.query(`UPDATE incident SET resolved_at = now() - interval '29 days'`);
  expect(await answers()).toEqual([200, 200]);
  await api.sql.query(`UPDATE incident SET resolved_at = now() - interval '31 days'`);
  expect(await answers()).toEqual([404, 404]);
});

test('unsubscribing outlives the channel, for this organisation alone, and the reader can take it back', async () => {
  const target = { kind: 'email', address: 'Ops@example.com' };
  const add = async (key: string): Promise<{ id: string; status: string }> =>
    (await api.call(key, 'POST', '/v1/channels', { body: { target } })).body;
  const { id } = await add(api.mine.writer);
  const link = { channelId: id, target: 'Ops@example.com', organisationId: api.mine.id };
  await follow(tokenOf({ purpose: 'confirm', ...link }));
  await follow(tokenOf({ purpose: 'unsubscribe', channelId: id, target: 'Ops@example.com' }));
  const move = async (address: string) => {
    const body = { target: { kind: 'email', address } };
    return (await api.call(api.mine.writer, 'PATCH', `/v1/channels/${id}`, { body })).body.status;
  };
  expect(await move('other@example.com')).toBe('unconfirmed');
  expect(await move('ops@example.com')).toBe('stopped');
  await api.call(api.mine.writer, 'DELETE', `/v1/channels/${id}`);
  const again = await add(api.mine.writer);
  expect(again).toMatchObject({ status: 'stopped', statusReason: 'unsubscribed by its reader' });
  expect((await add(api.other.writer)).status).toBe('unconfirmed');
  expect((await follow(tokenOf({ purpose: 'confirm', ...link, organisationId: api.other.id }))).status).toBe(404);
  expect((await follow(tokenOf({ purpose: 'confirm', ...link }))).body.used).toBe(true);
  expect((await statusOf(again.id))?.status).toBe('active');
  expect((await api.sql.query('SELECT 1 FROM opt_out')).rows).toEqual([]);
});

test('whoever adds their own address again after unsubscribing is written to; a colleague can’t do that for them', async () => {
  const ann = await addMember(api, api.mine, { name: 'Ann', email: 'ann@example.com' });
  const body = { target: { kind: 'email', address: 'ann@example.com' } };
  const add = (authorization: string, headers = {}) =>
    api.call(authorization, 'POST', '/v1/channels', { body, headers });
  const { id } = (await add(api.mine.writer)).body;
  await follow(tokenOf({ purpose: 'unsubscribe', channelId: id, target: 'ann@example.com' }));
  expect((await add(api.mine.writer)).body.status).toBe('stopped');
  expect((await add(ann.authorization, ann.headers)).body.status).toBe('active');
});

test('confirming makes an address hear, unsubscribing ends it, and the reader may change their mind', async () => {
  const id = await addMail('unconfirmed');
  const link = { channelId: id, target: 'ops@example.com' };
  const confirm = tokenOf({ purpose: 'confirm', ...link });
  const leave = tokenOf({ purpose: 'unsubscribe', ...link });
  expect((await look(confirm)).body).toMatchObject({ purpose: 'confirm', used: false, incidents: [] });
  expect((await follow(confirm)).body).toMatchObject({ used: true });
  expect((await look(leave)).body).toMatchObject({ purpose: 'unsubscribe', used: false });
  expect((await follow(leave)).body).toMatchObject({ used: true });
  expect(await statusOf(id)).toEqual({ status: 'stopped', reason: 'unsubscribed by its reader' });
  await follow(confirm);
  expect(await statusOf(id)).toEqual({ status: 'active', reason: null });
  expect(api.plans).toEqual([
    ['channelUsable', id],
    ['channelUsable', id],
  ]);
  await api.sql.query(`UPDATE channel SET target = 'new@example.com'`);
  for (const token of [confirm, leave]) for (const act of [look, follow]) expect((await act(token)).status).toBe(404);
});

const post = (token: string, type: string, payload: string, headers = {}) =>
  api.app.inject({
    method: 'POST',
    url: `/v1/unsubscribe/${token}`,
    headers: { 'content-type': type, ...headers },
    payload,
  });
const form = 'application/x-www-form-urlencoded';
const boundary = 'multipart/form-data; boundary=x';
const multipart = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';

test.each([
  [form, 'List-Unsubscribe=One-Click'],
  [boundary, multipart],
])('a mail program unsubscribes with one click as %s, from whatever site', async (type, body) => {
  const id = await addMail('active');
  const token = tokenOf({ purpose: 'unsubscribe', channelId: id, target: 'ops@example.com' });
  const opened = await api.app.inject({ url: `/v1/unsubscribe/${token}` });
  expect([opened.statusCode, opened.headers.location]).toEqual([302, `https://watch.test/l/${token}`]);
  expect((await statusOf(id))?.status).toBe('active');
  expect((await post(token, type, 'something=else')).statusCode).toBe(400);
  expect((await statusOf(id))?.status).toBe('active');
  const answer = await post(token, type, body, { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' });
  expect(answer.statusCode).toBe(200);
  expect((await statusOf(id))?.status).toBe('stopped');
});

test('a one-click call with a link for something else is 404', async () => {
  const id = await addMail('unconfirmed');
  const token = tokenOf({ purpose: 'confirm', channelId: id, target: 'ops@example.com' });
  expect((await post(token, form, 'List-Unsubscribe=One-Click')).statusCode).toBe(404);
  expect((await statusOf(id))?.status).toBe('unconfirmed');
});

test('a link for the longest address there can be still finds its way', async () => {
  const target = `${'a'.repeat(64)}@${'b'.repeat(185)}.com`;
  const id = await addMail('unconfirmed');
  await api.sql.query('UPDATE channel SET target = $1', [target]);
  expect((await look(tokenOf({ purpose: 'confirm', channelId: id, target }))).status).toBe(200);
});

test('no token that a stranger makes up is anything but 404 or 400', async () => {
  const id = await addMail('active');
  const good = tokenOf({ purpose: 'unsubscribe', channelId: id, target: 'ops@example.com' });
  const signed = (text: string) => tokenOf({ purpose: 'acknowledge', deliveryId: text, target: shown });
  const changed = fc
    .tuple(fc.nat(good.length - 1), fc.constantFrom(...'ABCxyz019-_.'))
    .map(([at, letter]) => `${good.slice(0, at)}${letter}${good.slice(at + 1)}`)
    .filter((token) => token !== good);
  const tokens = fc.oneof(
    changed,
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.string().map(signed),
    fc.base64String(),
  );
  await fc.assert(
    fc.asyncProperty(tokens, async (token) => {
      const encoded = encodeURIComponent(token.toWellFormed());
      const statuses = [
        (await look(encoded)).status,
        (await follow(token)).status,
        (await post(encoded, form, 'List-Unsubscribe=One-Click')).statusCode,
        (await api.app.inject({ url: `/v1/unsubscribe/${encoded}` })).statusCode,
      ];
      expect(statuses.filter((status) => status !== 404 && status !== 400)).toEqual([]);
    }),
    { numRuns: 150 },
  );
  expect((await statusOf(id))?.status).toBe('active');
});
