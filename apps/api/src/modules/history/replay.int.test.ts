import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportOf, resultOf } from '../../world.fixture.ts';
import { type Api, startApi } from '../api.fixture.ts';
import { ingest } from '../results/ingest.ts';

const cli = fileURLToPath(new URL('../../../../cli/src/main.ts', import.meta.url));
let api: Api;
let url: string;
let monitorId: string;
const t0 = Math.floor(Date.now() / 1_000) * 1_000 - 7_200_000;

beforeAll(async () => {
  api = await startApi();
  url = await api.app.listen({ port: 0, host: '127.0.0.1' });
  const body = { name: 'Shop', url: 'https://shop.example/', regions: ['fra', 'iad'] };
  monitorId = (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body })).body.id;
  await api.sql.query('UPDATE monitor_state SET state = $2 WHERE monitor_id = $1', [monitorId, '{}']);
  const take = (region: string, word: string, s: number, lateS = 0) =>
    ingest({
      ...{ db: api.db, events: api.deps.events, now: () => t0 + (s + lateS) * 1_000 + 200 },
      alerts: { plan: async () => [], flapping: async () => [] },
    })(reportOf([resultOf(monitorId, word, t0 + s * 1_000, { region })]));
  for (let round = 0; round < 3; round++) {
    const s = round * 300;
    for (const region of ['fra', 'iad']) await take(region, 'up', s + (region === 'fra' ? 0 : 15));
    await take('fra', '502', s + 30);
    await take('iad', '502', s + 30.3);
    await take('iad', '504', s + 60);
    await take('fra', 'up', s + 90);
    await take('iad', 'up', s + 90.4);
    await take('iad', '504', s + 75, 200); // late, and part of the incident
  }
});
afterAll(() => api[Symbol.asyncDispose]());

type Ended = Readonly<{ code: number; lines: readonly string[]; said: string }>;
const farwatch = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { PATH: process.env.PATH, FARWATCH_URL: url, FARWATCH_API_KEY: api.mine.reader.replace('Bearer ', '') };
    execFile(process.execPath, [cli, 'replay', ...args], { env, timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code);
      resolve({ code, lines: stdout.split('\n').filter((line) => line !== ''), said: stderr });
    });
  });

test('the replay of the stored log is the stored incidents, byte for byte but for ids', async () => {
  const { code, lines, said } = await farwatch(monitorId, '--compare');
  expect([code, said.trim()]).toEqual([0, '3 incidents, no difference']);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    startedAt: new Date(t0 + 30_000).toISOString(),
    resolvedAt: new Date(t0 + 90_000).toISOString(),
    endReason: 'recovered',
    cause: { kind: 'status', status: 502 },
    regions: ['fra', 'iad'],
  });
});

test('an incident that began before the range is judged from its beginning', async () => {
  const from = new Date(t0 + 350_000).toISOString(); // amid the second incident
  const { code, lines, said } = await farwatch(monitorId, '--compare', '--from', from);
  expect([code, said.trim()]).toEqual([0, '2 incidents, no difference']);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ startedAt: new Date(t0 + 330_000).toISOString() });
});

test('a key that no header can carry is refused and not printed', async () => {
  const { code, said } = await farwatch(monitorId, '--key', 'fw_secret\nvalue');
  expect(code).toBe(2);
  expect(said).not.toContain('fw_secret');
});

test('with other settings it is what would have been', async () => {
  const { code, lines } = await farwatch(monitorId, '--failures', '9');
  expect([code, lines]).toEqual([0, []]);
});

test('a stored incident that the log does not tell of is found', async () => {
  await api.sql.query(`UPDATE incident SET started_at = started_at + interval '1 second' WHERE monitor_id = $1`, [
    monitorId,
  ]);
  const { code, said } = await farwatch(monitorId, '--compare');
  expect(code).toBe(1);
  expect(said).toContain('6 differences');
});

test('a monitor that isn’t there, and a server that isn’t, are told in words', async () => {
  const missing = await farwatch('01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e');
  expect([missing.code, missing.said]).toMatchObject([2, expect.stringContaining('404')]);
  const away = await farwatch(monitorId, '--url', 'http://127.0.0.1:1');
  expect([away.code, away.said]).toMatchObject([2, expect.stringContaining('can’t be reached'.replace('’', "'"))]);
});
