import { randomUUIDv7 } from 'node:crypto';
import type { DeliveryView } from '@farwatch/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AlertPlanner } from '../alerts/planner.ts';
import { type Api, startApi } from '../api.fixture.ts';
import { recordingPlanner } from '../planner.fixture.ts';

let api: Api;
let answer: Awaited<ReturnType<AlertPlanner['resend']>>;
const resent: unknown[] = [];
beforeAll(async () => {
  const { planner } = recordingPlanner();
  const resend: AlertPlanner['resend'] = async (_, { now, ...which }) => {
    resent.push([which, typeof now]);
    return which.organisationId === api.mine.id ? answer : null;
  };
  api = await startApi({ deps: { alerts: { ...planner, resend } } });
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  await api.sql.query('DELETE FROM delivery');
  api.sent.length = 0;
  resent.length = 0;
});

const delivery = async (status: DeliveryView['status'], more: { reason?: string; bundleId?: string } = {}) => {
  const id = randomUUIDv7();
  const monitorId = randomUUIDv7();
  await api.sql.query(
    `INSERT INTO delivery (id, organisation_id, monitor_id, channel_name, kind, event, key, status, reason, bundle_id,
       next_attempt_at, settled_at)
     VALUES ($1::uuid, $2, $3, 'Ops', 'sms', 'incident.reminder', $1::uuid::text, $4, $5, $6, now(),
       CASE WHEN $4::text IN ('delivered', 'failed', 'dropped') THEN now() END)`,
    [id, api.mine.id, monitorId, status, more.reason ?? null, more.bundleId ?? null],
  );
  return { id, monitorId };
};
const resend = (id: string, key = api.mine.writer) => api.call(key, 'POST', `/v1/deliveries/${id}/resend`);

test('says why it waits, what it was told with, and every word of its state', async () => {
  const whole = await delivery('pending', { reason: 'quiet hours' });
  const part = await delivery('delivered', { bundleId: whole.id });
  const read = async (id: string) => (await api.call(api.mine.reader, 'GET', `/v1/deliveries/${id}`)).body;
  expect(await read(whole.id)).toMatchObject({
    monitorId: whole.monitorId,
    event: 'incident.reminder',
    kind: 'sms',
    status: 'pending',
    reason: 'quiet hours',
    bundledWith: null,
    nextAttemptAt: expect.any(String),
  });
  expect(await read(part.id)).toMatchObject({ reason: null, bundledWith: whole.id, nextAttemptAt: null });
  for (const status of ['accepted', 'failed', 'dropped'] as const) await delivery(status);
  for (const status of ['pending', 'accepted', 'delivered', 'failed', 'dropped']) {
    const { body } = await api.call(api.mine.reader, 'GET', `/v1/deliveries?status=${status}`);
    expect(body.items.map((item: DeliveryView) => item.status)).toEqual([status]);
  }
  const both = await api.call(api.mine.reader, 'GET', '/v1/deliveries?status=failed&status=dropped');
  expect(both.body.items).toHaveLength(2);
});

test('an attempt that a provider took without telling the end shows as such', async () => {
  const { id } = await delivery('accepted');
  await api.sql.query(
    `INSERT INTO delivery_attempt (id, delivery_id, at, outcome, answer, took_ms) VALUES ($1, $2, now(), 'accepted', 'queued', 7)`,
    [randomUUIDv7(), id],
  );
  const { body } = await api.call(api.mine.reader, 'GET', `/v1/deliveries/${id}`);
  expect(body.attempts).toMatchObject([{ outcome: 'accepted', answer: 'queued', tookMs: 7 }]);
});

test('a dead letter is sent again: with the attempt that alerting says, after its commit', async () => {
  const { id } = await delivery('failed');
  answer = { attempt: 9 };
  const again = await resend(id);
  expect([again.status, again.body.id]).toEqual([202, id]);
  expect(resent).toEqual([[{ organisationId: api.mine.id, deliveryId: id }, 'number']]);
  expect(api.sent).toEqual([{ deliveryId: id, attempt: 9 }]);
});

test('what can’t be sent again isn’t, and what isn’t there is 404', async () => {
  const { id } = await delivery('pending');
  answer = false;
  const refused = await resend(id);
  expect([refused.status, refused.body.code]).toEqual([409, 'not-resendable']);
  answer = null;
  expect((await resend(randomUUIDv7())).status).toBe(404);
  expect(api.sent).toEqual([]);
});

test('another organisation hears 404, and a reading key sends nothing', async () => {
  const { id } = await delivery('failed');
  answer = { attempt: 2 };
  expect((await resend(id, api.other.writer)).status).toBe(404);
  expect((await resend(id, api.mine.reader)).status).toBe(403);
  expect(api.sent).toEqual([]);
});

const inLog = async (row: Readonly<Record<string, unknown>>, owner = api.mine.id) => {
  const id = randomUUIDv7();
  const columns = ['id', 'organisation_id', 'channel_name', 'key', ...Object.keys(row)];
  await api.sql.query(
    `INSERT INTO delivery (${columns.join(', ')}) VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
    [id, owner, 'Ops', id, ...Object.values(row)],
  );
  return id;
};
const channelOf = async (owner: string) => {
  const id = randomUUIDv7();
  await api.sql.query(
    `INSERT INTO channel (id, organisation_id, name, kind, target, updated_at) VALUES ($1, $2, 'Ops', 'sms', '+49', now())`,
    [id, owner],
  );
  return id;
};
const listed = async (query: string, key = api.mine.reader) =>
  (await api.call(key, 'GET', `/v1/deliveries?${query}`)).body;
const ids = (page: { items: readonly DeliveryView[] }) => page.items.map(({ id }) => id);

test('the log is narrowed by monitor, kind, event and time', async () => {
  const monitor = randomUUIDv7();
  const opened = { kind: 'sms', event: 'incident.opened' };
  const first = await inLog({ ...opened, monitor_id: monitor, created_at: '2026-11-01T00:00:00Z' });
  const second = await inLog({ ...opened, kind: 'email', created_at: '2026-11-02T00:00:00Z' });
  const third = await inLog({ ...opened, event: 'channel.test', created_at: '2026-11-03T00:00:00Z' });
  expect(ids(await listed(`monitorId=${monitor}`))).toEqual([first]);
  expect(ids(await listed('kind=email&kind=voice'))).toEqual([second]);
  expect(ids(await listed('event=channel.test&event=incident.resolved'))).toEqual([third]);
  expect(ids(await listed('from=2026-11-02T00:00:00Z&to=2026-11-03T00:00:00Z'))).toEqual([second]);
  expect(ids(await listed('kind=sms&event=incident.opened&to=2026-11-03T00:00:00Z'))).toEqual([first]);
  for (const wrong of [
    'kind=fax',
    'event=none',
    'from=yesterday',
    'from=2026-13-45T00:00:00Z',
    'monitorId=x',
    'from=2026-11-03T00:00:00Z&to=2026-11-02T00:00:00Z',
  ])
    expect((await api.call(api.mine.reader, 'GET', `/v1/deliveries?${wrong}`)).status).toBe(400);
});

test('a narrowed log pages both ways, deliveries of one moment included', async () => {
  const channel = await channelOf(api.mine.id);
  const made: (readonly [string, string])[] = [];
  for (let i = 0; i < 5; i++) {
    const at = new Date(Date.UTC(2026, 10, 1 + Math.floor(i / 2))).toISOString();
    made.push([at, await inLog({ channel_id: channel, kind: 'sms', event: 'channel.test', created_at: at })]);
    await inLog({ kind: 'email', event: 'channel.test', created_at: at });
  }
  const all = made.toSorted((a, b) => (a.join() < b.join() ? 1 : -1)).map(([, id]) => id);
  const query = `channelId=${channel}&kind=sms&from=2026-10-01T00:00:00Z&limit=2`;
  const first = await listed(query);
  const second = await listed(`${query}&cursor=${first.next}`);
  const third = await listed(`${query}&cursor=${second.next}`);
  expect([first, second, third].map(ids)).toEqual([all.slice(0, 2), all.slice(2, 4), all.slice(4)]);
  expect([first.previous, third.next]).toEqual([null, null]);
  expect(ids(await listed(`${query}&cursor=${third.previous}`))).toEqual(all.slice(2, 4));
  expect(await listed(`${query}&cursor=${second.previous}`)).toMatchObject({ items: first.items, previous: null });
});

test('another organisation’s channel and monitor have nothing in the log', async () => {
  const [mine, theirs, monitor] = [await channelOf(api.mine.id), await channelOf(api.other.id), randomUUIDv7()];
  const row = { kind: 'sms', event: 'channel.test' };
  const own = await inLog({ ...row, channel_id: mine });
  await inLog({ ...row, channel_id: theirs, monitor_id: monitor }, api.other.id);
  expect(ids(await listed(`channelId=${mine}`))).toEqual([own]);
  expect(ids(await listed(`channelId=${theirs}`))).toEqual([]);
  expect(ids(await listed(`monitorId=${monitor}`))).toEqual([]);
  expect(ids(await listed('kind=sms'))).toEqual([own]);
});
