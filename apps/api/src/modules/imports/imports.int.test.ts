import type { MonitorView } from '@farwatch/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  await api.sql.query('DELETE FROM monitor');
});

const preview = (text: string, format = 'auto', key = api.mine.writer) =>
  api.call(key, 'POST', '/v1/monitor-imports/preview', { body: { text, format } });
const make = (items: readonly object[], key = api.mine.writer) =>
  api.call(key, 'POST', '/v1/monitors/batch', { body: { items } });
const fileOf = (format: string, key = api.mine.reader) => api.call(key, 'GET', `/v1/monitors/export?format=${format}`);

test('a preview stores nothing, judges as the API does, and names what is there already', async () => {
  await make([{ monitor: { url: 'https://here.example/' } }]);
  const { status, body } = await preview(
    'https://here.example/\nnew.example\nhttps://new.example\nhttps://10.0.0.1/\nhttps://user:pw@x.example/',
  );
  expect([status, body.format]).toEqual([200, 'lines']);
  expect(body.items).toMatchObject([
    { monitor: { url: 'https://here.example/' }, duplicate: 'stored', fault: null },
    { monitor: { url: 'https://new.example/', name: 'new.example' }, duplicate: null },
    { duplicate: 'text' },
    { monitor: null, fault: expect.stringContaining('not allowed') },
    { monitor: null, fault: expect.any(String) },
  ]);
  const { rows } = await api.sql.query('SELECT 1 FROM monitor');
  expect(rows).toHaveLength(1);
});

test('what breaks the contract is said with its field', async () => {
  const { body } = await preview('monitors:\n  - url: https://a.example/\n    intervalMs: 5\n  - colour: red\n');
  expect(body.items).toMatchObject([{ fault: expect.stringContaining('intervalMs') }, { fault: expect.any(String) }]);
  expect((await preview('{', 'uptime-kuma')).body).toMatchObject({ status: 422, code: 'import-unreadable' });
  const many = Array.from({ length: 1_001 }, (_, i) => `https://a${i}.example/`).join('\n');
  expect((await preview(many)).body).toMatchObject({ status: 422, code: 'too-many-monitors' });
});

test('each is made or refused for itself, in order', async () => {
  const { body } = await make([
    { monitor: { url: 'https://a.example/', tags: ['eu'] } },
    { monitor: { url: 'https://10.0.0.1/' } },
    { monitor: { url: 'https://b.example/' }, paused: true },
  ]);
  expect(body.items).toMatchObject([
    { monitor: { url: 'https://a.example/', status: 'pending', tags: ['eu'] }, problem: null },
    { monitor: null, problem: { status: 400, code: 'validation-failed' } },
    { monitor: { url: 'https://b.example/', status: 'paused' }, problem: null },
  ]);
  expect((await make([{ monitor: { url: 'https://c.example/' } }], api.mine.reader)).status).toBe(403);
  expect((await preview('a.example', 'auto', api.mine.reader)).status).toBe(403);
});

/** What matters of a monitor: everything but what this installation gave it. */
const essence = ({ id: _, createdAt, updatedAt, statusSince, pausedAt, status, lastResult, ...rest }: MonitorView) => ({
  ...rest,
  paused: pausedAt !== null,
});
const listed = async (key: string) => (await api.call(key, 'GET', '/v1/monitors?limit=100')).body.items.map(essence);

const rich = {
  ...{ url: 'https://api.example/v1', name: '=SUM(1), "quoted"\u2028 line', method: 'POST', body: '{"a":\n1}' },
  ...{ headers: { 'Content-Type': 'application/json' }, intervalMs: 60_000, timeoutMs: 9_500, maxRedirects: 0 },
  ...{ expectedStatuses: '200,201-204', regions: ['fra'], tags: ['eu', 'a/b'], alertAfterMs: 60_000, verifyTls: false },
  ...{ policy: { agree: 'all', failuresToOpen: 3 }, degradedAboveMs: 800 },
  assertions: [{ kind: 'json', path: '$.ok', compare: 'equals', value: 'true' }],
  connection: { httpVersion: '1.1' },
};

test.each(['yaml', 'json'])('what is exported as %s is the same when it is imported elsewhere', async (format) => {
  await make([{ monitor: rich }, { monitor: { url: 'https://plain.example/' }, paused: true }]);
  const file = await fileOf(format);
  expect(file.headers['content-disposition']).toContain(`farwatch-monitors.${format}`);
  const read = await preview(file.text, 'auto', api.other.writer);
  expect(read.body.items.map(({ fault }: { fault: string | null }) => fault)).toEqual([null, null]);
  const items = read.body.items.map(({ monitor, paused }: { monitor: object; paused: boolean }) => ({
    monitor,
    paused,
  }));
  expect((await make(items, api.other.writer)).status).toBe(200);
  expect(await listed(api.other.reader)).toEqual(await listed(api.mine.reader));
  await api.sql.query('DELETE FROM monitor');
});

test('CSV keeps what spreadsheets can, and no secret is in any file', async () => {
  await make([
    { monitor: { ...rich, auth: { kind: 'bearer', token: 'top-secret' } } },
    { monitor: { url: 'https://plain.example/' }, paused: true },
  ]);
  for (const format of ['yaml', 'csv', 'json']) expect((await fileOf(format)).text).not.toContain('top-secret');
  expect((await fileOf('yaml')).text).toContain('Set them again for');
  const csv = (await fileOf('csv')).text;
  expect(csv).toContain("'=SUM(1)"); // no spreadsheet runs it
  const { body } = await preview(csv, 'auto', api.other.writer);
  expect(body.format).toBe('csv');
  expect(body.items).toMatchObject([
    {
      monitor: { name: rich.name, url: rich.url, method: 'POST', tags: ['eu', 'a/b'], expectedStatuses: '200,201-204' },
    },
    { monitor: { url: 'https://plain.example/' }, paused: true },
  ]);
  expect((await fileOf('csv', api.other.reader)).text.trim().split('\n')).toHaveLength(1); // its own, none
});
