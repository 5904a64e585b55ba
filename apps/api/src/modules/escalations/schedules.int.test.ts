import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';
import { addPerson } from '../person.fixture.ts';

let api: Api;
let ann: Awaited<ReturnType<typeof addPerson>>;
let bob: Awaited<ReturnType<typeof addPerson>>;
let eve: Awaited<ReturnType<typeof addPerson>>;
beforeAll(async () => {
  api = await startApi({ limits: { schedulesPerOrganisation: 5 } });
  ann = await addPerson(api, api.mine, 'Ann');
  bob = await addPerson(api, api.mine, 'Bob');
  eve = await addPerson(api, api.other, 'Eve');
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  await api.sql.query('DELETE FROM escalation_policy');
  await api.sql.query('DELETE FROM on_call_schedule');
});

const path = '/v1/on-call-schedules';
const rotation = (over: object = {}) => ({
  participants: [ann.id, bob.id],
  timeZone: 'Europe/Berlin',
  startsAt: '2026-01-05T09:00',
  shift: { unit: 'weeks', length: 1 },
  window: null,
  ...over,
});
const create = (body: object = {}, key = api.mine.writer) =>
  api.call(key, 'POST', path, { body: { name: 'Week', rotations: [rotation()], ...body } });
const patch = (id: string, body: object, headers = {}) =>
  api.call(api.mine.writer, 'PATCH', `${path}/${id}`, { body, headers });
const read = (id: string) => api.call(api.mine.reader, 'GET', `${path}/${id}`);
const shifts = (id: string, from: string, to: string, key = api.mine.reader) =>
  api.call(key, 'GET', `${path}/${id}/shifts?from=${from}&to=${to}`);
const hour = 3_600_000;
const iso = (offsetMs: number) => new Date(Date.now() + offsetMs).toISOString();

test('says where it is, who is on call now, and keeps what was set', async () => {
  const made = await create();
  expect(made.status).toBe(201);
  expect(made.headers.location).toBe(`${path}/${made.body.id}`);
  expect(made.body).toMatchObject({ name: 'Week', rotations: [rotation()], overrides: [] });
  expect([ann.id, bob.id]).toContain(made.body.onCall);
  const shown = await read(made.body.id);
  expect([shown.body, shown.headers.etag]).toEqual([made.body, made.headers.etag]);
});

test('an override puts somebody else on call, for its time', async () => {
  const { id, onCall } = (await create()).body;
  const other = onCall === ann.id ? bob.id : ann.id;
  const now = { from: iso(-hour), until: iso(hour), accountId: other };
  expect((await patch(id, { overrides: [now] })).body).toMatchObject({ onCall: other, overrides: [now] });
  const later = { ...now, from: iso(hour), until: iso(2 * hour) };
  expect((await patch(id, { overrides: [later] })).body.onCall).toBe(onCall);
  const { items } = (await shifts(id, now.from, later.until)).body;
  expect(items.map(({ accountId }: { accountId: string }) => accountId)).toContain(other);
});

test('shifts hand over at the wall clock’s hour, over a change of its zone’s offset too', async () => {
  const { id } = (await create()).body;
  const { items } = (await shifts(id, '2026-03-23T08:00:00.000Z', '2026-04-06T07:00:00.000Z')).body;
  expect(items).toEqual([
    { accountId: bob.id, from: '2026-03-23T08:00:00.000Z', until: '2026-03-30T07:00:00.000Z' },
    { accountId: ann.id, from: '2026-03-30T07:00:00.000Z', until: '2026-04-06T07:00:00.000Z' },
  ]);
});

test('a year of hourly shifts is cut to 500, and more than a year is refused', async () => {
  const { id } = (await create({ rotations: [rotation({ shift: { unit: 'hours', length: 1 } })] })).body;
  expect((await shifts(id, '2026-02-01T00:00:00Z', '2027-02-01T00:00:00Z')).body.items).toHaveLength(500);
  for (const [to, code] of [
    ['2027-02-03T00:00:00Z', 'range-too-long'],
    ['2026-01-01T00:00:00Z', 'range-reversed'],
    ['2026-13-01T00:00:00Z', 'wrong-format'],
  ] as const) {
    const answer = await shifts(id, '2026-02-01T00:00:00Z', to);
    expect([answer.status, answer.body.errors[0].code]).toEqual([400, code]);
    expect(answer.body.errors[0].pointer).toBe('/query/to');
  }
});

test('the shifts of a schedule that isn’t saved are those it would have; nothing is stored', async () => {
  const range = { from: '2026-03-23T08:00:00.000Z', to: '2026-04-06T07:00:00.000Z' };
  const wish = {
    ...{ name: 'Week', rotations: [rotation()] },
    overrides: [{ from: '2026-03-28T12:00:00+01:00', until: '2026-03-29T12:00:00+02:00', accountId: ann.id }],
  };
  const ask = (over: object = {}, key = api.mine.reader) =>
    api.call(key, 'POST', `${path}/preview`, { body: { ...wish, ...range, ...over } });
  const answer = await ask();
  expect([answer.status, (await api.call(api.mine.reader, 'GET', path)).body.items]).toEqual([200, []]);
  expect(answer.body.items).toEqual([
    { accountId: bob.id, from: range.from, until: '2026-03-28T11:00:00.000Z' },
    { accountId: ann.id, from: '2026-03-28T11:00:00.000Z', until: '2026-03-29T10:00:00.000Z' },
    { accountId: bob.id, from: '2026-03-29T10:00:00.000Z', until: '2026-03-30T07:00:00.000Z' },
    { accountId: ann.id, from: '2026-03-30T07:00:00.000Z', until: range.to },
  ]);
  const saved = await create(wish);
  expect((await shifts(saved.body.id, range.from, range.to)).body.items).toEqual(answer.body.items);
});

test('what can’t be a schedule has no preview, and says where', async () => {
  const wrong = { rotations: [rotation({ timeZone: 'Mars/Base' }), rotation({ startsAt: '2026-02-31T09:00' })] };
  const body = { name: 'Week', from: '2026-03-23T08:00:00Z', to: '2026-04-06T07:00:00Z', ...wrong };
  const ask = (over: object) => api.call(api.mine.reader, 'POST', `${path}/preview`, { body: { ...body, ...over } });
  expect((await ask({})).body.errors).toMatchObject([
    { pointer: '/rotations/0/timeZone', code: 'unknown-time-zone' },
    { pointer: '/rotations/1/startsAt', code: 'invalid-date' },
  ]);
  const long = await ask({ rotations: [rotation()], to: '2027-04-06T07:00:00Z' });
  expect([long.status, long.body.errors[0]]).toMatchObject([400, { pointer: '/to', code: 'range-too-long' }]);
});

test('people of another organisation, or nobody, are refused with the place where they were named', async () => {
  const body = {
    rotations: [rotation({ participants: [ann.id, eve.id] })],
    overrides: [{ from: iso(0), until: iso(hour), accountId: randomUUIDv7() }],
  };
  const { id } = (await create()).body;
  for (const answer of [await create(body), await patch(id, body)]) {
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([
      expect.objectContaining({ pointer: '/rotations/0/participants/1', code: 'unknown-member' }),
      expect.objectContaining({ pointer: '/overrides/0/accountId', code: 'unknown-member' }),
    ]);
  }
});

test('who has left since stays named, and the schedule can be changed', async () => {
  const gone = await addPerson(api, api.mine, 'Gone');
  const { id } = (await create({ rotations: [rotation({ participants: [gone.id] })] })).body;
  await api.sql.query('DELETE FROM member WHERE account_id = $1', [gone.id]);
  expect((await patch(id, { name: 'Renamed' })).status).toBe(200);
  expect((await patch(id, { rotations: [rotation({ participants: [gone.id] })] })).status).toBe(400);
});

test('If-Match is honoured, and what isn’t given stays', async () => {
  const made = await create({ overrides: [{ from: iso(0), until: iso(hour), accountId: ann.id }] });
  const { id, overrides } = made.body;
  const changed = await patch(id, { name: 'New' }, { 'if-match': String(made.headers.etag) });
  expect(changed.body).toMatchObject({ name: 'New', overrides, rotations: [rotation()] });
  expect((await patch(id, { name: 'Stale' }, { 'if-match': String(made.headers.etag) })).status).toBe(412);
});

test('isn’t deleted while a policy uses it, and the refusal names the policy', async () => {
  const { id } = (await create()).body;
  const targets = [{ kind: 'everyone' }, { kind: 'schedule', scheduleId: id, channelKinds: ['sms'] }];
  const steps = [
    { waitMs: 0, targets: [{ kind: 'everyone' }] },
    { waitMs: 60_000, targets },
  ];
  const body = { name: 'Night', steps };
  const policy = (await api.call(api.mine.writer, 'POST', '/v1/escalation-policies', { body })).body;
  const remove = () => api.call(api.mine.writer, 'DELETE', `${path}/${id}`);
  const refused = await remove();
  expect([refused.status, refused.body.code]).toEqual([409, 'schedule-in-use']);
  expect(refused.body.detail).toContain('Night');
  await api.call(api.mine.writer, 'DELETE', `/v1/escalation-policies/${policy.id}`);
  expect([(await remove()).status, (await remove()).status]).toEqual([204, 404]);
});

test('pages both ways, and there is a limit', async () => {
  const made: string[] = [];
  for (let i = 0; i < 5; i++) made.unshift((await create()).body.id);
  const full = await create();
  expect([full.status, full.body.code]).toEqual([409, 'schedule-limit']);
  const page = async (query: string) => (await api.call(api.mine.reader, 'GET', `${path}?limit=2${query}`)).body;
  const first = await page('');
  const second = await page(`&cursor=${first.next}`);
  const third = await page(`&cursor=${second.next}`);
  const seen = [...first.items, ...second.items, ...third.items].map(({ id }) => id);
  expect([seen, third.next]).toEqual([made, null]);
  expect((await page(`&cursor=${third.previous}`)).items).toEqual(second.items);
});

test('another organisation hears 404, and a reading key changes nothing', async () => {
  const { id } = (await create()).body;
  for (const [method, body] of [
    ['GET', undefined],
    ['PATCH', { name: 'x' }],
    ['DELETE', undefined],
  ] as const) {
    const url = `${path}/${id}`;
    expect((await api.call(api.other.writer, method, url, { body })).status).toBe(404);
    if (method !== 'GET') expect((await api.call(api.mine.reader, method, url, { body })).status).toBe(403);
  }
  expect((await create({}, api.mine.reader)).status).toBe(403);
  expect((await shifts(id, iso(0).replace('+', '%2B'), iso(hour), api.other.reader)).status).toBe(404);
  expect((await api.call(api.other.reader, 'GET', path)).body.items).toEqual([]);
});

const first = (over: object) => () => ({ rotations: [rotation(over)] });
test.each([
  ['no rotation', () => ({ rotations: [] }), '/rotations', 'too-few'],
  ['nobody in turn', first({ participants: [] }), '/rotations/0/participants', 'too-few'],
  ['a zone there isn’t', first({ timeZone: 'Mars/Base' }), '/rotations/0/timeZone', 'unknown-time-zone'],
  ['an offset for a zone', first({ timeZone: '+01:00' }), '/rotations/0/timeZone', 'unknown-time-zone'],
  ['a day there isn’t', first({ startsAt: '2026-02-30T09:00' }), '/rotations/0/startsAt', 'invalid-date'],
  ['an hour there isn’t', first({ startsAt: '2026-02-03T29:00' }), '/rotations/0/startsAt', 'invalid-date'],
  ['a shift of nothing', first({ shift: { unit: 'days', length: 0 } }), '/rotations/0/shift/length', 'too-small'],
  [
    'an override that ends before it begins',
    () => ({ overrides: [{ from: iso(hour), until: iso(0), accountId: ann.id }] }),
    '/overrides/0/until',
    'range-reversed',
  ],
  ['a field nobody knows', () => ({ owner: 'x' }), '/owner', 'unknown-field'],
])('refuses %s and stores nothing', async (_, body, pointer, code) => {
  const answer = await create(body());
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
  expect((await api.call(api.mine.reader, 'GET', path)).body.items).toEqual([]);
});
