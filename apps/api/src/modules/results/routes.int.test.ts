import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepResults, resultOf } from '../../world.fixture.ts';
import { type Api, startApi } from '../api.fixture.ts';

let api: Api;
let monitorId: string;
/** On a whole minute of yesterday, so that the log lies in partitions that exist and is not of the future. */
const start = Math.floor(Date.now() / 60_000) * 60_000 - 20 * 3_600_000;

const results = (query = '', headers: Record<string, string> = {}) =>
  api.call(api.mine.reader, 'GET', `/v1/monitors/${monitorId}/results?${query}`, { headers });

/** One look a second and region, the newest at `start + (count - 1) s`; every tenth is a 502. */
const fill = async (id: string, count: number, region: string): Promise<void> => {
  const looks = Array.from({ length: count }, (_, i) =>
    resultOf(id, i % 10 === 9 ? '502' : 'up', start + i * 1_000, {
      region,
      startedAt: start + i * 1_000 + 7,
      totalMs: 100 + i / 1_000,
      remoteAddress: '192.0.2.1',
      phases: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: 90, downloadMs: null },
    }),
  );
  await keepResults(api.db, looks);
};
const create = async (name: string): Promise<string> =>
  (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { name, url: 'https://example.com/' } })).body.id;

beforeAll(async () => {
  api = await startApi();
  monitorId = await create('log');
  await fill(monitorId, 40, 'fra');
  await fill(monitorId, 40, 'iad');
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

describe('streams', () => {
  test('NDJSON is every line of the log in order, past any page', async () => {
    const answer = await results('limit=1', { accept: 'application/x-ndjson' });
    expect(answer.headers['content-type']).toContain('application/x-ndjson');
    const lines: unknown[] = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual((await results('limit=1000')).body.items);
  });

  test('CSV has a head, a line for each, and the filter of the query', async () => {
    const answer = await results('status=502&region=fra', { accept: 'text/csv' });
    const [head, ...lines] = answer.text.trimEnd().split('\r\n');
    expect(head).toMatch(/^id,monitorId,region,/u);
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain(',down,502,HTTP 502,502,');
  });

  test('a text that a spreadsheet would run comes as a text', async () => {
    const id = await create('formula');
    const failure = { kind: 'assertion', expected: '=cmd|"/c calc"!A0', got: '+1' };
    const reason = `=HYPERLINK("http://evil.example","x"),${failure.expected}`;
    await keepResults(api.db, [resultOf(id, 'up', Date.now(), { outcome: { verdict: 'inconclusive', reason } })]);
    const accept = { headers: { accept: 'text/csv' } };
    const { text } = await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}/results`, accept);
    expect(text).toContain(`,"'=HYPERLINK(""http://evil.example"",""x""),=cmd`);
  });

  test('what nobody can make is 406; a browser gets JSON', async () => {
    expect((await results('', { accept: 'image/png' })).status).toBe(406);
    expect((await results('', { accept: 'text/csv;q=0, application/json' })).headers['content-type']).toContain('json');
    expect((await results('', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })).status).toBe(200);
  });

  /** What is in use: garbage that nobody has collected yet says how busy the machine is. */
  const held = (): number => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)(); // what that flag makes
    return process.memoryUsage().heapUsed;
  };
  test('50,000 looks pass through in flat memory, as fast as they are taken', { timeout: 120_000 }, async () => {
    const id = await create('long');
    await fill(id, 50_000, 'fra');
    await api.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.app.server.address() as { port: number }; // it listens on TCP
    const answer = await fetch(`http://127.0.0.1:${port}/v1/monitors/${id}/results`, {
      headers: { authorization: api.mine.reader, accept: 'application/x-ndjson' },
    });
    const before = held();
    let peak = 0;
    let lines = 0;
    let next = 5_000;
    for await (const chunk of answer.body ?? []) {
      lines += Buffer.from(chunk).toString('latin1').split('\n').length - 1;
      if (lines < next) continue;
      next += 5_000;
      peak = Math.max(peak, held() - before);
    }
    expect(lines).toBe(50_000);
    // All rows at once would be over 100 MB of objects and text.
    expect(peak).toBeLessThan(64 * 1_048_576);
  });
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

describe('response times', () => {
  const chart = (query: string) =>
    api.call(api.mine.reader, 'GET', `/v1/monitors/${monitorId}/response-times?${query}`);

  test('come in equal buckets by region', async () => {
    const range = `from=${new Date(start).toISOString()}&to=${new Date(start + 40_000).toISOString()}`;
    const { status, body } = await chart(`${range}&points=10`);
    expect([status, body.bucketMs]).toEqual([200, 4_000]);
    expect(body.series.map(({ region }: { region: string }) => region)).toEqual(['fra', 'iad']);
    expect(body.series[0].points).toHaveLength(10);
    expect(body.series[0].points[2]).toEqual({
      at: new Date(start + 8_000).toISOString(),
      meanMs: 100.0095,
      maxMs: 100.011,
      p50Ms: 100.011,
      p95Ms: 100.011,
      p99Ms: 100.011,
      checks: 4,
      down: 1,
    });
  });

  test('cover the last day when nothing is asked, and never more points than asked', async () => {
    const { body } = await chart('points=50');
    expect(Date.parse(body.to) - Date.parse(body.from)).toBe(86_400_000);
    for (const { points } of body.series) expect(points.length).toBeLessThanOrEqual(50);
  });

  test.each([
    'from=2026-11-23T00:00:00Z&to=2026-11-23T00:00:00Z',
    'from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z',
    'from=2020-01-01T00:00:00Z',
    'points=9',
    'points=2001',
  ])('refuse %s', async (query) => {
    expect((await chart(query)).status).toBe(400);
  });

  test('tell of all regions together, with percentiles that are right within 2 %', async () => {
    const range = `from=${new Date(start).toISOString()}&to=${new Date(start + 40_000).toISOString()}`;
    for (const to of [start + 40_000, start + 3 * 3_600_000]) {
      const { body } = await chart(`${range.replace(/to=.*/u, '')}to=${new Date(to).toISOString()}`);
      expect(body.points.reduce((sum: number, point: { checks: number }) => sum + point.checks, 0)).toBe(80);
      for (const times of [body, ...body.series]) {
        for (const ms of [times.p50Ms, times.p95Ms, times.p99Ms]) expect(Math.abs(ms - 100.02)).toBeLessThan(2);
      }
    }
  });

  test('come in buckets that fit the range: five minutes for a day, hours for a month, days beyond', async () => {
    const lengthOf = async (days: number) => {
      const from = new Date(Date.now() - days * 86_400_000).toISOString();
      return (await chart(`points=1000&from=${encodeURIComponent(from)}`)).body.bucketMs;
    };
    expect(await Promise.all([1, 30, 400].map(lengthOf))).toEqual([300_000, 3_600_000, 86_400_000]);
  });

  test('tell where the time went where that is asked for: means that add up to the whole', async () => {
    const id = await create('phases');
    const at = Date.now() - 60_000;
    const slow = { dnsMs: 3, connectMs: 2, tlsMs: 50, firstByteMs: 40, downloadMs: 5 };
    await keepResults(api.db, [
      resultOf(id, 'up', at, { region: 'fra', totalMs: 100, phases: slow }),
      resultOf(id, 'up', at, { region: 'iad', totalMs: 20, phases: { ...slow, tlsMs: null, firstByteMs: 10 } }),
      resultOf(id, 'refused', at + 1, { region: 'sin' }),
    ]);
    const read = (query: string) => api.call(api.mine.reader, 'GET', `/v1/monitors/${id}/response-times?${query}`);
    for (const hours of [1, 3]) {
      const from = new Date(Date.now() - hours * 3_600_000).toISOString();
      const { body } = await read(`points=10&phases=true&from=${from}`);
      const means = { dnsMs: 3, connectMs: 2, tlsMs: 25, firstByteMs: 25, downloadMs: 5 };
      expect([body.phases, body.points.map(({ phases }: { phases: object }) => phases)]).toEqual([means, [means]]);
      const { fra, sin } = Object.fromEntries(body.series.map((one: { region: string }) => [one.region, one]));
      expect([fra.phases, fra.points[0].phases]).toEqual([slow, slow]);
      expect([sin.phases, sin.points[0].phases]).toEqual([null, null]);
    }
    expect(JSON.stringify((await read('points=10')).body)).not.toContain('phases');
  });

  test('a look without an answer counts as a check and not as a time', async () => {
    const id = await create('silent');
    const minute = 60_000;
    const timeout = { verdict: 'down', failure: { kind: 'timeout', afterMs: 10_000 } } as const;
    await keepResults(api.db, [
      resultOf(id, 'up', Date.now() - minute, { totalMs: 10_000, outcome: timeout, status: null }),
      resultOf(id, 'missed', Date.now() - 2 * minute),
    ]);
    const { body } = await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}/response-times?points=10`);
    const [{ points }] = body.series;
    expect(points).toMatchObject([{ meanMs: null, maxMs: null, checks: 1, down: 1 }]);
  });
});

describe('availability', () => {
  test('counts the scheduled looks that were due, by region and over all', async () => {
    const id = await create('due');
    const at = (i: number) => start + i * 1_000;
    const blind = { outcome: { verdict: 'inconclusive', reason: 'blind' } } as const;
    await keepResults(api.db, [
      ...[0, 1, 2].map((i) => resultOf(id, 'up', at(i), { region: 'fra' })),
      resultOf(id, '502', at(3), { region: 'fra' }),
      resultOf(id, '502', at(4), { region: 'fra', trigger: 'confirmation' }),
      resultOf(id, 'missed', at(5), { region: 'iad' }),
      resultOf(id, 'up', at(6), { region: 'iad', ...blind }),
    ]);
    const query = `from=${new Date(start + 1).toISOString()}&to=${new Date(start + 60_000).toISOString()}`;
    const url = `/v1/monitors/${id}/availability`;
    const { status, body } = await api.call(api.mine.reader, 'GET', `${url}?${query}`);
    const fra = { due: 4, up: 3, degraded: 0, down: 1, inconclusive: 0, missed: 0, goodRatio: 0.75 };
    const iad = { due: 2, up: 0, degraded: 0, down: 0, inconclusive: 1, missed: 1, goodRatio: null };
    expect([status, body]).toMatchObject([
      200,
      {
        ...{ due: 6, up: 3, degraded: 0, down: 1, inconclusive: 1, missed: 1, goodRatio: 0.75 },
        regions: [
          { region: 'fra', ...fra },
          { region: 'iad', ...iad },
        ],
      },
    ]);
    expect(Date.parse(body.from) % 300_000).toBe(0);
    expect((await api.call(api.other.reader, 'GET', url)).status).toBe(404);
    expect(
      (await api.call(api.mine.reader, 'GET', `${url}?from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z`)).status,
    ).toBe(400);
  });
});
