import { getAssignments } from '@farwatch/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApi, type TestApi, testOrigin, testRegion } from '../../test-api.fixture.ts';
import { hashOf } from './api-key-store.ts';

let api: TestApi;
let ann: Person;
beforeAll(async () => {
  api = await startTestApi();
  ann = await api.signUp();
});
afterAll(() => api[Symbol.asyncDispose]());

const withToken = (token: string) => ({ authorization: `Bearer ${token}` });

test('a key is shown once, and only its hash is in the database', async () => {
  const made = await ann.send({ method: 'POST', url: '/v1/api-keys', payload: { name: 'CI', scope: 'write' } });
  expect(made.statusCode).toBe(201);
  const { id, key, start } = made.json();
  expect(key).toMatch(/^fw_[A-Za-z0-9_-]{43}$/u);
  expect(key.startsWith(start)).toBe(true);
  expect((await ann.send({ url: '/v1/api-keys' })).body).not.toContain(key);
  const { rows } = await api.deps.db.sql.query<{ row: string; hash: Buffer }>(
    `SELECT to_json(k)::text AS row, hash FROM api_key k WHERE id = $1`,
    [id],
  );
  expect(rows[0]?.row).not.toContain(key);
  expect(rows[0]?.hash).toEqual(hashOf(key));
});

test('a key does what its scope says: reading may not write, and neither may handle keys', async () => {
  const [reader, writer] = [await api.keyOf(ann, 'read'), await api.keyOf(ann, 'write')];
  const channel = {
    payload: { target: { kind: 'email', address: 'ops@example.com' } },
    method: 'POST',
    url: '/v1/channels',
  } as const;
  expect((await reader.send({ url: '/v1/channels' })).statusCode).toBe(200);
  const refused = await reader.send(channel);
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'insufficient-scope']);
  expect((await writer.send(channel)).statusCode).toBe(201);
  const own = await writer.send({ method: 'POST', url: '/v1/api-keys', payload: { name: 'x', scope: 'write' } });
  expect([own.statusCode, own.json().code]).toEqual([403, 'owner-only']);
  expect((await writer.send({ url: '/v1/me' })).json()).toMatchObject({ account: null, organisation: { role: null } });
});

test('a revoked key is nobody from the next request on', async () => {
  const { id, send } = await api.keyOf(ann, 'read');
  expect((await send({ url: '/v1/me' })).statusCode).toBe(200);
  expect((await ann.send({ method: 'DELETE', url: `/v1/api-keys/${id}` })).statusCode).toBe(204);
  expect((await send({ url: '/v1/me' })).json()).toMatchObject({ status: 401, code: 'unauthorised' });
  expect((await ann.send({ method: 'DELETE', url: `/v1/api-keys/${id}` })).statusCode).toBe(404);
});

test('another organisation’s key can not be revoked and is 404, as is an id nobody could have', async () => {
  const bob = await api.signUp();
  const { id, send } = await api.keyOf(ann, 'read');
  const answers = [
    await bob.send({ method: 'DELETE', url: `/v1/api-keys/${id}` }),
    await bob.send({ method: 'DELETE', url: '/v1/api-keys/not-an-id' }),
  ];
  for (const answer of answers) expect([answer.statusCode, answer.json().code]).toEqual([404, 'not-found']);
  expect((await send({ url: '/v1/me' })).statusCode).toBe(200);
  expect((await bob.send({ url: '/v1/api-keys' })).json().items).toEqual([]);
});

test('the last use is noted, at most once a minute', async () => {
  const { id, send } = await api.keyOf(ann, 'read');
  const lastUsed = async () => {
    const { items } = (await ann.send({ url: '/v1/api-keys?limit=100' })).json();
    return items.find((item: { id: string }) => item.id === id).lastUsedAt;
  };
  expect(await lastUsed()).toBeNull();
  await send({ url: '/v1/me' });
  const first = await lastUsed();
  expect(Date.parse(first)).toBeGreaterThan(Date.now() - 60_000);
  await send({ url: '/v1/me' });
  expect(await lastUsed()).toBe(first);
});

test('keys are listed newest first in pages that can be walked both ways', async () => {
  const bob = await api.signUp();
  for (let i = 0; i < 5; i++) await api.keyOf(bob, 'read');
  const all = (await bob.send({ url: '/v1/api-keys' })).json().items.map(({ id }: { id: string }) => id);
  const first = await bob.send({ url: '/v1/api-keys?limit=2' });
  expect(first.headers.link).toBe(`</v1/api-keys?limit=2&cursor=${first.json().next}>; rel="next"`);
  const second = (await bob.send({ url: `/v1/api-keys?limit=2&cursor=${first.json().next}` })).json();
  expect([...first.json().items, ...second.items].map(({ id }: { id: string }) => id)).toEqual(all.slice(0, 4));
  const back = (await bob.send({ url: `/v1/api-keys?limit=2&cursor=${second.previous}` })).json();
  expect(back.items).toEqual(first.json().items);
  const bad = await bob.send({ url: '/v1/api-keys?cursor=bm9uc2Vuc2U' });
  expect(bad.json()).toMatchObject({ status: 400, code: 'invalid-cursor', errors: [{ pointer: '/query/cursor' }] });
});

test.each([
  ['no credentials', {}],
  ['a key that was never made', withToken(`fw_${'A'.repeat(43)}`)],
  ['something else than a key', withToken('eyJhbGciOiJub25lIn0.e30.')],
  ['another scheme', { authorization: 'Basic YTpi' }],
])('%s is 401', async (_, headers: Record<string, string>) => {
  const answer = await api.send({ url: '/v1/me', headers });
  expect(answer.statusCode).toBe(401);
  expect(answer.headers['www-authenticate']).toContain('Bearer');
  expect(answer.json().code).toBe('unauthorised');
});

test('a region’s token opens the probes’ part and nothing else, and no key opens that', async () => {
  const probe = withToken(testRegion.token);
  expect((await api.send({ url: getAssignments.url, headers: probe })).json()).toMatchObject({ region: testRegion.id });
  expect((await api.send({ url: '/v1/me', headers: probe })).json().code).toBe('wrong-credentials');
  expect((await ann.send({ url: getAssignments.url })).json().code).toBe('wrong-credentials');
});

test.each([
  ['no word of where it comes from', {}, 403],
  ['another site', { origin: 'https://evil.example' }, 403],
  ['another site, by the browser’s word', { origin: testOrigin, 'sec-fetch-site': 'cross-site' }, 403],
  ['a sandboxed frame', { origin: 'null' }, 403],
  ['the dashboard', { origin: testOrigin }, 201],
  ['the dashboard, by the browser’s word', { 'sec-fetch-site': 'same-origin' }, 201],
  ['the dashboard under loopback’s other name', { origin: 'http://localhost:3999' }, 201],
])('a write with a session cookie from %s', async (_, headers: Record<string, string>, status) => {
  const payload = { name: 'x', scope: 'read' };
  const answer = await api.send({
    method: 'POST',
    url: '/v1/api-keys',
    payload,
    headers: { cookie: ann.cookie, ...headers },
  });
  expect(answer.statusCode).toBe(status);
  if (status === 403) expect(answer.json().code).toBe('cross-site-request');
});
