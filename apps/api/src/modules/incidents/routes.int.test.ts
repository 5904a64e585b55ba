import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';

let api: Api;
let monitorId: string;
const start = Date.parse('2026-11-20T14:00:00.000Z');
const iso = (offsetMs: number): string => new Date(start + offsetMs).toISOString();
beforeAll(async () => {
  api = await startApi();
  const body = { name: '=SUM(A1)', url: 'https://shop.example/' };
  monitorId = (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body })).body.id;
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  await api.sql.query('DELETE FROM incident');
  await api.sql.query('DELETE FROM span');
});

const cause = { kind: 'status', status: 502 };
const incident = async (from: number, to: number | null): Promise<string> => {
  const id = randomUUIDv7();
  await api.sql.query(
    `INSERT INTO incident (id, organisation_id, monitor_id, started_at, resolved_at, end_reason, cause, regions, opened_at)
     VALUES ($1, $2, $3, $4::timestamptz, $5::timestamptz,
             CASE WHEN $5::timestamptz IS NOT NULL THEN 'recovered'::end_reason END, $6, '{fra,iad}',
             $4::timestamptz + interval '2 seconds')`,
    [id, api.mine.id, monitorId, iso(from), to === null ? null : iso(to), JSON.stringify(cause)],
  );
  return id;
};
const span = (region: string, code: number, from: number, lastSeen: number, to: number | null) =>
  api.sql.query(
    `INSERT INTO span (monitor_id, region, started_at, code, failure, last_seen_at, ended_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      monitorId,
      region,
      iso(from),
      String(code),
      JSON.stringify({ kind: 'status', status: code }),
      iso(lastSeen),
      to === null ? null : iso(to),
    ],
  );
const list = (query = '', headers: Record<string, string> = {}) =>
  api.call(api.mine.reader, 'GET', `/v1/incidents?${query}`, { headers });

test('an incident says in one sentence what, since when, from where and for how long', async () => {
  const id = await incident(0, 252_000);
  const { body } = await api.call(api.mine.reader, 'GET', `/v1/incidents/${id}`);
  expect(body).toMatchObject({
    id,
    monitorId,
    status: 'resolved',
    startedAt: iso(0),
    resolvedAt: iso(252_000),
    endReason: 'recovered',
    durationMs: 252_000,
    cause,
    regions: ['fra', 'iad'],
    openedAt: iso(2_000),
    summary: '=SUM(A1) was down for 4 min 12 s from 2026-11-20 14:00:00 UTC: HTTP 502, seen from fra and iad.',
  });
});

test('its spans are those of its time, cut to it', async () => {
  const id = await incident(0, 100_000);
  await span('fra', 500, -90_000, -60_000, -30_000); // before it
  await span('fra', 502, -10_000, 30_000, 40_000);
  await span('fra', 504, 40_000, 70_000, 130_000);
  await span('iad', 502, 5_000, 90_000, null);
  await span('fra', 503, 100_000, 110_000, 120_000); // after it
  const { spans } = (await api.call(api.mine.reader, 'GET', `/v1/incidents/${id}`)).body;
  const short = (s: { region: string; code: string; startedAt: string; lastSeenAt: string; endedAt: string }) => [
    s.region,
    s.code,
    ...[s.startedAt, s.lastSeenAt, s.endedAt].map((at) => Date.parse(at) - start),
  ];
  expect(spans.map(short)).toEqual([
    ['fra', '502', 0, 30_000, 40_000],
    ['iad', '502', 5_000, 90_000, 100_000],
    ['fra', '504', 40_000, 70_000, 100_000],
  ]);
});

test('the list comes newest first, filtered, and pages both ways', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.unshift(await incident(i * 3_600_000, i === 4 ? null : i * 3_600_000 + 60_000));
  const seen = async (query: string): Promise<string[]> =>
    (await list(query)).body.items.map(({ id }: { id: string }) => id);
  expect(await seen('')).toEqual(ids);
  expect(await seen('status=open')).toEqual(ids.slice(0, 1));
  expect(await seen('status=resolved')).toEqual(ids.slice(1));
  expect(await seen(`from=${iso(3_600_000)}&to=${iso(3 * 3_600_000)}`)).toEqual(ids.slice(2, 4));
  expect(await seen(`monitorId=${randomUUIDv7()}`)).toEqual([]);
  expect(await seen('search=SHOP.exam')).toEqual(ids);
  expect(await seen(`search=${encodeURIComponent('=sum(a1')}&status=open`)).toEqual(ids.slice(0, 1));
  expect(await seen('search=50%25')).toEqual([]);
  const first = (await list('limit=2')).body;
  const second = (await list(`limit=2&cursor=${first.next}`)).body;
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.slice(0, 4));
  expect((await list(`limit=2&cursor=${second.previous}`)).body.items).toEqual(first.items);
});

test('as CSV a name that a spreadsheet would run is a text; as NDJSON it is itself', async () => {
  await incident(0, null);
  expect((await list('', { accept: 'text/csv' })).text).toContain(",'=SUM(A1),https://shop.example/,open,");
  const { text } = await list('', { accept: 'application/x-ndjson' });
  expect(JSON.parse(text)).toEqual((await list('')).body.items[0]);
});

test('a link in a page says by its address which form it wants', async () => {
  await incident(0, null);
  const csv = await list('format=csv', { accept: 'text/html,*/*' });
  expect(csv.headers['content-disposition']).toContain('incidents.csv');
  expect(JSON.parse((await list('format=ndjson')).text)).toEqual((await list('format=json')).body.items[0]);
  expect((await list('format=xml')).status).toBe(400);
});

test('another organisation sees none of it', async () => {
  const id = await incident(0, null);
  expect((await api.call(api.other.reader, 'GET', `/v1/incidents/${id}`)).status).toBe(404);
  expect((await api.call(api.other.reader, 'GET', `/v1/incidents?monitorId=${monitorId}`)).body.items).toEqual([]);
});
