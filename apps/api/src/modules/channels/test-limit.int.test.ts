import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addMember, type ChannelApi, startChannelApi } from './channels.fixture.ts';

let api: ChannelApi;
beforeAll(async () => {
  api = await startChannelApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  await api.sql.query('DELETE FROM delivery');
});

const create = async (key = api.mine.writer): Promise<string> => {
  const body = { target: { kind: 'webhook', url: 'https://hooks.example.com/x' } };
  return (await api.call(key, 'POST', '/v1/channels', { body })).body.id;
};
const send = (id: string, key = api.mine.writer) => api.call(key, 'POST', `/v1/channels/${id}/test`);
const makeOlder = (seconds: number) =>
  api.sql.query('UPDATE delivery SET created_at = created_at - make_interval(secs => $1)', [seconds]);

test('a channel takes five test messages a minute, however many ask at once', async () => {
  const id = await create();
  const answers = await Promise.all(Array.from({ length: 8 }, () => send(id)));
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 202, 202, 429, 429, 429]);
  const refused = await send(id);
  expect(refused.body).toMatchObject({ code: 'too-many-tests', status: 429 });
  const seconds = Number(refused.headers['retry-after']);
  expect(seconds).toBeGreaterThan(40);
  expect(seconds).toBeLessThanOrEqual(60);
  expect((await send(await create())).status).toBe(202);
  await makeOlder(60);
  expect((await send(id)).status).toBe(202);
});

test('an organisation sends thirty test messages an hour over all its channels, deleted ones included', async () => {
  for (let n = 0; n < 6; n++) {
    const id = await create();
    for (let i = 0; i < 5; i++) expect((await send(id)).status).toBe(202);
    await api.call(api.mine.writer, 'DELETE', `/v1/channels/${id}`);
  }
  await makeOlder(600);
  const id = await create();
  const refused = await send(id);
  expect([refused.status, refused.body.code]).toEqual([429, 'too-many-tests']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(2_900);
  expect((await send(await create(api.other.writer), api.other.writer)).status).toBe(202);
  await makeOlder(3_000);
  expect((await send(id)).status).toBe(202);
});

test('texts and calls are tested five times an hour by an organisation, saved or not', async () => {
  const body = { target: { kind: 'sms', phone: '+4915112345678' } };
  const id: string = (await api.call(api.mine.writer, 'POST', '/v1/channels', { body })).body.id;
  const unsaved = () => api.call(api.mine.writer, 'POST', '/v1/channel-tests', { body });
  for (let i = 0; i < 3; i++) expect((await send(id)).status).toBe(202);
  for (let i = 0; i < 2; i++) expect((await unsaved()).status).toBe(202);
  expect((await unsaved()).body).toMatchObject({ status: 429, code: 'too-many-tests' });
  expect((await send(id)).status).toBe(429);
  expect((await send(await create())).status).toBe(202);
});

test('whose address nobody has shown to be theirs tests three times an hour, and has no texts and no calls', async () => {
  const ann = await addMember(api, api.other, { name: 'Ann', email: 'ann@example.com', verified: false });
  const asAnn = (path: string, body: object) =>
    api.call(ann.authorization, 'POST', path, { body, headers: ann.headers });
  const mail = { target: { kind: 'email', address: 'Ann@Example.com' } };
  for (let i = 0; i < 3; i++) expect((await asAnn('/v1/channel-tests', mail)).status).toBe(202);
  expect((await asAnn('/v1/channel-tests', mail)).body.code).toBe('too-many-tests');
  const { id } = (await asAnn('/v1/channels', mail)).body;
  expect((await send(id, api.other.writer)).body.code).toBe('too-many-tests');
  expect((await send(await create(api.other.writer), api.other.writer)).status).toBe(202);
  await makeOlder(3_600);
  await api.sql.query(`UPDATE account SET email_verified = true, email = 'moved@example.com' WHERE id = $1`, [ann.id]);
  await api.sql.query('UPDATE account SET email_verified = false WHERE email LIKE $1', ['%@owners.example']);
  for (let i = 0; i < 3; i++) expect((await send(id, api.other.writer)).status).toBe(202);
  expect((await send(id, api.other.writer)).body.code).toBe('too-many-tests');
  await api.sql.query('UPDATE account SET email_verified = true');
  expect((await send(id, api.other.writer)).status).toBe(202);
});

test('texts and calls need an owner with a verified address: to add, to point elsewhere, and to test', async () => {
  const body = { target: { kind: 'sms', phone: '+4915112345678' } };
  const id: string = (await api.call(api.mine.writer, 'POST', '/v1/channels', { body })).body.id;
  await api.sql.query('UPDATE account SET email_verified = false');
  const elsewhere = { target: { kind: 'sms', phone: '+442071838750' } };
  for (const refused of [
    await api.call(api.mine.writer, 'POST', '/v1/channels', { body }),
    await api.call(api.mine.writer, 'POST', '/v1/channels', { body: { target: { ...body.target, kind: 'voice' } } }),
    await api.call(api.mine.writer, 'PATCH', `/v1/channels/${id}`, { body: elsewhere }),
    await api.call(api.mine.writer, 'POST', '/v1/channel-tests', { body }),
    await send(id),
  ])
    expect([refused.status, refused.body.code]).toEqual([409, 'account-unverified']);
  expect((await api.call(api.mine.writer, 'PATCH', `/v1/channels/${id}`, { body: { name: 'Ann' } })).status).toBe(200);
  await api.sql.query('UPDATE account SET email_verified = true');
  expect((await send(id)).status).toBe(202);
});
