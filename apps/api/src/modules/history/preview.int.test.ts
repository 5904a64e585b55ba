import { randomUUIDv7 } from 'node:crypto';
import { type CheckResult, phaseOf } from '@farwatch/domain';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { reportOf, resultOf } from '../../world.fixture.ts';
import { readAncestors } from '../alert-previews/ancestor-store.ts';
import { type Api, startApi } from '../api.fixture.ts';
import { ingest } from '../results/ingest.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await api.sql.query(
    `INSERT INTO channel (id, organisation_id, name, kind, target, updated_at)
     VALUES (gen_random_uuid(), $1, 'Ops', 'email', 'ops@shop.example', now())`,
    [api.mine.id],
  );
});
afterAll(() => api[Symbol.asyncDispose]());

const hour = 3_600_000;
type Look = Readonly<{ word: string; ms?: number; outcome?: CheckResult['outcome'] }>;

/** A monitor of one region, looked at every 30 s on the slots of a rhythm of two minutes, since three hours ago. */
const watched = async (looks: readonly Look[], body: object = {}) => {
  const given = {
    name: 'Shop',
    url: 'https://shop.example/',
    regions: ['fra'],
    policy: { failuresToOpen: 1, successesToResolve: 1 },
  };
  const { id } = (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { ...given, ...body } })).body;
  await api.madeAt(id, Date.now() - 4 * hour);
  const slot = 120_000;
  const phase = phaseOf({ monitorId: id, intervalMs: slot, regions: ['fra'] }, 'fra');
  const begun = Math.floor((Date.now() - 3 * hour) / slot) * slot + phase;
  for (const [i, { word, ms: totalMs = 40, ...more }] of looks.entries()) {
    const at = begun + i * 30_000;
    await ingest({
      ...{ db: api.db, events: api.deps.events, now: () => at + 200 },
      alerts: { plan: async () => [], flapping: async () => [] },
    })(reportOf([resultOf(id, word, at, { region: 'fra', totalMs, ...more })]));
  }
  const preview = async (wanted: object) =>
    api.call(api.mine.reader, 'POST', `/v1/monitors/${id}/policy-preview`, { body: wanted });
  return { id: id as string, begun, preview };
};
const iso = (at: number): string => new Date(at).toISOString();
const up = (ms?: number): Look => ({ word: 'up', ...(ms === undefined ? {} : { ms }) });
const down: Look = { word: '502' };

test('with a shorter timeout the looks that took longer would have failed, however calm it was', async () => {
  const { preview, begun } = await watched([up(), up(3_000), up(3_500), up(), up(), up(1_000)]);
  const { body } = await preview({ timeoutMs: 2_000 });
  expect(body).toMatchObject({
    ...{ present: { incidents: 0, sent: 0 }, wanted: { incidents: 1, sent: 1, downMs: 60_000 } },
    incidents: [{ startedAt: iso(begun + 30_000), resolvedAt: iso(begun + 90_000), code: 'timeout' }],
    caveats: [{ what: 'shorter-timeout', looks: 2, summary: '2 looks took longer than 2 s and would have failed.' }],
  });
  expect((await preview({ timeoutMs: 4_000 })).body).toMatchObject({
    wanted: { incidents: 0 },
    caveats: [{ looks: 0 }],
  });
  expect((await preview({})).body.caveats).toEqual([]);
});

test('slow looks are found in the roll-ups too, once the log is rolled up', async () => {
  const { id, preview } = await watched([up(), up(3_000), up(), up()]);
  await api.sql.query(
    `INSERT INTO roll_up_5m (monitor, slot, region, up, degraded, down, inconclusive, missed, max_us, sum_us)
     SELECT seq, slot, 1, 1, 0, 0, 0, 0, CASE WHEN slot = $2 THEN 3000000 ELSE 40000 END, 0
     FROM monitor, generate_series($2::int - 3, $2::int + 3) AS slot WHERE id = $1`,
    [id, Math.floor((Date.now() - 3 * hour) / 300_000)],
  );
  const { rows } = await api.sql.query<{ slot: number }>('SELECT slot FROM roll_up_progress WHERE length_s = 300');
  await api.sql.query('DELETE FROM roll_up_progress WHERE length_s = 300');
  await api.sql.query('INSERT INTO roll_up_progress (length_s, slot) VALUES (300, $1)', [
    Math.floor(Date.now() / 300_000),
  ]);
  const wanted = (await preview({ timeoutMs: 2_000 })).body.wanted;
  await api.sql.query('DELETE FROM roll_up_progress WHERE length_s = 300');
  if (rows[0]) await api.sql.query('INSERT INTO roll_up_progress (length_s, slot) VALUES (300, $1)', [rows[0].slot]);
  expect(wanted).toMatchObject({ incidents: 1 });
});

test('what failed anyway is not counted among what a shorter timeout would have failed', async () => {
  const { preview } = await watched([up(), { ...down, ms: 5_000 }, up(3_000), up()]);
  const { body } = await preview({ timeoutMs: 2_000 });
  expect(body.caveats).toEqual([
    { what: 'shorter-timeout', looks: 1, summary: '1 look took longer than 2 s and would have failed.' },
  ]);
});

test('a longer timeout can’t tell what was given up', async () => {
  const givenUp: Look = {
    word: '502',
    ms: 10_000,
    outcome: { verdict: 'down', failure: { kind: 'timeout', afterMs: 10_000 } },
  };
  const { preview } = await watched([up(), givenUp, up(), up()]);
  const { body } = await preview({ timeoutMs: 20_000 });
  expect(body).toMatchObject({ present: { incidents: 1 }, wanted: { incidents: 1 } });
  expect(body.caveats).toMatchObject([{ what: 'longer-timeout', looks: 1 }]);
  const { body: refused } = await preview({ timeoutMs: 40_000 });
  expect(refused.errors).toMatchObject([{ pointer: '/timeoutMs', code: 'timeout-exceeds-interval' }]);
});

test('a longer interval does not see what lay between its looks', async () => {
  // A rhythm of two minutes has the looks 0, 4, 8 and 12 of these.
  const { preview, begun } = await watched([
    up(),
    down,
    up(),
    up(),
    up(),
    up(),
    up(),
    down,
    down,
    up(),
    up(),
    up(),
    up(),
  ]);
  const { body } = await preview({ intervalMs: 120_000 });
  expect(body).toMatchObject({
    ...{ present: { incidents: 2 }, wanted: { incidents: 1 } },
    incidents: [{ startedAt: iso(begun + 240_000), resolvedAt: iso(begun + 360_000) }],
    caveats: [{ what: 'longer-interval', looks: 9 }],
  });
});

test('of a shorter interval nothing is replayed, and that is said', async () => {
  const { preview } = await watched([up(), down, up(), up()]);
  const { body } = await preview({ intervalMs: 10_000 });
  expect(body.wanted).toEqual(body.present);
  expect(body.caveats).toMatchObject([
    { what: 'shorter-interval', summary: expect.stringContaining('up to 20 s sooner') },
  ]);
});

test('a parent that was down would have spoken for it', async () => {
  const { id, preview, begun } = await watched([up(), down, down, up(), up()]);
  const { id: parent } = await watched([up()]);
  await api.sql.query(
    `INSERT INTO incident (id, organisation_id, monitor_id, started_at, opened_at, told_at, resolved_at, end_told_at, cause, regions)
     SELECT $1, $2, $3, at, at, at, until, until, '{"code":"timeout"}', '{fra}'
     FROM (SELECT to_timestamp($4::float8 / 1000) AS at, to_timestamp($5::float8 / 1000) AS until) AS t`,
    [randomUUIDv7(), api.mine.id, parent, begun, begun + 600_000],
  );
  const { body } = await preview({ parents: [parent] });
  expect(body).toMatchObject({ present: { incidents: 1, sent: 1 }, wanted: { incidents: 1, sent: 0 }, caveats: [] });
  // Saved, it is what is; without it people would have heard.
  await api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body: { parents: [parent] } });
  expect((await preview({ parents: [] })).body).toMatchObject({ present: { sent: 0 }, wanted: { sent: 1 } });
});

test('what people are told by is read once, with other parents too', async () => {
  const { preview } = await watched([up(), down, up()]);
  const { id: parent } = await watched([up()]);
  const read = vi.spyOn(api.deps.windows, 'all');
  for (const wanted of [{}, { parents: [parent] }]) {
    read.mockClear();
    expect((await preview(wanted)).status).toBe(200);
    expect(read).toHaveBeenCalledTimes(1);
  }
  read.mockRestore();
});

test('parents that could not be saved are refused', async () => {
  const { id, preview } = await watched([up()]);
  const { id: child } = await watched([up()], { parents: [id] });
  const { status, body } = await preview({ parents: [child, randomUUIDv7()] });
  expect([status, body.errors]).toMatchObject([
    400,
    [
      { pointer: '/parents/0', code: 'parent-circle' },
      { pointer: '/parents/1', code: 'unknown-monitor' },
    ],
  ]);
});

const failed = async (monitorId: string, ...moments: readonly number[]) => {
  for (const at of moments)
    await api.sql.query(
      `INSERT INTO incident (id, organisation_id, monitor_id, started_at, opened_at, resolved_at, cause, regions)
       SELECT $1, $2, $3, at, at, at, '{"code":"timeout"}', '{fra}' FROM to_timestamp($4::float8 / 1000) AS at`,
      [randomUUIDv7(), api.mine.id, monitorId, at],
    );
};

test('it is said when its own parents failed more often than is read', async () => {
  await api.sql.query('DELETE FROM monitor_parent');
  const { id: parent, begun } = await watched([up()]);
  const { id: child } = await watched([up()], { parents: [parent] });
  await failed(parent, begun, begun + 120_000, begun + 240_000);
  const since = { organisationId: api.mine.id, since: begun };
  const read = (most: number) => readAncestors(api.sql, since, { monitorId: child, parents: [parent] }, most);
  expect(await read(3)).toMatchObject({ isCut: false });
  const cut = await read(2);
  expect([cut.isCut, cut.above.get(child)?.[0]?.incidents.map(({ from }) => from)]).toEqual([
    true,
    [begun + 240_000, begun + 120_000],
  ]);
  // What fails elsewhere takes none of its room.
  const { id: noisy } = await watched([up()]);
  const { id: other } = await watched([up()], { parents: [noisy] });
  const { id: alone } = await watched([up()]);
  await failed(noisy, begun + 300_000, begun + 420_000, begun + 540_000, begun + 660_000);
  expect(await read(3)).toMatchObject({ isCut: false });
  expect(await readAncestors(api.sql, since, { monitorId: other, parents: null }, 3)).toMatchObject({ isCut: true });
  expect(await readAncestors(api.sql, since, { monitorId: other, parents: [parent] }, 3)).toMatchObject({
    isCut: false,
  });
  for (const parents of [null, []])
    expect(await readAncestors(api.sql, since, { monitorId: alone, parents }, 3)).toEqual({
      ...{ above: new Map(), isCut: false },
    });
  expect((await readAncestors(api.sql, since, null, 3)).isCut).toBe(true);
});
