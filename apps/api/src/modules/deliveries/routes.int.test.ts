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
