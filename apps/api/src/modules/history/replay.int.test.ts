import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '@farwatch/testkit';
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
  await api.madeAt(monitorId, t0 - 60_000);
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
const cliRun = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { PATH: process.env.PATH, FARWATCH_URL: url, FARWATCH_API_KEY: api.mine.reader.replace('Bearer ', '') };
    execFile(process.execPath, [cli, ...args], { env, timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code);
      resolve({ code, lines: stdout.split('\n').filter((line) => line !== ''), said: stderr });
    });
  });

const farwatch = (...args: readonly string[]): Promise<Ended> => cliRun('replay', ...args);

/** A monitor of two regions, and looks of it that a worker takes as they end. */
const another = async () => {
  const body = { name: 'Other', url: 'https://other.example/', regions: ['fra', 'iad'] };
  const { id } = (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body })).body;
  await api.madeAt(id, Date.now() - 7_200_000);
  const take = (region: string, word: string, at: number) =>
    ingest({
      ...{ db: api.db, events: api.deps.events, now: () => at + 200 },
      alerts: { plan: async () => [], flapping: async () => [] },
    })(reportOf([resultOf(id, word, at, { region })]));
  /** Every so many seconds a word, of both regions or of one. */
  const line = async (from: number, everyS: number, words: readonly string[]): Promise<void> => {
    for (const [i, word] of words.entries()) {
      const at = from + i * everyS * 1_000;
      const [one, both = one] = word.split('/');
      await take('fra', one ?? '', at);
      await take('iad', both ?? '', at + 300);
    }
  };
  return { id, line };
};

test('the replay of the stored log is the stored incidents, byte for byte but for ids', async () => {
  const { code, lines, said } = await farwatch(monitorId, '--compare');
  expect([code, said.trim()]).toEqual([0, '3 incidents and 9 spans, no difference']);
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
  expect([code, said.trim()]).toEqual([0, '2 incidents and 6 spans, no difference']);
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

test('each look is judged by the policy of its time, before and after it was changed', async () => {
  const { id, line } = await another();
  const begun = Date.now() - 3_600_000;
  const words = ['up', '502', '502', 'up', 'up', '502/up', '502/up', 'up', 'up'];
  const change = async (policy: object, at: number) => {
    await api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body: { policy } });
    // Made now, as people do; the story of it lies an hour back.
    await api.sql.query(
      `UPDATE monitor_change SET at = to_timestamp($2::float8 / 1000), decided_at = to_timestamp($2::float8 / 1000)
       WHERE monitor_id = $1 AND kind = 'policy' AND decided_at > now() - interval '1 minute'`,
      [id, at],
    );
  };
  await line(begun, 30, words); // a majority: one incident
  await change({ agree: 'any' }, begun + 600_000);
  await line(begun + 630_000, 30, words); // any one: two
  await change({ agree: 'majority', failuresToOpen: 4 }, begun + 1_200_000);
  await line(begun + 1_230_000, 30, words); // four in a row: none
  await line(begun + 400_000, 30, ['502', 'up', 'up']); // late, of the first stretch: one
  const stored = (await api.call(api.mine.reader, 'GET', `/v1/incidents?monitorId=${id}`)).body.items;
  expect(stored).toHaveLength(4);
  const { code, said } = await farwatch(id, '--compare');
  expect([said.trim(), code]).toEqual([expect.stringMatching(/^4 incidents and \d+ spans, no difference$/u), 0]);
  const changes = (await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}/changes?limit=100`)).body.items;
  const policies = changes.filter(({ kind }: { kind: string }) => kind === 'policy');
  expect(policies.map(({ policyBefore }: { policyBefore: { agree: string } }) => policyBefore.agree)).toEqual([
    'any',
    'majority',
  ]);
  const tried = await farwatch(id, '--agree', 'any', '--failures', '1');
  expect(tried.lines).toHaveLength(7); // one policy on all of it
});

test('what still went on at the end of the range is compared by how it began', async () => {
  const { id, line } = await another();
  const begun = Date.now() - 600_000;
  await line(begun, 30, ['up', '502', '502', '504', 'up', 'up']);
  const to = new Date(begun + 75_000).toISOString(); // amid the 502s
  expect(await farwatch(id, '--compare', '--to', to)).toMatchObject({
    ...{ code: 0, said: '1 incident and 2 spans, no difference\n' },
    lines: [expect.stringContaining('"resolvedAt":null')],
  });
  await api.sql.query(`DELETE FROM span WHERE monitor_id = $1 AND region = 'iad' AND code = '502'`, [id]);
  expect(await farwatch(id, '--compare', '--to', to)).toMatchObject({
    ...{ code: 1, said: expect.stringMatching(/^not stored: .*"region":"iad".*"endedAt":null\}\n.* 1 difference\n$/u) },
  });
});

test('a monitor that flaps is the same again', async () => {
  const { id, line } = await another();
  const begun = Date.now() - 1_800_000;
  await line(
    begun,
    60,
    Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 'up' : '502')),
  );
  const kinds = (await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}/changes?limit=100`)).body.items;
  expect(kinds.some(({ kind }: { kind: string }) => kind === 'flapping')).toBe(true);
  const { code, said } = await farwatch(id, '--compare');
  expect([said.trim(), code]).toEqual([expect.stringMatching(/, no difference$/u), 0]);
});

test('a stored span that the log does not tell of is found, and so is an incident that is there twice', async () => {
  const { id, line } = await another();
  await line(Date.now() - 600_000, 30, ['up', '502', '502', 'up', 'up']);
  await api.sql.query(
    `UPDATE span SET code = '500', failure = '{"kind":"status","status":500}' WHERE monitor_id = $1`,
    [id],
  );
  expect((await farwatch(id, '--compare')).said).toMatch(/only stored: .*"code":"500"[\s\S]*4 differences/u);
  await api.sql.query(
    `UPDATE span SET code = '502', failure = '{"kind":"status","status":502}' WHERE monitor_id = $1`,
    [id],
  );
  await api.sql.query(
    `INSERT INTO incident SELECT (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid()))).*
     FROM incident i WHERE monitor_id = $1`,
    [id],
  );
  expect((await farwatch(id, '--compare')).said).toMatch(/only stored: [\s\S]*1 difference$/mu);
});

test('in the grace after it was made nothing opens, live and again', async () => {
  const body = { name: 'New', url: 'https://new.example/', regions: ['fra', 'iad'], policy: { graceMs: 600_000 } };
  const { id } = (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body })).body;
  const { rows } = await api.sql.query<{ ago: number }>(
    `SELECT (extract(epoch FROM now()) * 1000 - (state->>'from')::float8)::float8 AS ago FROM monitor_state WHERE monitor_id = $1`,
    [id],
  );
  expect(rows[0]?.ago).toBeLessThan(60_000); // it begins when it is made
  const begun = Date.now() - 3_600_000;
  await api.madeAt(id, begun);
  const take = (region: string, word: string, at: number) =>
    ingest({
      ...{ db: api.db, events: api.deps.events, now: () => at + 200 },
      alerts: { plan: async () => [], flapping: async () => [] },
    })(reportOf([resultOf(id, word, at, { region })]));
  for (let s = 1; s < 300; s += 30) for (const region of ['fra', 'iad']) await take(region, '502', begun + s * 1_000);
  const stored = (await api.call(api.mine.reader, 'GET', `/v1/incidents?monitorId=${id}`)).body.items;
  expect(stored).toEqual([]);
  expect(await farwatch(id, '--compare')).toMatchObject({ code: 0, lines: [] });
});

test('a key that does not hold, help, and a command that isn’t there are answered in words', async () => {
  const wrong = await farwatch(monitorId, '--key', 'fw_nobody_has_this_key');
  expect([wrong.code, wrong.said]).toMatchObject([2, expect.stringContaining('401')]);
  expect(wrong.said).not.toContain('fw_nobody');
  const help = await farwatch('--help');
  expect([help.code, help.lines.join('\n')]).toMatchObject([0, expect.stringContaining('--compare')]);
  expect(await cliRun('--help')).toMatchObject({ code: 0, said: '' });
  expect(await cliRun('rewind')).toMatchObject({ code: 2, said: expect.stringContaining('no command “rewind”') });
  expect(await farwatch(monitorId, '--fast')).toMatchObject({ code: 2 });
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
  const away = await farwatch(monitorId, '--url', `http://127.0.0.1:${await freePort()}`);
  expect([away.code, away.said]).toMatchObject([
    2,
    expect.stringContaining("can't be reached: nothing listens there (ECONNREFUSED)"),
  ]);
});
