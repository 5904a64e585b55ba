import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepResults, resultOf } from '../../world.fixture.ts';
import { type Api, startApi } from '../api.fixture.ts';

let api: Api;
let monitorId: string;
let resultId: string;
const at = Math.floor(Date.now() / 60_000) * 60_000 - 3_600_000;
const body = '<script>alert(1)</script> key=hunter2';
const secrets = ['hunter2', 'sid=1', 'abc123', 'per-user', '203.0.113.9'];

const hop = {
  ...{ url: 'https://shop.example/?token=abc123', address: '203.0.113.7', httpVersion: '2', status: 502, coding: null },
  ...{ tried: [], tls: null, wireBytes: 10, decodedBytes: 10 },
  phases: { dnsMs: 1, connectMs: 1, tlsMs: null, requestMs: 0, firstByteMs: 1, downloadMs: 1 },
};

beforeAll(async () => {
  api = await startApi();
  const url = 'https://shop.example/cart?token=abc123';
  monitorId = (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { name: 'Shop', url } })).body.id;
  await keepResults(api.db, [
    resultOf(monitorId, '502', at, {
      region: 'fra',
      outcome: { verdict: 'down', failure: { kind: 'assertion', expected: 'contains ok', got: 'key=hunter2' } },
    }),
  ]);
  resultId = `${at}-fra-any`;
  const evidence = {
    ...{ url, status: 502, reason: 'Bad Gateway', bodyTruncated: false, bodyBase64: btoa(body) },
    headers: [
      ['server', 'nginx'],
      ['Set-Cookie', 'sid=1'],
      ['X-Auth-Token', 'per-user'],
      ['Location', 'https://ada:hunter2@shop.example/login?token=abc123#per-user'],
    ],
  };
  const twin = {
    origin: 'http://203.0.113.9',
    verdict: 'good',
    reason: null,
    hop: null,
    bodyBase64: null,
    headers: [],
  };
  await api.sql.query(
    `INSERT INTO evidence (monitor_id, scheduled_at, region, family, evidence, details)
     VALUES ($1, to_timestamp($2::float8 / 1000), 'fra', 'any', $3, $4)`,
    [monitorId, at, JSON.stringify(evidence), JSON.stringify({ hops: [hop], findings: [], twin })],
  );
});
afterAll(() => api[Symbol.asyncDispose]());

const share = (more: object = {}, who = api.mine.writer) =>
  api.call(who, 'POST', '/v1/shares', { body: { kind: 'look', monitorId, resultId, ...more } });
const tokenOf = (url: string): string => /^https:\/\/watch\.test\/s\/([\w-]{32})$/u.exec(url)?.[1] ?? 'none';
const look = (token: string) => api.call('', 'GET', `/v1/shares/${token}`);

test('whoever has the link sees the look without an account, and nothing that lets somebody in', async () => {
  const made = await share();
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ kind: 'look', monitorName: 'Shop', subject: resultId, author: 'API key' });
  expect(Date.parse(made.body.expiresAt) - Date.parse(made.body.createdAt)).toBe(7 * 86_400_000);
  const token = tokenOf(made.body.url);
  const shown = await look(token);
  expect(shown.status).toBe(200);
  expect(shown.headers).toMatchObject({
    ...{ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' },
  });
  expect(shown.body).toMatchObject({
    ...{ kind: 'look', monitorName: 'Shop', url: 'https://shop.example/cart?…', withBody: false, detailsOf: resultId },
    result: { id: resultId, outcome: { failure: { expected: 'contains ok', got: '…' } } },
    evidence: { url: 'https://shop.example/cart?…', bodyBase64: '' },
    details: { hops: [{ url: 'https://shop.example/?…', address: '203.0.113.7' }] },
  });
  expect(shown.body.evidence.headers).toEqual([
    ['server', 'nginx'],
    ['Set-Cookie', '…'],
    ['X-Auth-Token', '…'],
    ['Location', 'https://shop.example/login?…'],
  ]);
  for (const secret of [...secrets, btoa(body)]) expect(shown.text).not.toContain(secret);
});

test('the body is there when the sharer says so', async () => {
  const made = await share({ withBody: true, expiresInDays: 1 });
  const shown = await look(tokenOf(made.body.url));
  expect(atob(shown.body.evidence.bodyBase64)).toBe(body);
  expect(shown.body.result.outcome.failure.got).toBe('key=hunter2');
  expect(shown.text).not.toContain('sid=1');
});

test('revoked, expired and unknown links are the same 404, and the token is kept nowhere', async () => {
  const [revoked, expired] = [await share(), await share()];
  const { rows } = await api.sql.query('SELECT to_jsonb(s)::text AS row FROM share s');
  for (const { body: made } of [revoked, expired])
    for (const { row } of rows) expect(String(row)).not.toContain(tokenOf(made.url));
  const listed = async () =>
    (await api.call(api.mine.reader, 'GET', `/v1/shares?monitorId=${monitorId}&limit=100`)).body.items.map(
      ({ id }: { id: string }) => id,
    );
  expect(await listed()).toEqual(expect.arrayContaining([revoked.body.id, expired.body.id]));
  await api.sql.query('UPDATE share SET expires_at = now() WHERE id = $1', [expired.body.id]);
  expect((await api.call(api.mine.writer, 'DELETE', `/v1/shares/${revoked.body.id}`)).status).toBe(204);
  expect(await listed()).not.toEqual(expect.arrayContaining([revoked.body.id]));
  expect(await listed()).not.toEqual(expect.arrayContaining([expired.body.id]));
  const answers = [tokenOf(revoked.body.url), tokenOf(expired.body.url), 'x'.repeat(32)].map(look);
  const told = (await Promise.all(answers)).map(({ status, body: { requestId: _, ...said } }) => ({ status, said }));
  expect(told[0]?.status).toBe(404);
  expect(told).toEqual([told[0], told[0], told[0]]);
});

test('another organisation neither shares nor lists nor revokes, and a reading key doesn’t share', async () => {
  const { body: made } = await share();
  expect((await share({}, api.other.writer)).status).toBe(404);
  expect((await share({}, api.mine.reader)).status).toBe(403);
  expect((await share({ resultId: `${at + 1}-fra-any` })).status).toBe(404);
  expect((await share({ expiresInDays: 365 })).status).toBe(400);
  expect((await api.call(api.other.reader, 'GET', '/v1/shares')).body.items).toEqual([]);
  expect((await api.call(api.other.writer, 'DELETE', `/v1/shares/${made.id}`)).status).toBe(404);
  expect((await look(tokenOf(made.url))).status).toBe(200);
});

test('two hundred links are enough', async () => {
  const answers: number[] = [];
  for (let i = 0; i < 201 && answers.at(-1) !== 409; i++) answers.push((await share()).status);
  expect(answers.at(-1)).toBe(409);
  await api.sql.query('UPDATE share SET expires_at = now() WHERE monitor_id = $1', [monitorId]);
  expect((await share()).status).toBe(201);
});

test('a link ends with its monitor', async () => {
  const { body: made } = await share();
  await api.call(api.mine.writer, 'DELETE', `/v1/monitors/${monitorId}`);
  expect((await look(tokenOf(made.url))).status).toBe(404);
});
