import { Buffer } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { needs } from '@farwatch/testkit';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApi, type TestApi } from '../test-api.fixture.ts';

const corpora = '/work/shared/corpora';
const jsonSuite = `${corpora}/strings/jsontestsuite-parsing.jsonl.gz`;
const naughtyStrings = `${corpora}/strings/blns.json`;

let api: TestApi;
let ann: Person;
beforeAll(async () => {
  api = await startTestApi();
  ann = await api.signUp();
});
afterAll(() => api[Symbol.asyncDispose]());

const stored = async (): Promise<string> => {
  const tables = ['api_key', 'channel', 'monitor', 'idempotency_key'].map((t) => `(SELECT count(*) FROM ${t})`);
  const { rows } = await api.deps.db.sql.query<{ n: string }>(`SELECT concat_ws(',', ${tables.join(', ')}) AS n`);
  return rows[0]?.n ?? '';
};

const json = { 'content-type': 'application/json' };
const newKey = (payload: string | object, headers: Record<string, string> = json): InjectOptions => ({
  method: 'POST',
  url: '/v1/api-keys',
  payload,
  headers,
});
const good = { name: 'x', scope: 'read' };

const table: (readonly [
  what: string,
  request: InjectOptions,
  status: number,
  code: string,
  pointer?: string,
  word?: string,
])[] = [
  ['a body that is not JSON', newKey('{"name": '), 400, 'malformed-json'],
  ['a body in another encoding', { ...newKey('x'), payload: Buffer.from([0x22, 0xff, 0x22]) }, 400, 'malformed-json'],
  ['an empty body where one is needed', newKey(''), 400, 'malformed-json'],
  ['a list instead of an object', newKey('[]'), 400, 'validation-failed', '', 'wrong-type'],
  ['null', newKey('null'), 400, 'validation-failed'],
  [
    'a name that would reach the prototype',
    newKey('{"__proto__": {"x": 1}, "name": "x", "scope": "read"}'),
    400,
    'malformed-json',
  ],
  ['a NUL in a text', newKey({ ...good, name: 'a\0b' }), 400, 'nul-character', '/name', 'nul-character'],
  ['a NUL in a field’s name', newKey({ ...good, 'a\0b': 1 }), 400, 'nul-character'],
  ['a NUL in a filter', { url: '/v1/monitors?search=%00' }, 400, 'nul-character', '/query/search', 'nul-character'],
  ['a NUL in an id', { url: '/v1/monitors/%00' }, 400, 'nul-character'],
  ['an unknown field', newKey({ ...good, admin: true }), 400, 'validation-failed', '/admin', 'unknown-field'],
  [
    'an unknown field with a slash',
    newKey({ ...good, 'a/b~': 1 }),
    400,
    'validation-failed',
    '/a~1b~0',
    'unknown-field',
  ],
  ['a missing field', newKey({ scope: 'read' }), 400, 'validation-failed', '/name', 'missing'],
  ['a number for a text', newKey({ ...good, name: 7 }), 400, 'validation-failed', '/name', 'wrong-type'],
  [
    'a word that is not in the list',
    newKey({ ...good, scope: 'all' }),
    400,
    'validation-failed',
    '/scope',
    'not-allowed',
  ],
  [
    'a text that is too long',
    newKey({ ...good, name: 'x'.repeat(101) }),
    400,
    'validation-failed',
    '/name',
    'too-long',
  ],
  [
    'an unknown field in one kind of a union',
    { ...newKey({ target: { kind: 'email', address: 'a@example.com', x: 1 } }), url: '/v1/channels' },
    400,
    'validation-failed',
    '/target/x',
    'unknown-field',
  ],
  [
    'a limit that is too large',
    { url: '/v1/monitors?limit=1001' },
    400,
    'validation-failed',
    '/query/limit',
    'too-large',
  ],
  [
    'a limit that is no number',
    { url: '/v1/monitors?limit=ten' },
    400,
    'validation-failed',
    '/query/limit',
    'wrong-type',
  ],
  ['an id nobody could have', { url: '/v1/monitors/1' }, 404, 'not-found'],
  [
    'a body that is no JSON by its type',
    newKey('name=x', { 'content-type': 'application/x-www-form-urlencoded' }),
    415,
    'unsupported-media-type',
  ],
  ['a body without a type', newKey('{}', {}), 415, 'unsupported-media-type'],
  ['a body of more than 256 kB', newKey({ ...good, name: 'x'.repeat(262_144) }), 413, 'body-too-large'],
  ['a body of too many values', newKey(`[${'0,'.repeat(120_000)}0]`), 400, 'body-too-complex'],
  ['a body nested without end', newKey('['.repeat(100_000) + ']'.repeat(100_000)), 400, 'malformed-json'],
  ['an unknown path', { url: '/v1/nothing-here' }, 404, 'not-found'],
  ['a method the path does not know', { method: 'PUT', url: '/v1/monitors' }, 405, 'method-not-allowed'],
  ['a path that is no URL', { url: '/v1/monitors/%E0%A4%A' }, 400, 'malformed-url'],
];

const rows = table.map(([what, request, status, code, pointer, word]) => ({
  what,
  request,
  status,
  code,
  pointer,
  word,
}));
test.each(rows)('$what is a problem that names it, and nothing is stored', async (row) => {
  const { request, status, code, pointer, word } = row;
  const before = await stored();
  const requestId = 'req-7.bad_input';
  const answer = await ann.send({ ...request, headers: { ...request.headers, 'x-request-id': requestId } });
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/u);
  expect(answer.headers['x-request-id']).toBe(requestId);
  const body = answer.json();
  expect(body).toMatchObject({ status, code, requestId, type: `https://farwatch.dev/problems/${code}` });
  expect([typeof body.title, typeof body.detail]).toEqual(['string', 'string']);
  if (pointer !== undefined)
    expect(body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ pointer, code: word })]));
  expect(await stored()).toBe(before);
});

test('a request id that could forge a log line is replaced', async () => {
  for (const id of ['a b', 'x'.repeat(200), '{"a":1}', 'é']) {
    const answer = await ann.send({ url: '/v1/me', headers: { 'x-request-id': Buffer.from(id).toString('latin1') } });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/u);
  }
});

test('what breaks inside is answered without a word about the inside', async () => {
  const broken = await startTestApi();
  const person = await broken.signUp();
  await broken.deps.db.sql.query('ALTER TABLE api_key RENAME TO secret_table');
  const answer = await person.send({ url: '/v1/api-keys' });
  expect(answer.statusCode).toBe(500);
  expect(answer.json()).toMatchObject({ code: 'internal-error', title: 'Internal error' });
  expect(answer.body).not.toMatch(/api_key|relation|select/iu);
  await broken[Symbol.asyncDispose]();
});

test('a caller that has used up its budget is told when to come again', async () => {
  await using small = await startTestApi({ FARWATCH_REQUEST_LIMIT: '5' });
  const person = await small.signUp();
  const answers = [];
  for (let i = 0; i < 6; i++) answers.push(await person.send({ url: '/v1/me' }));
  const [second, last] = [answers[1], answers.at(-1)];
  expect(second?.headers['ratelimit-policy']).toBe('"default";q=5;w=60');
  expect(second?.headers.ratelimit).toMatch(/^"default";r=\d+;t=\d+$/u);
  expect(last?.statusCode).toBe(429);
  expect(last?.json().code).toBe('rate-limited');
  expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
});

type Case = Readonly<{ name: string; expect: 'accept' | 'reject' | 'either'; b64: string }>;
needs('the JSON test suite', existsSync(jsonSuite)).test(
  'every body of the JSON test suite is read or refused, and none breaks anything',
  async () => {
    const lines = gunzipSync(readFileSync(jsonSuite)).toString().trim().split('\n');
    const cases: Case[] = lines.map((line) => JSON.parse(line));
    expect(cases.length).toBeGreaterThan(300);
    const { send } = await api.keyOf(ann, 'write');
    const wrong: string[] = [];
    for (const { name, expect: verdict, b64 } of cases) {
      const payload = Buffer.from(b64, 'base64');
      const answer = await send({ method: 'POST', url: '/v1/channels', headers: json, payload });
      const { code } = answer.json();
      const read = code === 'validation-failed' || code === 'nul-character';
      const asExpected = verdict === 'either' || read === (verdict === 'accept');
      if (answer.statusCode !== 400 || !asExpected) wrong.push(`${name}: ${answer.statusCode} ${code}`);
    }
    expect(wrong).toEqual([]);
  },
  120_000,
);

needs('the list of naughty strings', existsSync(naughtyStrings)).test(
  'every naughty string is stored as it is, or refused',
  async () => {
    const strings: string[] = JSON.parse(readFileSync(naughtyStrings, 'utf8'));
    const { send } = await api.keyOf(ann, 'write');
    const payload = { target: { kind: 'email', address: 'ops@example.com' } };
    const { id } = (await send({ method: 'POST', url: '/v1/channels', payload })).json();
    const wrong: string[] = [];
    for (const name of strings) {
      const answer = await send({ method: 'PATCH', url: `/v1/channels/${id}`, payload: { name } });
      const fine = answer.statusCode === 200 ? answer.json().name === name : answer.statusCode === 400;
      if (!fine) wrong.push(`${answer.statusCode} ${JSON.stringify(name)}`);
    }
    expect(wrong).toEqual([]);
  },
  120_000,
);
