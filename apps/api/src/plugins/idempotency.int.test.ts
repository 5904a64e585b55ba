import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApi, type TestApi } from '../test-api.fixture.ts';

let api: TestApi;
let ann: Person;
beforeAll(async () => {
  api = await startTestApi();
  ann = await api.signUp();
});
afterAll(() => api[Symbol.asyncDispose]());

const make = (person: Person, key: string, name = 'CI', scope = 'read') =>
  person.send({ method: 'POST', url: '/v1/api-keys', headers: { 'idempotency-key': key }, payload: { name, scope } });
const keysOf = async (person: Person): Promise<number> =>
  (await person.send({ url: '/v1/api-keys' })).json().items.length;

test('asked again, a POST gets the same answer and does nothing', async () => {
  const before = await keysOf(ann);
  const first = await make(ann, 'once');
  const again = await make(ann, 'once');
  expect(again.statusCode).toBe(201);
  expect(again.body).toBe(first.body);
  expect(again.headers['content-type']).toBe(first.headers['content-type']);
  expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
  expect(await keysOf(ann)).toBe(before + 1);
});

test('asked many times at once, it happens once', async () => {
  const before = await keysOf(ann);
  const answers = await Promise.all(Array.from({ length: 8 }, () => make(ann, 'at-once')));
  expect(answers.filter(({ statusCode }) => statusCode === 201).length).toBeGreaterThan(0);
  for (const answer of answers.filter(({ statusCode }) => statusCode !== 201))
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'idempotency-key-in-use']);
  expect(await keysOf(ann)).toBe(before + 1);
});

test('the key of one request is refused for another', async () => {
  await make(ann, 'mine');
  const other = await make(ann, 'mine', 'another body');
  expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency-key-reused']);
});

test('another organisation may use the same key for itself', async () => {
  const bob = await api.signUp();
  const [hers, his] = [await make(ann, 'shared'), await make(bob, 'shared')];
  expect(his.json().id).not.toBe(hers.json().id);
  expect(his.headers['idempotent-replayed']).toBeUndefined();
});

test('what was shown once is not readable in the stored answer', async () => {
  const { key } = (await make(ann, 'secret-answer')).json();
  const { rows } = await api.deps.db.sql.query<{ row: string }>(
    `SELECT to_json(k)::text AS row FROM idempotency_key k`,
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { row } of rows) expect(row).not.toContain(key.slice(3));
});

test('what was sent can’t be guessed and proved from the database alone', async () => {
  await make(ann, 'secret-body');
  const sent = JSON.stringify({ name: 'CI', scope: 'read' });
  const guess = createHash('sha256')
    .update(JSON.stringify(['POST', '/v1/api-keys', sent]))
    .digest();
  const { rows } = await api.deps.db.sql.query<{ fingerprint: Uint8Array }>('SELECT fingerprint FROM idempotency_key');
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ fingerprint }) => guess.equals(fingerprint))).toEqual([]);
});

test('a request that was refused as malformed leaves the key free', async () => {
  expect((await make(ann, 'second-try', 'CI', 'admin')).statusCode).toBe(400);
  expect((await make(ann, 'second-try')).statusCode).toBe(201);
});

test('after a day the key may be used anew', async () => {
  const first = await make(ann, 'yesterday');
  await api.deps.db.sql.query(`UPDATE idempotency_key SET created_at = now() - interval '25 hours'`);
  const next = await make(ann, 'yesterday', 'a new day');
  expect(next.statusCode).toBe(201);
  expect(next.json().id).not.toBe(first.json().id);
});

test('a request whose process died gives its key back after two minutes', async () => {
  const first = await make(ann, 'crashed');
  const running = `UPDATE idempotency_key SET status = NULL, body = NULL, created_at = now() - $1::interval
    WHERE created_at > now() - interval '1 minute'`;
  await api.deps.db.sql.query(running, ['30 seconds']);
  expect((await make(ann, 'crashed')).json().code).toBe('idempotency-key-in-use');
  await api.deps.db.sql.query(running, ['3 minutes']);
  expect((await make(ann, 'crashed')).json().id).not.toBe(first.json().id);
});

test.each(['', 'a b', 'x'.repeat(256), 'é'])('%j is no Idempotency-Key', async (key) => {
  const answer = await make(ann, key);
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'idempotency-key-invalid']);
});
