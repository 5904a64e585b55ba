import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';
import { tidy } from '../housekeeping/tidy.ts';
import { addPerson } from '../person.fixture.ts';

let api: Api;
let person: string;
beforeAll(async () => {
  api = await startApi();
  person = (await addPerson(api, api.mine, 'Ann')).id;
});
afterAll(() => api[Symbol.asyncDispose]());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const call = (method: Method, url: string, body?: object, key = api.mine.writer) =>
  api.call(key, method, url, body === undefined ? {} : { body });
const everyone = { targets: [{ kind: 'everyone' }], waitMs: 0 };
const rotations = () => [
  {
    participants: [person],
    timeZone: 'Europe/Berlin',
    startsAt: '2026-11-23T09:00',
    shift: { unit: 'weeks', length: 1 },
    window: null,
  },
];
const things = {
  'escalation-policies': () => ({ name: 'Policy', tags: ['shop'], steps: [everyone], remindEveryMs: 3_600_000 }),
  'on-call-schedules': () => ({ name: 'Schedule', rotations: rotations() }),
  'maintenance-windows': () => ({
    ...{
      name: 'Window',
      note: 'Kernel',
      startsAt: '2027-01-03T02:00',
      timeZone: 'Europe/Berlin',
      durationMs: 7_200_000,
    },
    ...{ rule: 'FREQ=WEEKLY', appliesTo: { kind: 'tags', tags: ['shop'] }, countsAs: 'counted' },
  }),
} as const;

describe.each(Object.entries(things))('%s', (path, body) => {
  const url = `/v1/${path}`;
  const make = async () => {
    const made = await call('POST', url, body());
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return { at: `${url}/${made.body.id}`, made: made.body };
  };

  test('one that was deleted comes back under its own id as it was, once', async () => {
    const { at, made } = await make();
    expect((await call('DELETE', at)).status).toBe(204);
    expect((await call('GET', at)).status).toBe(404);
    const back = await call('POST', `${at}/restore`);
    expect(back.status, JSON.stringify(back.body)).toBe(200);
    expect({ ...back.body, updatedAt: '' }).toEqual({ ...made, updatedAt: '' });
    expect((await call('GET', at)).body).toEqual(back.body);
    expect((await call('POST', `${at}/restore`)).status).toBe(404);
    expect((await call('DELETE', at)).status).toBe(204);
    expect((await call('POST', `${at}/restore`)).status).toBe(200);
  });

  test('neither another organisation nor a key that reads brings it back, nor anybody after a day', async () => {
    const { at } = await make();
    await call('DELETE', at);
    expect((await call('POST', `${at}/restore`, undefined, api.other.writer)).status).toBe(404);
    expect((await call('POST', `${at}/restore`, undefined, api.mine.reader)).status).toBe(403);
    await api.sql.query(`UPDATE deleted_row SET deleted_at = now() - interval '25 hours'`);
    expect((await call('POST', `${at}/restore`)).status).toBe(404);
    await tidy(api.sql);
    expect((await api.sql.query('SELECT 1 FROM deleted_row')).rows).toEqual([]);
  });

  test('where there is no room it stays deleted, and comes back when there is', async () => {
    const one = { policiesPerOrganisation: 1, schedulesPerOrganisation: 1, windowsPerOrganisation: 1 };
    await using small = await startApi({ limits: one });
    const ann = await addPerson(small, small.mine, 'Ann');
    const given = JSON.parse(JSON.stringify(body()).replaceAll(person, ann.id));
    const ask = (method: Method, to: string, what?: object) =>
      small.call(small.mine.writer, method, to, what === undefined ? {} : { body: what });
    const first = await ask('POST', url, given);
    await ask('DELETE', `${url}/${first.body.id}`);
    const second = await ask('POST', url, given);
    const refused = await ask('POST', `${url}/${first.body.id}/restore`);
    expect([refused.status, refused.body.code]).toEqual([409, expect.stringMatching(/-limit$/u)]);
    await ask('DELETE', `${url}/${second.body.id}`);
    expect((await ask('POST', `${url}/${first.body.id}/restore`)).status).toBe(200);
  });
});

describe('a policy', () => {
  const monitor = async (policyId: string): Promise<string> =>
    (await call('POST', '/v1/monitors', { url: 'https://shop.example/', regions: ['fra'], policyId })).body.id;
  const policyOf = async (id: string) => (await call('GET', `/v1/monitors/${id}`)).body.policyId;
  const make = async (more: object = {}): Promise<string> =>
    (await call('POST', '/v1/escalation-policies', { name: 'P', steps: [everyone], ...more })).body.id;

  test('comes back to the monitors that had it, but not to one that was given another since', async () => {
    const [policy, another] = [await make(), await make()];
    const [kept, moved] = [await monitor(policy), await monitor(policy)];
    await call('DELETE', `/v1/escalation-policies/${policy}`);
    expect(await policyOf(kept)).toBeNull();
    await call('PATCH', `/v1/monitors/${moved}`, { policyId: another });
    await call('POST', `/v1/escalation-policies/${policy}/restore`);
    expect([await policyOf(kept), await policyOf(moved)]).toEqual([policy, another]);
  });

  test('that was the default one is so no more when another is', async () => {
    const policy = await make({ isDefault: true });
    await call('DELETE', `/v1/escalation-policies/${policy}`);
    await make({ isDefault: true });
    const back = await call('POST', `/v1/escalation-policies/${policy}/restore`);
    expect([back.status, back.body.isDefault]).toEqual([200, false]);
  });

  test('whose schedule went after it waits for that to come back', async () => {
    const schedule = (await call('POST', '/v1/on-call-schedules', { name: 'S', rotations: rotations() })).body.id;
    const steps = [{ targets: [{ kind: 'schedule', scheduleId: schedule, channelKinds: null }], waitMs: 0 }];
    const policy = await make({ steps });
    expect((await call('DELETE', `/v1/on-call-schedules/${schedule}`)).body.code).toBe('schedule-in-use');
    await call('DELETE', `/v1/escalation-policies/${policy}`);
    await call('DELETE', `/v1/on-call-schedules/${schedule}`);
    const refused = await call('POST', `/v1/escalation-policies/${policy}/restore`);
    expect([refused.status, refused.body.code]).toEqual([409, 'schedule-gone']);
    await call('POST', `/v1/on-call-schedules/${schedule}/restore`);
    expect((await call('POST', `/v1/escalation-policies/${policy}/restore`)).body.steps).toMatchObject(steps);
  });
});

test('a window that is brought back in its own time runs on from now, and what was cut off stays a fact', async () => {
  await call('POST', '/v1/monitors', { url: 'https://shop.example/', regions: ['fra'] });
  const startsAt = new Date(Date.now() - 600_000).toISOString();
  const given = { name: 'Now', startsAt, timeZone: 'UTC', durationMs: 3_600_000, appliesTo: { kind: 'all' } };
  const made = (await call('POST', '/v1/maintenance-windows', given)).body;
  expect(made.current).not.toBeNull();
  const at = `/v1/maintenance-windows/${made.id}`;
  const open = async () => {
    const { rows } = await api.sql.query<{ open: boolean }>(
      'SELECT ended_at IS NULL AS open FROM maintenance_stretch WHERE window_id = $1 ORDER BY started_at',
      [made.id],
    );
    return [...new Set(rows.map((row) => row.open))];
  };
  await call('DELETE', at);
  expect(await open()).toEqual([false]);
  expect((await call('POST', `${at}/restore`)).body.current).toEqual(made.current);
  expect(await open()).toEqual([false, true]);
});
