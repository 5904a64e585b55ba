import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';
import { addPerson } from '../person.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const everyone = { waitMs: 0, targets: [{ kind: 'everyone' }] };

const addMonitor = async (body: object = {}, key = api.mine.writer): Promise<string> => {
  const answer = await api.call(key, 'POST', '/v1/monitors', { body: { url: 'https://shop.example/', ...body } });
  return answer.body.id;
};
const addChannel = async (name: string, accountId: string | null = null): Promise<string> => {
  const id = randomUUIDv7();
  await api.sql.query(
    `INSERT INTO channel (id, organisation_id, account_id, name, kind, status, target, sealed, updated_at)
     VALUES ($1, $2, $3, $4, 'email', 'active', 'ops@shop.example', '', now())`,
    [id, api.mine.id, accountId, name],
  );
  return id;
};
/** Down from so long ago for so long. */
const addIncident = async (monitorId: string, ago: number, lasted: number, organisationId = api.mine.id) => {
  const id = randomUUIDv7();
  const began = Date.now() - ago;
  await api.sql.query(
    `INSERT INTO incident (id, organisation_id, monitor_id, started_at, opened_at, told_at, resolved_at, end_told_at, cause, regions)
     VALUES ($1, $2, $3, to_timestamp($4::float8 / 1000), to_timestamp($4::float8 / 1000),
       to_timestamp($4::float8 / 1000), to_timestamp($5::float8 / 1000), to_timestamp($5::float8 / 1000), '{"code":"timeout"}', '{fra}')`,
    [id, organisationId, monitorId, began, began + lasted],
  );
  return id;
};
const preview = async (change: object, key = api.mine.reader) =>
  api.call(key, 'POST', '/v1/alert-previews', { body: { change } });
const policy = (over: object = {}, policyId: string | null = null) => ({
  ...{ kind: 'escalation-policy', policyId, policy: { name: 'P', isDefault: true, steps: [everyone], ...over } },
});

beforeEach(async () => {
  for (const table of ['monitor', 'channel', 'escalation_policy', 'maintenance_window', 'on_call_schedule'])
    await api.sql.query(`DELETE FROM ${table}`);
});

test('without incidents there is nothing to tell', async () => {
  const { status, body } = await preview(policy());
  expect([status, body.incidents, body.present.alerts]).toEqual([200, 0, 0]);
  expect(body.summary).toContain('0 incidents opened');
});

test('a policy that waits would have told less, and nothing is stored', async () => {
  const monitorId = await addMonitor();
  const mail = await addChannel('Ops');
  const short = await addIncident(monitorId, 3 * day, 2 * minute);
  await addIncident(monitorId, 2 * day, hour);
  await addIncident(monitorId, 40 * day, hour);
  await addIncident(await addMonitor({}, api.other.writer), day, hour, api.other.id);
  const { body } = await preview(policy({ steps: [{ ...everyone, waitMs: 5 * minute }] }));
  expect(body).toMatchObject({
    incidents: 2,
    isCut: false,
    present: {
      told: 2,
      alerts: 2,
      messages: 4,
      channels: [{ channelId: mail, name: 'Ops', kind: 'email', alerts: 2 }],
    },
    wanted: { told: 1, alerts: 1, messages: 2 },
    summary: 'In the last 30 days 2 incidents opened: this would have sent 1 alert; the present rules come to 2.',
  });
  expect(body.differing).toHaveLength(2); // one is told five minutes later
  expect(body.differing[1]).toMatchObject({
    incidentId: short,
    monitorId,
    present: { alerts: 1, because: null },
    wanted: { firstAt: null, alerts: 0, because: 'over-first' },
  });
  expect((await api.sql.query('SELECT 1 FROM escalation_policy')).rows).toEqual([]);
});

test('a policy that is changed stands where it stood; one by tag is for its monitors', async () => {
  const shop = await addMonitor({ tags: ['shop'] });
  await addChannel('Ops');
  await addIncident(shop, day, hour);
  await addIncident(await addMonitor(), day, hour);
  const body = { name: 'Shop', tags: ['shop'], steps: [everyone] };
  const { id } = (await api.call(api.mine.writer, 'POST', '/v1/escalation-policies', { body })).body;
  const steps = [everyone, { ...everyone, waitMs: 10 * minute }];
  const answer = await preview({ kind: 'escalation-policy', policyId: id, policy: { ...body, steps } });
  expect([answer.body.present.alerts, answer.body.wanted.alerts]).toEqual([2, 3]);
});

test('many monitors at once: how soon they alert, and by which policy', async () => {
  const [shop, blog] = [await addMonitor(), await addMonitor()];
  await addChannel('Ops');
  for (const id of [shop, blog]) await addIncident(id, day, 2 * minute);
  const body = { name: 'Calm', tags: ['calm'], steps: [{ ...everyone, waitMs: 5 * minute }] };
  const calm = (await api.call(api.mine.writer, 'POST', '/v1/escalation-policies', { body })).body.id;
  const alerts = async (over: object) => {
    const { status, body: answer } = await preview({ kind: 'monitors', monitorIds: [shop], ...over });
    return status === 200 ? [answer.present.alerts, answer.wanted.alerts] : status;
  };
  expect(await alerts({ alertAfterMs: 3 * minute })).toEqual([2, 1]);
  expect(await alerts({ policyId: calm })).toEqual([2, 1]);
  expect(await alerts({ addTags: ['calm'] })).toEqual([2, 1]);
  expect(await alerts({ removeTags: ['calm'] })).toEqual([2, 2]);
  expect(await alerts({ monitorIds: [shop, randomUUIDv7()] })).toBe(404);
  expect(await alerts({ policyId: randomUUIDv7() })).toBe(400);
});

test('more than is replayed of one incident is said to be so', async () => {
  await addIncident(await addMonitor(), 20 * day, 15 * day);
  await addChannel('Ops');
  const { body } = await preview(policy({ remindEveryMs: 5 * minute }));
  expect([body.present.isLeast, body.wanted.isLeast, body.wanted.alerts > 500]).toEqual([false, true, true]);
  expect(body.summary).toMatch(/would have sent at least \d+ alerts; the present rules come to 1\./u);
  expect(body.assumes).toContain('taken as it was');
});

test('quiet hours of a channel, and of whoever asks', async () => {
  await addIncident(await addMonitor(), day, minute);
  const mail = await addChannel('Ops');
  const windows = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '00:00' }];
  const quietHours = { timeZone: 'UTC', windows, except: [] };
  const answer = await preview({ kind: 'quiet-hours', channelId: mail, quietHours });
  expect(answer.body.wanted).toMatchObject({ told: 0, alerts: 0 });
  expect(answer.body.differing[0].wanted.because).toBe('quiet-hours');
  const except = { ...quietHours, except: ['down'] };
  expect((await preview({ kind: 'quiet-hours', channelId: mail, quietHours: except })).body.differing).toEqual([]);
  expect((await preview({ kind: 'quiet-hours', channelId: null, quietHours })).body.errors).toMatchObject([
    { pointer: '/change/channelId', code: 'no-person' },
  ]);
});

test('planned work of every night is replayed as if it had been planned before', async () => {
  const monitorId = await addMonitor();
  await addChannel('Ops');
  const at = new Date(Date.now() - 2 * day);
  await addIncident(monitorId, 2 * day, 10 * minute);
  const startsAt = new Date(at.getTime() - 5 * minute + 5 * day).toISOString();
  const window = {
    ...{ name: 'Nightly', startsAt, timeZone: 'UTC', durationMs: hour, rule: 'FREQ=DAILY', appliesTo: { kind: 'all' } },
  };
  const asked = { kind: 'maintenance-window', windowId: null, window };
  const { body } = await preview(asked);
  expect([body.present.alerts, body.wanted.alerts]).toEqual([1, 0]);
  expect(body.differing[0].wanted).toEqual({ firstAt: null, alerts: 0, because: 'maintenance' });
});

test('who would have been on call', async () => {
  const ann = await addPerson(api, api.mine, 'Ann');
  const bob = await addPerson(api, api.mine, 'Bob');
  const [anns, bobs] = [await addChannel('Ann', ann.id), await addChannel('Bob', bob.id)];
  await addIncident(await addMonitor(), day, hour);
  const turn = { unit: 'weeks', length: 1 };
  const rotation = { participants: [ann.id], timeZone: 'UTC', startsAt: '2026-01-05T00:00', shift: turn, window: null };
  const body = { name: 'S', rotations: [rotation] };
  const { id } = (await api.call(api.mine.writer, 'POST', '/v1/on-call-schedules', { body })).body;
  const steps = [{ waitMs: 0, targets: [{ kind: 'schedule', scheduleId: id, channelKinds: null }] }];
  await api.call(api.mine.writer, 'POST', '/v1/escalation-policies', { body: { name: 'P', isDefault: true, steps } });
  const schedule = { ...body, rotations: [{ ...rotation, participants: [bob.id] }] };
  const answer = await preview({ kind: 'on-call-schedule', scheduleId: id, schedule });
  const ids = (outcome: { channels: readonly { channelId: string }[] }) => outcome.channels.map((c) => c.channelId);
  expect([ids(answer.body.present), ids(answer.body.wanted)]).toEqual([[anns], [bobs]]);
});

test.each<[string, object, string]>([
  [
    'a channel that is none',
    policy({ steps: [{ waitMs: 0, targets: [{ kind: 'channel', channelId: randomUUIDv7() }] }] }),
    '/change/policy/steps/0/targets/0/channelId',
  ],
  [
    'a zone that is none',
    {
      kind: 'quiet-hours',
      channelId: null,
      quietHours: { timeZone: 'Mars', windows: [{ days: [1], from: '01:00', until: '02:00' }], except: [] },
    },
    '/change/quietHours/timeZone',
  ],
  [
    'a rule that is none',
    {
      kind: 'maintenance-window',
      windowId: null,
      window: {
        name: 'W',
        startsAt: '2026-01-01T00:00',
        timeZone: 'UTC',
        durationMs: hour,
        rule: 'X',
        appliesTo: { kind: 'all' },
      },
    },
    '/change/window/rule',
  ],
])('%s is refused by its field', async (_, change, pointer) => {
  const { status, body } = await preview(change);
  expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
});

test('parents upon parents, each named by all below it, are read once each', async () => {
  const layers: string[][] = [];
  for (let layer = 0; layer < 12; layer++) {
    const ids = await Promise.all(Array.from({ length: 8 }, () => addMonitor()));
    await api.sql.query(
      'INSERT INTO monitor_parent (monitor_id, parent_id) SELECT m, p FROM unnest($1::uuid[]) AS m, unnest($2::uuid[]) AS p',
      [ids, layers.at(-1) ?? []],
    );
    layers.push(ids);
  }
  await addIncident(layers.at(-1)?.[0] ?? '', 2 * hour, hour);
  expect((await preview(policy({}))).status).toBe(200);
});

test('what another organisation has is not there', async () => {
  const body = { name: 'Theirs', steps: [everyone] };
  const { id } = (await api.call(api.other.writer, 'POST', '/v1/escalation-policies', { body })).body;
  expect((await preview(policy({}, id))).status).toBe(404);
  const channel = await addChannel('Mine');
  const change = { kind: 'quiet-hours', channelId: channel, quietHours: null };
  expect([(await preview(change)).status, (await preview(change, api.other.reader)).status]).toEqual([200, 404]);
});
