import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepResults, resultOf } from '../../world.fixture.ts';
import { type Log, start, startLog } from './log.fixture.ts';

let api: Log['api'];
let monitorId: Log['monitorId'];
let create: Log['create'];

beforeAll(async () => {
  ({ api, monitorId, create } = await startLog());
});
afterAll(() => api[Symbol.asyncDispose]());

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
      answered: 4,
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
