import type { CheckResult } from '@farwatch/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportOf, resultOf } from '../../world.fixture.ts';
import { alertPlanner } from '../alerts/alert-planner.ts';
import { type Api, startApi } from '../api.fixture.ts';
import { escalationStore } from '../escalations/store.ts';
import { ingest } from '../results/ingest.ts';
import { beginReading } from './log-reading.ts';
import { sweepDiagnoses } from './sweep.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({ deps: { beginReading } });
});
afterAll(() => api[Symbol.asyncDispose]());

const start = Math.floor((Date.now() - 600_000) / 1_000) * 1_000;
const page =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';
const evidence: CheckResult['evidence'] = {
  ...{ url: 'http://127.0.0.1/', status: 502, reason: 'Bad Gateway', bodyTruncated: false },
  headers: [
    ['Server', 'nginx'],
    ['Date', new Date(start).toUTCString()],
    ['Content-Type', 'text/html'],
    ['Content-Length', String(page.length)],
    ['Connection', 'keep-alive'],
  ],
  bodyBase64: Buffer.from(page).toString('base64'),
};

const take = async (results: readonly CheckResult[]): Promise<void> => {
  const end = Math.max(...results.map(({ startedAt, totalMs }) => startedAt + totalMs));
  const alerts = alertPlanner({ escalations: escalationStore() });
  await ingest({ ...api.deps, alerts, now: () => Math.ceil(end) + 100 })(reportOf(results));
};

const open = async (): Promise<string> => {
  const made = await api.call(api.mine.writer, 'POST', '/v1/monitors', {
    body: { name: 'Shop', url: 'http://127.0.0.1/', regions: ['fra'] },
  });
  const id: string = made.body.id;
  await api.madeAt(id, start - 60_000);
  const at = (seconds: number, word: string, more: Partial<CheckResult> = {}) =>
    resultOf(id, word, start + seconds * 1_000, { region: 'fra', ...more });
  await take([at(-30, 'up'), at(0, '502', { evidence })]);
  await take([at(2, '502', { trigger: 'confirmation' })]);
  await sweepDiagnoses(api.deps)(Date.now());
  const found = await api.call(api.mine.reader, 'GET', `/v1/incidents?monitorId=${id}`);
  return found.body.items[0].id;
};

/** As nginx writes it, in UTC. */
const line = (seconds: number, words: string): string => {
  const [day = '', time = ''] = new Date(start + seconds * 1_000).toISOString().slice(0, 19).split('T');
  return `${day.replaceAll('-', '/')} ${time} [error] 7#7: *${seconds + 9} ${words}, client: 198.51.100.77, server: shop.example, request: "GET /cart?token=s3cr3t-value HTTP/1.1", upstream: "fastcgi://unix:/run/php/php8.2-fpm.sock:", host: "shop.example"\n`;
};
const upload = (id: string, payload: string) =>
  api.app.inject({
    ...{ method: 'POST', url: `/v1/incidents/${id}/logs?name=error.log`, payload },
    headers: { authorization: api.mine.writer, 'content-type': 'text/plain' },
  });
const missing =
  'connect() to unix:/run/php/php8.2-fpm.sock failed (2: No such file or directory) while connecting to upstream';
const log = line(0, missing) + line(2, missing);
const shownOf = async (id: string) =>
  (await api.call(api.mine.reader, 'GET', `/v1/incidents/${id}/diagnosis`)).body.shown;

test('a log says what outside alone can’t, and what was said before is no more once it is taken back', async () => {
  const id = await open();
  const before = await shownOf(id);
  expect(before).toMatchObject({ version: 1, diagnosis: { wroteBy: { product: 'nginx' } } });
  expect(before.diagnosis.certainty).not.toBe('confirmed');
  const handed = await upload(id, log);
  expect(handed.json().reading).toMatchObject({
    counts: [{ cause: 'socket-missing', count: 2, within: 2 }],
    entries: [{ regions: ['fra'] }, { regions: ['fra'] }],
  });
  const with_ = await shownOf(id);
  expect(with_).toMatchObject({
    version: 2,
    why: 'log',
    cause: 'socket-missing',
    diagnosis: { certainty: 'confirmed' },
  });
  await api.call(api.mine.writer, 'DELETE', `/v1/incidents/${id}/logs/${handed.json().id}`);
  expect(await shownOf(id)).toMatchObject({ version: 3, why: 'log', cause: before.cause });
});

test('client addresses, query strings and the text itself are in no table', async () => {
  const id = await open();
  expect(
    (await upload(id, `${log}a line that nobody knows of 198.51.100.77 with ?token=s3cr3t-value\n`)).statusCode,
  ).toBe(201);
  const { rows } = await api.sql.query<{ text: string }>(
    `SELECT l::text AS text FROM incident_log l WHERE incident_id = $1
     UNION ALL SELECT d::text FROM diagnosis d WHERE incident_id = $1 UNION ALL SELECT e::text FROM event e`,
    [id],
  );
  expect(rows.length).toBeGreaterThan(2);
  expect(rows.filter(({ text }) => /198\.51\.100\.77|s3cr3t/u.test(text))).toEqual([]);
});

test('lines of another day say nothing of this incident', async () => {
  const id = await open();
  const { cause } = await shownOf(id);
  const answer = await upload(id, line(-3 * 86_400, missing));
  expect(answer.json().reading.counts).toMatchObject([{ count: 1, within: 0 }]);
  expect((await shownOf(id)).diagnosis.certainty).not.toBe('confirmed');
  expect((await shownOf(id)).cause).toBe(cause);
});
