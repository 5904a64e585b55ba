import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportOf, resultOf } from '../../world.fixture.ts';
import { type Api, startApi } from '../api.fixture.ts';
import { ingest } from '../results/ingest.ts';
import { rollUp } from '../results/roll-up.ts';

let api: Api;
let monitorId: string;
const t0 = Math.floor(Date.now() / 1_000) * 1_000 - 3_600_000;
const iso = (s: number): string => new Date(t0 + s * 1_000).toISOString();

beforeAll(async () => {
  api = await startApi();
  const body = { name: 'Shop', url: 'https://shop.example/', regions: ['fra', 'iad'] };
  monitorId = (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body })).body.id;
  await api.madeAt(monitorId, t0);
  const take = (region: string, word: string, s: number) =>
    ingest({
      ...{ db: api.db, events: api.deps.events, now: () => t0 + s * 1_000 + 200 },
      alerts: { plan: async () => [], flapping: async () => [] },
    })(reportOf([resultOf(monitorId, word, t0 + s * 1_000, { region })]));
  const looks = [
    ...[
      ['fra', 'up', 60],
      ['iad', 'up', 75],
      ['fra', '502', 90],
      ['iad', 'up', 90.2],
    ],
    ...[
      ['fra', '502', 120],
      ['iad', '502', 120.3],
      ['iad', '504', 150],
      ['fra', '502', 150.1],
    ],
    ...[
      ['fra', 'up', 180],
      ['iad', 'up', 180.4],
    ],
  ] as const;
  for (const [region, word, s] of looks) await take(String(region), String(word), Number(s));
});
afterAll(() => api[Symbol.asyncDispose]());
const get = (path: string, headers: Record<string, string> = {}) => api.call(api.mine.reader, 'GET', path, { headers });

test('every decision is told with what each region said', async () => {
  const { body } = await get(`/v1/monitors/${monitorId}/changes`);
  expect(
    body.items.map((change: { kind: string; at: string; status: string }) => [change.kind, change.at, change.status]),
  ).toEqual([
    ['resolved', iso(180), 'up'],
    ['opened', iso(120), 'down'],
    ['unconfirmed', iso(90), 'up'],
    ['first-good', iso(60), 'up'],
  ]);
  expect(body.items[1].summary).toBe('Fra and iad saw 502: down.');
  expect(body.items[2].summary).toBe('Fra saw 502; iad saw it up: not confirmed, so nothing changed.');
});

test('each failure’s start and clear is a query and an export', async () => {
  const { body } = await get(`/v1/spans?monitorId=${monitorId}&code=502`);
  expect(body.items).toMatchObject([
    {
      region: 'iad',
      code: '502',
      startedAt: iso(120.3),
      lastSeenAt: iso(120.3),
      endedAt: iso(150),
      durationMs: 29_700,
    },
    { region: 'fra', code: '502', startedAt: iso(90), lastSeenAt: iso(150.1), endedAt: iso(180) },
  ]);
  const csv = await get('/v1/spans', { accept: 'text/csv' });
  expect(csv.text.split('\r\n')[1]).toBe(
    `${monitorId},Shop,iad,504,HTTP 504,${iso(150)},${iso(150)},${iso(180.4)},30400`,
  );
  const pages = await get('/v1/spans?limit=1');
  const next = await get(`/v1/spans?limit=1&cursor=${pages.body.next}`);
  expect([pages.body.items[0].region, next.body.items[0].region]).toEqual(['iad', 'iad']);
  expect((await get(`/v1/spans?from=${iso(200)}`)).body.items).toEqual([]);
});

test('an incident states between which looks it began and ended', async () => {
  const { body } = await get('/v1/incidents');
  const done = (s: number): string => new Date(t0 + s * 1_000 + 3 + 42).toISOString();
  const begun = (s: number): string => new Date(t0 + s * 1_000 + 3).toISOString();
  expect(body.items).toMatchObject([
    {
      startedAt: iso(120),
      resolvedAt: iso(180),
      bounds: { lastGoodAt: begun(90.2), firstBadAt: done(120), lastBadAt: begun(150.1), firstGoodAt: done(180) },
    },
  ]);
});

test('what all regions saw is told by code, and the bounds of each region', async () => {
  const { id } = (await get('/v1/incidents')).body.items[0];
  const { codes, regionBounds } = (await get(`/v1/incidents/${id}`)).body;
  expect(codes).toEqual([
    { code: '502', startedAt: iso(120), endedAt: iso(180), regions: ['fra', 'iad'] },
    { code: '504', startedAt: iso(150), endedAt: iso(180), regions: ['iad'] },
  ]);
  expect(regionBounds.map(({ region }: { region: string }) => region)).toEqual(['fra', 'iad']);
});

test('uptime counts incidents to the millisecond, and no time of which nothing is known', async () => {
  const { body } = await get(`/v1/monitors/${monitorId}/uptime?from=${iso(0)}&to=${iso(360)}`);
  expect(body).toMatchObject({ downMs: 60_000, unknownMs: 60_000, upMs: 240_000, ratio: 0.8, incidents: 1 });
  const path = `/v1/monitors/${monitorId}`;
  const pausedAt = (await api.call(api.mine.writer, 'POST', `${path}/pause`)).body.pausedAt;
  const since = Date.now() - Date.parse(pausedAt);
  const paused = (await get(`${path}/uptime`)).body;
  expect(paused.unknownMs).toBeGreaterThanOrEqual(60_000 + Math.max(0, since - 50));
});

test('its time is told as stretches side by side, gaps and planned work too', async () => {
  const timeline = async (query: string) => (await get(`/v1/monitors/${monitorId}/timeline${query}`)).body;
  const { from, to, stretches } = await timeline(`?from=${iso(0)}&to=${iso(360)}`);
  expect([from, to]).toEqual([iso(0), iso(360)]);
  expect(stretches).toEqual([
    { state: 'unknown', from: iso(0), to: iso(60) },
    { state: 'up', from: iso(60), to: iso(120) },
    { state: 'down', from: iso(120), to: iso(180) },
    { state: 'up', from: iso(180), to: iso(360) },
  ]);
  expect((await timeline('')).stretches.at(-1)).toMatchObject({ state: 'unknown' }); // it is paused
});

test('another policy is previewed by replaying the log, and changes nothing', async () => {
  const preview = async (body: object) =>
    (await api.call(api.mine.reader, 'POST', `/v1/monitors/${monitorId}/policy-preview`, { body })).body;
  const same = await preview({});
  expect([same.present, same.wanted]).toMatchObject([{ incidents: 1, downMs: 60_000 }, { incidents: 1 }]);
  expect(await preview({ agree: 'any' })).toMatchObject({
    wanted: { incidents: 1, downMs: 90_000 },
    incidents: [{ startedAt: iso(90), resolvedAt: iso(180), code: '502', regions: ['fra'] }],
    summary: 'In the last 30 days this would have opened 1 incident; the present policy opens 1.',
  });
  expect((await preview({})).wanted.sent).toBe(0); // there is no channel yet
  await api.sql.query(
    `INSERT INTO channel (id, organisation_id, name, kind, target, updated_at)
     VALUES (gen_random_uuid(), $1, 'Ops', 'email', 'ops@shop.example', now())`,
    [api.mine.id],
  );
  expect((await preview({})).wanted.sent).toBe(1);
  expect(await preview({ failuresToOpen: 5 })).toMatchObject({
    wanted: { incidents: 0, sent: 0 },
    present: { incidents: 1, sent: 1 },
  });
  expect((await get('/v1/incidents')).body.items).toHaveLength(1);
});

test('another URL leaves what was seen of the old one on record', async () => {
  const body = { name: 'Moved', url: 'https://moved.example/', regions: ['fra', 'iad'] };
  const { id } = (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body })).body;
  const begun = Date.now();
  await api.madeAt(id, begun - 60_000);
  const take = (region: string, word: string, at: number) =>
    ingest({
      ...{ db: api.db, events: api.deps.events, now: () => at + 200 },
      alerts: { plan: async () => [], flapping: async () => [] },
    })(reportOf([resultOf(id, word, at, { region })]));
  for (const [i, region] of ['fra', 'iad'].entries()) await take(region, '502', begun - 8_000 + i * 300);
  await api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body: { url: 'https://new.example/' } });
  const after = Date.now() + 20;
  for (const [i, region] of ['fra', 'iad'].entries()) await take(region, 'up', after + i * 300);
  const spans = (await get(`/v1/spans?monitorId=${id}`)).body.items;
  expect(spans.map(({ region, code }: { region: string; code: string }) => `${region} ${code}`).sort()).toEqual([
    'fra 502',
    'iad 502',
  ]);
  expect(spans.every(({ endedAt }: { endedAt: string | null }) => endedAt !== null)).toBe(true);
  const incidents = (await get(`/v1/incidents?monitorId=${id}`)).body.items;
  expect(incidents).toMatchObject([{ status: 'resolved', endReason: 'recovered', cause: { status: 502 } }]);
  const kinds = (await get(`/v1/monitors/${id}/changes`)).body.items.map(({ kind }: { kind: string }) => kind);
  expect(kinds.sort()).toEqual(['changed', 'first-good', 'opened', 'resolved']);
});

test('another organisation’s monitor is not there, and a range has an end', async () => {
  for (const what of ['changes', 'uptime', 'timeline'])
    expect((await api.call(api.other.reader, 'GET', `/v1/monitors/${monitorId}/${what}`)).status).toBe(404);
  expect((await api.call(api.other.reader, 'GET', '/v1/spans')).body.items).toEqual([]);
  expect((await get(`/v1/monitors/${monitorId}/uptime?from=2020-01-01T00:00:00Z`)).status).toBe(200); // not before it was made
});

test('a table’s row tells the last day as the monitor’s own page does', async () => {
  const other = await api.call(api.mine.writer, 'POST', '/v1/monitors', {
    body: { name: 'Young', url: 'https://x.example/' },
  });
  await rollUp({ db: api.db })(Date.now());
  const { status, body } = await get('/v1/monitor-summaries');
  expect(status).toBe(200);
  const of = (id: string) => body.items.find((one: { monitorId: string }) => one.monitorId === id);
  const [shop, young] = [of(monitorId), of(other.body.id)];
  expect(young).toMatchObject({ uptime: null, bars: '-'.repeat(48), down: [], p95Ms: null });
  // A minute was down; the rest of the day before the first look nobody knows.
  const to = Date.parse(body.to);
  const bar = 48 - Math.ceil((to - (t0 + 120_000)) / 1_800_000);
  expect(shop.down.reduce((ms: number, [, one]: [number, number]) => ms + one, 0)).toBe(60_000);
  expect(shop.bars[bar]).toBe('p');
  expect(shop.bars.slice(0, 44)).toBe('-'.repeat(44));
  expect(shop.bars.at(-1)).toBe('u');
  const uptime = await get(`/v1/monitors/${monitorId}/uptime`);
  expect(shop.uptime).toBeCloseTo(uptime.body.ratio, 3);
  expect(shop.p95Ms).toBeGreaterThan(0);
  expect(shop.times.filter((ms: number | null) => ms !== null).length).toBeGreaterThan(0);
  expect((await get(`/v1/monitor-summaries?monitorId=${monitorId}`)).body.items).toHaveLength(1);
  const stranger = await api.call(api.other.reader, 'GET', `/v1/monitor-summaries?monitorId=${monitorId}`);
  expect(stranger.body.items).toEqual([]);
});
