import { randomUUIDv7 } from 'node:crypto';
import { defaultPolicy, onCallAt } from '@farwatch/domain';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';
import { addPerson } from '../person.fixture.ts';
import { escalationStore } from './store.ts';

let api: Api;
const store = escalationStore();
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  await api.sql.query('DELETE FROM monitor');
  await api.sql.query('DELETE FROM escalation_policy');
});

const steps = [{ waitMs: 0, targets: [{ kind: 'everyone' }] }];
const policy = async (body: object, key = api.mine.writer): Promise<string> =>
  (await api.call(key, 'POST', '/v1/escalation-policies', { body: { name: 'P', steps, ...body } })).body.id;
const monitor = async (body: object): Promise<string> =>
  (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { url: 'https://x.example', ...body } })).body.id;
const chosen = (monitorId: string) => store.policyFor(api.sql, { organisationId: api.mine.id, monitorId });

test('the monitor’s own policy comes first, then the oldest with one of its tags, then the default, then ours', async () => {
  const untagged = await monitor({});
  const tagged = await monitor({ tags: ['shop', 'eu'] });
  expect(await chosen(tagged)).toEqual({ ...defaultPolicy, id: null });
  await policy({ isDefault: true, tags: ['shop'] }, api.other.writer);
  expect((await chosen(tagged)).id).toBeNull();
  const byDefault = await policy({ isDefault: true });
  expect([(await chosen(tagged)).id, (await chosen(untagged)).id]).toEqual([byDefault, byDefault]);
  const oldest = await policy({ tags: ['eu', 'us'] });
  await policy({ tags: ['shop'] });
  await policy({ tags: ['other'] });
  expect([(await chosen(tagged)).id, (await chosen(untagged)).id]).toEqual([oldest, byDefault]);
  const own = await policy({ repeatTimes: 2, repeatAfterMs: 60_000, remindEveryMs: 300_000 });
  const named = await monitor({ tags: ['shop'], policyId: own });
  expect(await chosen(named)).toEqual({
    id: own,
    steps,
    repeatTimes: 2,
    repeatAfterMs: 60_000,
    remindEveryMs: 300_000,
  });
  await api.call(api.mine.writer, 'DELETE', `/v1/escalation-policies/${own}`);
  expect((await chosen(named)).id).not.toBe(own);
});

test('a monitor that is gone has the policy of nobody', async () => {
  await policy({ isDefault: true });
  expect((await chosen(randomUUIDv7())).id).toBeNull();
});

test('a schedule comes as the rules know it, and only to its own organisation', async () => {
  const ann = await addPerson(api, api.mine, 'Ann');
  const bob = await addPerson(api, api.mine, 'Bob');
  const rotation = {
    participants: [ann.id],
    timeZone: 'UTC',
    startsAt: '2026-01-01T00:00',
    shift: { unit: 'days', length: 1 },
    window: null,
  };
  const overrides = [{ from: '2026-06-01T00:00:00Z', until: '2026-06-02T00:00:00Z', accountId: bob.id }];
  const body = { name: 'S', rotations: [rotation], overrides };
  const { id } = (await api.call(api.mine.writer, 'POST', '/v1/on-call-schedules', { body })).body;
  const schedule = await store.scheduleOf(api.sql, api.mine.id, id);
  if (schedule === null) throw new Error('the schedule was just made');
  expect(onCallAt(schedule, Date.parse('2026-06-01T12:00:00Z'))).toBe(bob.id);
  expect(onCallAt(schedule, Date.parse('2026-06-02T00:00:00Z'))).toBe(ann.id);
  expect(await store.scheduleOf(api.sql, api.other.id, id)).toBeNull();
  expect(await store.scheduleOf(api.sql, api.mine.id, randomUUIDv7())).toBeNull();
});
