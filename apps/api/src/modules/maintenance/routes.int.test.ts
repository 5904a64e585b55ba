import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({ limits: { windowsPerOrganisation: 30 } });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

const windows = '/v1/maintenance-windows';
const hour = 3_600_000;
const iso = (offsetMs: number): string => new Date(Date.now() + offsetMs).toISOString();
const weekly = {
  name: 'Updates',
  startsAt: '2026-11-29T02:30',
  timeZone: 'Europe/Berlin',
  durationMs: 2 * hour,
  rule: 'FREQ=WEEKLY;BYDAY=SU',
  appliesTo: { kind: 'all' },
};
const once = (fromMs: number, over: object = {}) => ({
  ...{ name: 'Move', startsAt: iso(fromMs), timeZone: 'UTC', durationMs: hour, appliesTo: { kind: 'all' } },
  ...over,
});
const create = async (body: object) => api.call(api.mine.writer, 'POST', windows, { body });
const addMonitor = async (over: object = {}): Promise<string> => {
  const body = { url: 'https://shop.example/', regions: ['fra'], ...over };
  return (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body })).body.id;
};
const monitor = async (id: string) => (await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}`)).body;

test('a window is made, read, listed, changed with If-Match and deleted', async () => {
  const made = await create(weekly);
  expect([made.status, made.headers.location]).toEqual([201, `${windows}/${made.body.id}`]);
  expect(made.body).toMatchObject({ ...weekly, startsAt: '2026-11-29T02:30:00', note: null, countsAs: 'excluded' });
  const url = `${windows}/${made.body.id}`;
  const read = await api.call(api.mine.reader, 'GET', url);
  expect([read.body, read.headers.etag]).toEqual([made.body, made.headers.etag]);
  const patch = (etag: string) =>
    api.call(api.mine.writer, 'PATCH', url, { body: { note: 'Kernel' }, headers: { 'if-match': etag } });
  expect((await patch('"old"')).status).toBe(412);
  expect((await patch(String(made.headers.etag))).body).toMatchObject({ note: 'Kernel', rule: weekly.rule });
  expect((await api.call(api.mine.reader, 'GET', `${windows}?limit=1`)).body.items).toHaveLength(1);
  for (const [key, method] of [
    [api.other.writer, 'GET'],
    [api.other.writer, 'DELETE'],
  ] as const)
    expect((await api.call(key, method, url)).status).toBe(404);
  expect((await api.call(api.mine.reader, 'DELETE', url)).status).toBe(403);
  expect((await api.call(api.mine.writer, 'DELETE', url)).status).toBe(204);
  expect((await api.call(api.mine.reader, 'GET', url)).status).toBe(404);
});

test('a window for once tells when it comes however far away it is, and nothing once it is over', async () => {
  const { startsAt, next } = (await create(once(200 * 24 * hour))).body;
  expect(next.from).toBe(new Date(startsAt).toISOString());
  expect((await create(once(-2 * hour))).body.next).toBeNull();
});

test.each<[string, object, string, string]>([
  ['a zone that is none', { timeZone: 'Mars/Base' }, '/timeZone', 'unknown-time-zone'],
  ['a day that is none', { startsAt: '2026-02-31T02:00' }, '/startsAt', 'invalid-date'],
  ['a rule of every minute', { rule: 'FREQ=MINUTELY' }, '/rule', 'too-often'],
  ['no rule', { rule: 'every sunday' }, '/rule', 'invalid-rule'],
  [
    'somebody else’s monitor',
    { appliesTo: { kind: 'monitors', monitorIds: ['01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e'] } },
    '/appliesTo/monitorIds/0',
    'unknown-monitor',
  ],
])('%s is refused by its field', async (_, over, pointer, code) => {
  const answer = await create({ ...weekly, ...over });
  expect([answer.status, answer.body.errors]).toMatchObject([400, [{ pointer, code }]]);
});

test('occurrences and the preview of an unsaved rule keep the wall clock over the change', async () => {
  const { body } = await create(weekly);
  const range = 'from=2027-03-20T00:00:00Z&to=2027-04-05T00:00:00Z';
  const answer = await api.call(api.mine.reader, 'GET', `${windows}/${body.id}/occurrences?${range}`);
  expect(answer.body.items).toEqual([
    { from: '2027-03-21T01:30:00.000Z', until: '2027-03-21T03:30:00.000Z' },
    { from: '2027-03-28T01:30:00.000Z', until: '2027-03-28T03:30:00.000Z' },
    { from: '2027-04-04T00:30:00.000Z', until: '2027-04-04T02:30:00.000Z' },
  ]);
  const { name: _, appliesTo: __, ...times } = weekly;
  const preview = (over: object) =>
    api.call(api.mine.reader, 'POST', `${windows}/preview`, {
      body: { ...times, from: '2027-03-20T00:00:00Z', to: '2027-04-05T00:00:00Z', ...over },
    });
  expect((await preview({})).body.items).toEqual(answer.body.items);
  expect((await preview({ to: '2029-04-05T00:00:00Z' })).body.errors[0]).toMatchObject({
    pointer: '/to',
    code: 'range-too-long',
  });
  expect((await preview({ rule: 'x' })).status).toBe(400);
});

test('the occurrences of all windows come in one list, by start, and of nobody else’s', async () => {
  const all = async (range: string, key = api.other.reader) =>
    api.call(key, 'GET', `/v1/maintenance-occurrences?${range}`);
  const add = async (body: object) => (await api.call(api.other.writer, 'POST', windows, { body })).body.id;
  await create(weekly);
  const sundays = await add({ ...weekly, name: 'Sundays' });
  const moved = await add({ ...weekly, name: 'Move', rule: null, startsAt: '2027-03-27T23:00' });
  const march = 'from=2027-03-22T00:00:00Z&to=2027-04-05T00:00:00Z';
  expect((await all(march)).body).toEqual({
    items: [
      { windowId: moved, name: 'Move', from: '2027-03-27T22:00:00.000Z', until: '2027-03-28T00:00:00.000Z' },
      { windowId: sundays, name: 'Sundays', from: '2027-03-28T01:30:00.000Z', until: '2027-03-28T03:30:00.000Z' },
      { windowId: sundays, name: 'Sundays', from: '2027-04-04T00:30:00.000Z', until: '2027-04-04T02:30:00.000Z' },
    ],
    isCut: false,
  });
  const hourly = await add({ ...weekly, rule: 'FREQ=HOURLY', durationMs: 60_000 });
  const cut = (await all('from=2027-01-01T00:00:00Z&to=2027-12-01T00:00:00Z')).body;
  expect([cut.items.length, cut.isCut]).toEqual([1_000, true]);
  expect((await all('from=2027-01-01T00:00:00Z&to=2028-12-01T00:00:00Z')).body.errors[0]).toMatchObject({
    pointer: '/query/to',
    code: 'range-too-long',
  });
  for (const id of [sundays, moved, hourly]) await api.call(api.other.writer, 'DELETE', `${windows}/${id}`);
  expect((await all(march)).body.items).toEqual([]);
});

test('a window that runs is shown at once, told, and filtered by; ended by hand it is over', async () => {
  const [shop, other] = [await addMonitor({ tags: ['moving'] }), await addMonitor()];
  const made = await create(once(-60_000, { appliesTo: { kind: 'tags', tags: ['moving'] } }));
  expect(made.body.current).toMatchObject({ until: expect.any(String) });
  expect(await monitor(shop)).toMatchObject({ status: 'maintenance', maintenanceUntil: made.body.current.until });
  expect(await monitor(other)).toMatchObject({ status: 'pending', maintenanceUntil: null });
  const listed = await api.call(api.mine.reader, 'GET', '/v1/monitors?status=maintenance');
  expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([shop]);
  const end = () => api.call(api.mine.writer, 'POST', `${windows}/${made.body.id}/end`);
  expect((await end()).body).toMatchObject({ current: null, next: null });
  expect((await end()).body).toMatchObject({ status: 409, code: 'window-not-running' });
  expect(await monitor(shop)).toMatchObject({ status: 'pending', maintenanceUntil: null });
  const { rows } = await api.sql.query<{ type: string }>('SELECT type FROM event WHERE monitor_id = $1 ORDER BY id', [
    shop,
  ]);
  expect(rows.map(({ type }) => type)).toEqual([
    'maintenance.started',
    'monitor.status-changed',
    'maintenance.ended',
    'monitor.status-changed',
  ]);
});

test('an end by hand is taken back: this time runs on to its own end, and what was between stays outside', async () => {
  const shop = await addMonitor({ tags: ['taken-back'] });
  const over = { appliesTo: { kind: 'tags', tags: ['taken-back'] }, rule: 'FREQ=DAILY' };
  const made = (await create(once(-60_000, over))).body;
  const act = (what: string, id = made.id, key = api.mine.writer) => api.call(key, 'POST', `${windows}/${id}/${what}`);
  expect((await act('resume')).body).toMatchObject({ status: 409, code: 'window-not-ended' });
  expect((await act('end')).body).toMatchObject({ current: null, next: made.next });
  expect(await monitor(shop)).toMatchObject({ maintenanceUntil: null });
  expect((await act('resume', made.id, api.other.writer)).status).toBe(404);
  expect((await act('resume', made.id, api.mine.reader)).status).toBe(403);
  expect((await act('resume')).body).toMatchObject({ current: made.current, next: made.next });
  expect(await monitor(shop)).toMatchObject({ status: 'maintenance', maintenanceUntil: made.current.until });
  expect((await act('resume')).body).toMatchObject({ status: 409, code: 'window-not-ended' });
  const stretches =
    'SELECT ended_at IS NOT NULL AS ended FROM maintenance_stretch WHERE monitor_id = $1 ORDER BY started_at';
  expect((await api.sql.query(stretches, [shop])).rows).toEqual([{ ended: true }, { ended: false }]);
  await act('end');
  expect(await monitor(shop)).toMatchObject({ maintenanceUntil: null });
});

test('an end that would be over by itself by now is not taken back', async () => {
  const made = (await create(once(-60_000))).body;
  await api.call(api.mine.writer, 'POST', `${windows}/${made.id}/end`);
  await api.sql.query(`UPDATE maintenance_window SET duration_ms = 60000, starts_at = $2 WHERE id = $1`, [
    made.id,
    iso(-70_000),
  ]);
  const answer = await api.call(api.mine.writer, 'POST', `${windows}/${made.id}/resume`);
  expect(answer.body).toMatchObject({ status: 409, code: 'window-not-ended' });
});

test('what has been stays a fact when its window is changed or deleted', async () => {
  const shop = await addMonitor({ tags: ['kept'] });
  const appliesTo = { kind: 'tags', tags: ['kept'] };
  const { body } = await create(once(-60_000, { appliesTo, countsAs: 'counted' }));
  await api.call(api.mine.writer, 'PATCH', `${windows}/${body.id}`, { body: { durationMs: 2 * hour } });
  expect((await monitor(shop)).maintenanceUntil).toBe(new Date(Date.parse(body.startsAt) + 2 * hour).toISOString());
  await api.call(api.mine.writer, 'DELETE', `${windows}/${body.id}`);
  const { rows } = await api.sql.query<{ name: string; ended: boolean; countsAs: string }>(
    `SELECT name, ended_at IS NOT NULL AS ended, counts_as AS "countsAs" FROM maintenance_stretch WHERE monitor_id = $1`,
    [shop],
  );
  expect(rows).toEqual([{ name: 'Move', ended: true, countsAs: 'counted' }]);
});

test('no more windows than the limit', async () => {
  const answers = await Promise.all(Array.from({ length: 31 }, () => create(weekly)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
});
