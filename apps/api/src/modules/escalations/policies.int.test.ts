import { randomUUIDv7 } from 'node:crypto';
import type { PolicyView } from '@farwatch/contracts';
import { corpusThere, isName, naughtyTexts, needs } from '@farwatch/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';
import { addPerson } from '../person.fixture.ts';

let api: Api;
let ann: Awaited<ReturnType<typeof addPerson>>;
let eve: Awaited<ReturnType<typeof addPerson>>;
beforeAll(async () => {
  api = await startApi({ limits: { policiesPerOrganisation: 6 } });
  ann = await addPerson(api, api.mine, 'Ann');
  eve = await addPerson(api, api.other, 'Eve');
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  await api.sql.query('DELETE FROM escalation_policy');
  await api.sql.query('DELETE FROM on_call_schedule');
});

const path = '/v1/escalation-policies';
const everyone = [{ waitMs: 0, targets: [{ kind: 'everyone' }] }];
const create = (body: object = {}, key = api.mine.writer) =>
  api.call(key, 'POST', path, { body: { name: 'Ops', steps: everyone, ...body } });
const patch = (id: string, body: object, headers = {}) =>
  api.call(api.mine.writer, 'PATCH', `${path}/${id}`, { body, headers });
const read = (id: string) => api.call(api.mine.reader, 'GET', `${path}/${id}`);
const addChannel = async (organisationId: string): Promise<string> => {
  const id = randomUUIDv7();
  await api.sql.query(
    `INSERT INTO channel (id, organisation_id, name, kind, target, updated_at) VALUES ($1, $2, 'c', 'email', 'x@example.com', now())`,
    [id, organisationId],
  );
  return id;
};
const addSchedule = async (person: { id: string }, key: string): Promise<string> => {
  const rotation = {
    participants: [person.id],
    timeZone: 'Europe/Berlin',
    startsAt: '2026-11-30T09:00',
    shift: { unit: 'weeks', length: 1 },
    window: null,
  };
  return (await api.call(key, 'POST', '/v1/on-call-schedules', { body: { name: 'Week', rotations: [rotation] } })).body
    .id;
};
const defaults = async (): Promise<readonly string[]> =>
  (await api.call(api.mine.reader, 'GET', path)).body.items
    .filter(({ isDefault }: PolicyView) => isDefault)
    .map(({ id }: PolicyView) => id);

test('a policy of two fields is whole, and says where it is', async () => {
  const made = await create();
  expect(made.status).toBe(201);
  expect(made.headers.location).toBe(`${path}/${made.body.id}`);
  expect(made.body).toMatchObject({
    name: 'Ops',
    isDefault: false,
    tags: [],
    steps: everyone,
    repeatTimes: 0,
    repeatAfterMs: 0,
    remindEveryMs: null,
  });
  const shown = await read(made.body.id);
  expect([shown.body, shown.headers.etag]).toEqual([made.body, made.headers.etag]);
});

test('steps tell channels, people, whoever is on call, and everyone', async () => {
  const targets = [
    { kind: 'channel', channelId: await addChannel(api.mine.id) },
    { kind: 'account', accountId: ann.id, channelKinds: ['sms', 'voice'] },
    { kind: 'schedule', scheduleId: await addSchedule(ann, api.mine.writer), channelKinds: null },
  ];
  const steps = [
    { waitMs: 0, targets },
    { waitMs: 300_000, targets: [{ kind: 'everyone' }] },
  ];
  const all = {
    steps,
    tags: ['shop'],
    isDefault: true,
    repeatTimes: 3,
    repeatAfterMs: 600_000,
    remindEveryMs: 3_600_000,
  };
  expect((await create(all)).body).toMatchObject(all);
});

test('whom another organisation has, or nobody, is refused with the place where it was named', async () => {
  const targets = [
    { kind: 'channel', channelId: await addChannel(api.other.id) },
    { kind: 'account', accountId: eve.id, channelKinds: null },
    { kind: 'account', accountId: ann.id, channelKinds: null },
    { kind: 'schedule', scheduleId: await addSchedule(eve, api.other.writer), channelKinds: null },
  ];
  const steps = [...everyone, { waitMs: 0, targets }];
  const faults = [
    { pointer: '/steps/1/targets/0/channelId', code: 'unknown-channel' },
    { pointer: '/steps/1/targets/1/accountId', code: 'unknown-member' },
    { pointer: '/steps/1/targets/3/scheduleId', code: 'unknown-schedule' },
  ];
  const { id } = (await create()).body;
  for (const answer of [await create({ steps }), await patch(id, { steps })]) {
    expect([answer.status, answer.body.code]).toEqual([400, 'validation-failed']);
    expect(answer.body.errors).toEqual(faults.map((fault) => expect.objectContaining(fault)));
  }
  expect((await read(id)).body.steps).toEqual(everyone);
});

test('a channel that is deleted later doesn’t keep the policy from being changed', async () => {
  const channelId = await addChannel(api.mine.id);
  const { id } = (await create({ steps: [{ waitMs: 0, targets: [{ kind: 'channel', channelId }] }] })).body;
  await api.sql.query('DELETE FROM channel WHERE id = $1', [channelId]);
  expect((await patch(id, { name: 'Renamed' })).body.name).toBe('Renamed');
});

test('If-Match is honoured, and what isn’t given stays', async () => {
  const made = await create({ tags: ['a'], remindEveryMs: 300_000 });
  const { id } = made.body;
  const changed = await patch(id, { name: 'New', remindEveryMs: null }, { 'if-match': String(made.headers.etag) });
  expect(changed.body).toMatchObject({ name: 'New', tags: ['a'], remindEveryMs: null });
  expect((await patch(id, { name: 'Stale' }, { 'if-match': String(made.headers.etag) })).status).toBe(412);
  expect((await patch(id, {})).headers.etag).toBe(changed.headers.etag);
});

test('there is one default at most: making one takes it from the other, however many do so at once', async () => {
  const a = (await create({ isDefault: true })).body.id;
  const b = await create({ isDefault: true });
  expect(await defaults()).toEqual([b.body.id]);
  await patch(a, { isDefault: true });
  expect(await defaults()).toEqual([a]);
  expect((await patch(b.body.id, { name: 'x' }, { 'if-match': String(b.headers.etag) })).status).toBe(412);
  await create({ isDefault: true }, api.other.writer);
  expect(await defaults()).toEqual([a]);
  const many = await Promise.all([b.body.id, a, b.body.id, a].map((id) => patch(id, { isDefault: true })));
  expect(many.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await defaults()).toHaveLength(1);
  for (const id of await defaults()) await patch(id, { isDefault: false });
  expect(await defaults()).toEqual([]);
});

test('pages both ways, and there is a limit that holds when many come at once', async () => {
  const made: string[] = [];
  for (let i = 0; i < 5; i++) made.unshift((await create()).body.id);
  const page = async (query: string) => (await api.call(api.mine.reader, 'GET', `${path}?limit=2${query}`)).body;
  const first = await page('');
  const second = await page(`&cursor=${first.next}`);
  const third = await page(`&cursor=${second.next}`);
  const seen = [...first.items, ...second.items, ...third.items].map(({ id }) => id);
  expect([seen, third.next]).toEqual([made, null]);
  expect((await page(`&cursor=${third.previous}`)).items).toEqual(second.items);
  const more = await Promise.all(Array.from({ length: 4 }, () => create({ isDefault: true })));
  expect(more.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
  expect(more.find(({ status }) => status === 409)?.body.code).toBe('policy-limit');
});

test('deleted once it is gone', async () => {
  const { id } = (await create()).body;
  const remove = () => api.call(api.mine.writer, 'DELETE', `${path}/${id}`);
  expect([(await remove()).status, (await remove()).status, (await read(id)).status]).toEqual([204, 404, 404]);
});

test('another organisation hears 404, and a reading key changes nothing', async () => {
  const { id } = (await create()).body;
  for (const [method, url, body] of [
    ['GET', `${path}/${id}`, undefined],
    ['PATCH', `${path}/${id}`, { name: 'x' }],
    ['DELETE', `${path}/${id}`, undefined],
  ] as const) {
    expect((await api.call(api.other.writer, method, url, { body })).status).toBe(404);
    if (method !== 'GET') expect((await api.call(api.mine.reader, method, url, { body })).status).toBe(403);
  }
  expect((await create({}, api.mine.reader)).status).toBe(403);
  expect((await api.call(api.other.reader, 'GET', path)).body.items).toEqual([]);
});

test.each([
  [{ steps: [] }, '/steps', 'too-few'],
  [{ steps: [{ waitMs: 0, targets: [] }] }, '/steps/0/targets', 'too-few'],
  [{ steps: [{ waitMs: -1, targets: [{ kind: 'everyone' }] }] }, '/steps/0/waitMs', 'too-small'],
  [{ steps: [{ waitMs: 0, targets: [{ kind: 'everyone', x: 1 }] }] }, '/steps/0/targets/0/x', 'unknown-field'],
  [{ name: '' }, '/name', 'too-short'],
  [{ tags: ['a', 'a'] }, '/tags', 'repeated'],
  [{ remindEveryMs: 1_000 }, '/remindEveryMs', 'too-small'],
])('refuses %j and stores nothing', async (body, pointer, code) => {
  const answer = await create(body);
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
  expect((await api.call(api.mine.reader, 'GET', path)).body.items).toEqual([]);
});

needs('/work/shared/corpora', corpusThere).test(
  'a naughty name is kept as it is, or refused',
  async () => {
    const { id } = (await create()).body;
    for (const name of naughtyTexts()) {
      const refused = !isName(name, 200);
      const answer = await patch(id, { name });
      expect([name, answer.status]).toEqual([name, refused ? 400 : 200]);
      if (!refused) expect(answer.body.name).toBe(name);
    }
  },
  120_000,
);
