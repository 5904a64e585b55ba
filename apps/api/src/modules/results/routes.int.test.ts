import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi } from '../api.fixture.ts';
import { type Log, start, startLog } from './log.fixture.ts';

let api: Log['api'];
let monitorId: Log['monitorId'];
let fill: Log['fill'];
let create: Log['create'];
let results: Log['results'];

beforeAll(async () => {
  ({ api, monitorId, fill, create, results } = await startLog());
  await api.sql.query(
    `INSERT INTO evidence (monitor_id, scheduled_at, region, family, evidence)
     VALUES ($1, to_timestamp($2::float8 / 1000) + interval '9 seconds', 'fra', 'any', $3)`,
    [monitorId, start, JSON.stringify(evidence)],
  );
});
afterAll(() => api[Symbol.asyncDispose]());

const evidence = {
  url: 'https://example.com/',
  status: 502,
  reason: 'Bad Gateway',
  headers: [['server', 'nginx']],
  bodyBase64: 'PGgxPjUwMjwvaDE+',
  bodyTruncated: false,
};

describe('the response log', () => {
  test('opens at a moment, and pages from there to what is older and to what is newer', async () => {
    const at = new Date(start + 20_000).toISOString();
    const middle = (await results(`limit=10&at=${at}`)).body;
    expect(middle.items[0].scheduledAt).toBe(at);
    expect(middle.items.slice(0, 2).map(({ region }: { region: string }) => region)).toEqual(['iad', 'fra']);
    const newer = (await results(`limit=10&at=${at}&cursor=${middle.previous}`)).body;
    expect(newer.items.at(-1).scheduledAt).toBe(new Date(start + 21_000).toISOString());
    const older = (await results(`limit=10&cursor=${middle.next}`)).body;
    expect(older.items[0].scheduledAt).toBe(new Date(start + 15_000).toISOString());
  });

  test('shows looks by why they were made and by how they failed', async () => {
    const count = async (query: string): Promise<number> => (await results(`limit=1000&${query}`)).body.items.length;
    expect(await count('trigger=schedule')).toBe(80);
    expect(await count('trigger=request&trigger=confirmation')).toBe(0);
    expect(await count('failure=status')).toBe(8);
    expect(await count('failure=network&failure=timeout')).toBe(0);
    expect((await results('failure=bad')).status).toBe(400);
  });

  test('comes newest first, with phases in milliseconds, and pages both ways without a gap', async () => {
    const first = (await results('limit=30')).body;
    expect(first.items[0]).toEqual({
      id: `${start + 39_000}-iad-any`,
      monitorId,
      region: 'iad',
      family: 'any',
      trigger: 'schedule',
      scheduledAt: new Date(start + 39_000).toISOString(),
      startedAt: new Date(start + 39_007).toISOString(),
      totalMs: 100.039,
      outcome: { verdict: 'down', failure: { kind: 'status', status: 502 } },
      status: 502,
      bytes: 512,
      remoteAddress: '192.0.2.1',
      phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: 90, downloadMs: null },
      hasEvidence: false,
    });
    const second = (await results(`limit=30&cursor=${first.next}`)).body;
    const third = (await results(`limit=30&cursor=${second.next}`)).body;
    const ids = [...first.items, ...second.items, ...third.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(80);
    expect(third.next).toBeNull();
    expect((await results(`limit=30&cursor=${third.previous}`)).body.items).toEqual(second.items);
  });

  test('keeps its place while new looks arrive', async () => {
    const id = await create('growing');
    await fill(id, 10, 'fra');
    const page = async (query: string) =>
      (await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}/results?limit=5${query}`)).body;
    const first = await page('');
    await fill(id, 10, 'iad');
    const second = await page(`&cursor=${first.next}`);
    expect(second.items.filter(({ region }: { region: string }) => region === 'fra')).toHaveLength(2);
    const back = await page(`&cursor=${second.previous}`);
    expect(back.items.at(-1).id).toBe(first.items.at(-1).id);
  });

  test.each([
    ['verdict=down', 8],
    ['verdict=down&verdict=up', 80],
    ['verdict=missed', 0],
    ['status=502', 8],
    ['status=502&region=fra', 4],
    ['region=fra', 40],
    [`from=${new Date(start + 30_000).toISOString()}`, 20],
    [`to=${new Date(start + 30_000).toISOString()}`, 60],
    [`from=${new Date(start + 9_000).toISOString()}&to=${new Date(start + 10_000).toISOString()}`, 2],
  ])('%s finds %i', async (query, count) => {
    expect((await results(`limit=1000&${query}`)).body.items).toHaveLength(count);
  });

  test.each([
    'limit=1001',
    'limit=0',
    'verdict=sideways',
    'from=yesterday',
    'from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z',
    'cursor=x',
    'status=abc',
  ])('refuses %s', async (query) => {
    const answer = await results(query);
    expect([answer.status, answer.headers['content-type']]).toEqual([400, expect.stringContaining('problem+json')]);
  });

  test('says where evidence is kept, and one result shows it', async () => {
    const { items } = (await results('limit=1000')).body;
    const kept = items.filter(({ hasEvidence }: { hasEvidence: boolean }) => hasEvidence);
    expect(kept.map(({ id }: { id: string }) => id)).toEqual([`${start + 9_000}-fra-any`]);
    const one = await api.call(api.mine.reader, 'GET', `/v1/monitors/${monitorId}/results/${kept[0].id}`);
    expect(one.body).toEqual({ ...kept[0], evidence, details: null, detailsOf: null });
    const without = await api.call(api.mine.reader, 'GET', `/v1/monitors/${monitorId}/results/${items[0].id}`);
    expect(without.body).toEqual({ ...items[0], evidence: null, details: null, detailsOf: null });
  });

  test.each([`${start + 1}-fra-any`, `${start}-sin-any`, `${start}-fra-ipv6`, '9999999999999999-fra-any', 'nonsense'])(
    'there is no result %s',
    async (id) => {
      expect((await api.call(api.mine.reader, 'GET', `/v1/monitors/${monitorId}/results/${id}`)).status).toBe(404);
    },
  );
});

describe('a read that takes too long', () => {
  test.each(['results', 'results?limit=1000&verdict=missed', 'response-times'])(
    'of %s is told to come again, and its connection is free for others',
    async (path) => {
      await using slow = await startApi({ limits: { logReadMs: 100 } });
      const body = { name: 'slow', url: 'https://example.com/' };
      const { id } = (await slow.call(slow.mine.writer, 'POST', '/v1/monitors', { body })).body;
      const read = () => slow.call(slow.mine.reader, 'GET', `/v1/monitors/${id}/${path}`);
      await slow.db.transaction(async (tx) => {
        await tx.query('LOCK TABLE fresh_result IN ACCESS EXCLUSIVE MODE');
        for (const { status, headers, body } of await Promise.all(Array.from({ length: 10 }, read))) {
          expect([status, body.code, headers['retry-after']]).toEqual([503, 'query-too-slow', '30']);
          expect(body.detail).not.toMatch(/statement|fresh_result/u);
        }
      });
      expect((await read()).status).toBe(200);
      const { rows } = await slow.sql.query('SHOW statement_timeout');
      expect(rows).toEqual([{ statement_timeout: '1min' }]);
    },
  );
});
