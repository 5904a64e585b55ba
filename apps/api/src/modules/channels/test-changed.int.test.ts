import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ChannelApi, startChannelApi, storedIn } from './channels.fixture.ts';
import { openTarget } from './stored-target.ts';

let api: ChannelApi;
beforeAll(async () => {
  api = await startChannelApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of ['channel', 'delivery']) await api.sql.query(`DELETE FROM ${table}`);
});

const create = async (target: object): Promise<string> =>
  (await api.call(api.mine.writer, 'POST', '/v1/channels', { body: { target } })).body.id;
const sendTest = (body: object, key = api.mine.writer) => api.call(key, 'POST', '/v1/channel-tests', { body });
/** Where the last test goes, with its secrets. */
const sent = async () => {
  const { rows } = await api.sql.query<{ id: string; sealed: string; organisationId: string }>(
    `SELECT id, sealed_target AS sealed, organisation_id AS "organisationId" FROM delivery ORDER BY created_at DESC LIMIT 1`,
  );
  const [row] = rows;
  if (row === undefined) return null;
  return openTarget(
    api.deps.keyring,
    { table: 'delivery', organisationId: row.organisationId, rowId: row.id },
    row.sealed,
  );
};

const bot = { kind: 'slack', token: 'xoxb-1-very-secret', channel: '#ops', signingSecret: 'shh-very-secret' };

test('a Slack bot whose token stays is tested where it would speak, and says nothing of its token', async () => {
  const channelId = await create(bot);
  const answer = await sendTest({ channelId, target: { kind: 'slack', channel: '#night' } });
  expect([answer.status, answer.text.includes('very-secret')]).toEqual([202, false]);
  expect(await sent()).toEqual({ ...bot, mode: 'bot', channel: '#night' });
  expect((await sendTest({ target: { kind: 'slack', channel: '#night' } })).body.status).toBe(400);
});

test('a bot without a signing secret is a bot: it has its token, and a place for the buttons to come', async () => {
  const { signingSecret: _, ...bare } = bot;
  const channelId = await create(bare);
  const view = (await api.call(api.mine.reader, 'GET', `/v1/channels/${channelId}`)).body;
  expect(view.interactionUrl).toContain(channelId);
  expect((await sendTest({ channelId, target: { kind: 'slack', channel: '#night' } })).status).toBe(202);
  expect(await sent()).toEqual({ ...bare, mode: 'bot', channel: '#night', signingSecret: null });
});

test('a webhook keeps its headers and its signature at its own origin, and takes neither to another', async () => {
  const headers = { authorization: 'Bearer very-secret' };
  const channelId = await create({ kind: 'webhook', url: 'https://hooks.example.com/a', headers });
  const saved = await storedIn(api, channelId);
  const to = (url: string) => sendTest({ channelId, target: { kind: 'webhook', url } });
  await to('https://hooks.example.com/b');
  expect(await sent()).toEqual({ ...saved, url: 'https://hooks.example.com/b' });
  for (const url of ['https://hooks.example.org/a', 'http://hooks.example.com/a', 'https://hooks.example.com:8443/a']) {
    await api.sql.query('DELETE FROM delivery');
    expect((await to(url)).status).toBe(202);
    const elsewhere = await sent();
    expect(elsewhere).toMatchObject({ url, headers: {} });
    expect(JSON.stringify(elsewhere)).not.toContain('very-secret');
    expect(saved).not.toMatchObject({ secrets: (elsewhere as typeof saved & { secrets: unknown }).secrets }); // a webhook, as was just seen
  }
});

test('another organisation’s channel, or one of another kind, is not there', async () => {
  const channelId = await create(bot);
  const slack = { kind: 'slack', channel: '#night' };
  const webhook = { kind: 'webhook', url: 'https://hooks.example.com/a' };
  for (const answer of [
    await sendTest({ channelId, target: slack }, api.other.writer),
    await sendTest({ channelId, target: webhook }),
    await sendTest({ channelId: api.mine.id, target: slack }),
  ])
    expect([answer.status, await sent()]).toEqual([404, null]);
});

test('an address that has agreed can be tested where it stays, and no other one', async () => {
  const mail = { kind: 'email', address: 'ops@example.com' };
  const channelId = await create(mail);
  expect((await sendTest({ channelId, target: mail })).status).toBe(409);
  await api.sql.query(`UPDATE channel SET status = 'active'`);
  expect((await sendTest({ channelId, target: { ...mail, address: 'Ops@example.com' } })).status).toBe(202);
  expect((await sendTest({ channelId, target: { ...mail, address: 'eve@example.com' } })).body.code).toBe(
    'consent-needed',
  );
  expect((await sendTest({ target: mail })).body.code).toBe('consent-needed');
});
