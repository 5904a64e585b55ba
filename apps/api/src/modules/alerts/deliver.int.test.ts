import { startInbox, startWebhookSink, verifyCall } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { secret, startAlerting } from './alerting.fixture.ts';
import type { Due } from './store.ts';

const typeOf = ({ body }: { body: string }): unknown => (JSON.parse(body) as { type: unknown }).type; // our own body
const idOf = ({ headers }: { headers: Record<string, unknown> }): unknown => headers['webhook-id'];
const all = (deliver: (due: Due) => Promise<void>, due: readonly Due[]) => Promise.all(due.map(deliver));

test('every channel is told of the incident and of its end, once each and in this order, by a signed call and a mail', async () => {
  await using inbox = await startInbox();
  await using sink = await startWebhookSink();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  await alerting.world.addChannel('webhook', `${sink.url}/größe`, secret);
  await alerting.world.addChannel('email', 'ada@example.test');
  const deliver = alerting.worker();
  const { incidentId, monitorId, due } = await alerting.open({ kind: 'assertion', expected: 'größer', got: '店 😀' });
  await all(deliver, due);
  alerting.pass(250_500);
  const dueLater = await alerting.resolve(monitorId, incidentId);
  expect([due.length, dueLater.length]).toEqual([2, 2]);
  await all(deliver, [...dueLater, ...due, ...dueLater, ...due]);
  await alerting.settle();
  expect(sink.calls.map(typeOf)).toEqual(['incident.opened', 'incident.resolved']);
  expect(inbox.mails.map(({ parsed }) => parsed.subject)).toEqual([
    'Down: Shop (expected größer, got 店 😀)',
    'Up again: Shop (was down for 4 min 13 s)',
  ]);
  const [opened, resolved] = inbox.mails;
  expect(resolved?.parsed.references).toBe(opened?.parsed.references);
  expect(resolved?.parsed.messageId).not.toBe(opened?.parsed.messageId);
  for (const call of sink.calls) {
    expect(verifyCall(call, secret)).toMatchObject({
      data: { incident: { id: incidentId, cause: { expected: 'größer', got: '店 😀' } } },
    });
  }
  const rows = await alerting.deliveries(incidentId);
  expect(rows.map(({ status, attempts }) => [status, attempts?.length])).toEqual(Array(4).fill(['delivered', 1]));
  expect(await alerting.events(rows[0]?.id ?? '')).toEqual(['delivery.updated delivered']);
  alerting.pass(86_400_000);
  expect(await alerting.sweep()).toEqual([]);
});

test('a receiver in trouble is called again with the same id, not before the wait, and then no more', async () => {
  await using sink = await startWebhookSink((_, nth) => (nth === 0 ? { status: 500, body: 'oops' } : 200));
  await using alerting = await startAlerting();
  await alerting.world.addChannel('webhook', sink.url, secret);
  const deliver = alerting.worker();
  const { incidentId, due } = await alerting.open();
  await all(deliver, due);
  alerting.pass(4_000);
  expect(await alerting.sweep()).toEqual([]);
  alerting.pass(1_001);
  await all(deliver, await alerting.sweep());
  expect(sink.calls.map(idOf)).toEqual([due[0]?.deliveryId, due[0]?.deliveryId]);
  expect(sink.calls[1]?.body).toBe(sink.calls[0]?.body);
  const [row] = await alerting.deliveries(incidentId);
  expect(row).toMatchObject({
    status: 'delivered',
    attempts: [
      { outcome: 'retry', answer: 'HTTP 500: oops' },
      { outcome: 'delivered', answer: 'HTTP 200' },
    ],
  });
  expect(await alerting.events(row?.id ?? '')).toEqual(['delivery.updated pending', 'delivery.updated delivered']);
});

test('Retry-After is obeyed even when it is longer than the own wait', async () => {
  await using sink = await startWebhookSink((_, nth) =>
    nth === 0 ? { status: 429, headers: { 'retry-after': '120' } } : 200,
  );
  await using alerting = await startAlerting();
  await alerting.world.addChannel('webhook', sink.url, secret);
  const deliver = alerting.worker();
  const { due } = await alerting.open();
  await all(deliver, due);
  alerting.pass(119_999);
  expect(await alerting.sweep()).toEqual([]);
  alerting.pass(2);
  await all(deliver, await alerting.sweep());
  expect(sink.calls).toHaveLength(2);
});

test('the same job in two workers at once is sent once', async () => {
  await using sink = await startWebhookSink();
  await using alerting = await startAlerting();
  await alerting.world.addChannel('webhook', sink.url, secret);
  const { due } = await alerting.open();
  const workers = [alerting.worker(), alerting.worker(), alerting.worker()];
  await Promise.all(workers.flatMap((deliver) => [all(deliver, due), all(deliver, due)]));
  expect(sink.calls).toHaveLength(1);
});

test('a worker that dies between sending and writing it down: sent again after its lease, with the same id', async () => {
  await using sink = await startWebhookSink();
  await using alerting = await startAlerting();
  await alerting.world.addChannel('webhook', sink.url, secret);
  const { incidentId, due } = await alerting.open();
  const { db } = alerting.world;
  const query: typeof db.sql.query = (text, values) =>
    text.includes('delivery_attempt') ? Promise.reject(new Error('killed')) : db.sql.query(text, values);
  const dying = alerting.worker({ db: { sql: { query }, transaction: db.transaction } });
  await expect(all(dying, due)).rejects.toThrow('killed');
  await all(alerting.worker(), due); // its job comes again at once, to another
  expect(await alerting.sweep()).toEqual([]);
  alerting.pass(45_001);
  const again = await alerting.sweep();
  expect(again).toEqual([{ deliveryId: due[0]?.deliveryId, attempt: 2 }]);
  await all(alerting.worker(), again);
  expect(sink.calls.map(idOf)).toEqual([due[0]?.deliveryId, due[0]?.deliveryId]);
  expect(await alerting.deliveries(incidentId)).toMatchObject([{ status: 'delivered' }]);
});

test('what a crash left between commit and queue is found by the sweep', async () => {
  await using sink = await startWebhookSink();
  await using alerting = await startAlerting();
  await alerting.world.addChannel('webhook', sink.url, secret);
  const { due } = await alerting.open(); // never put on the queue
  expect(await alerting.sweep()).toEqual(due);
  expect(await alerting.sweep()).toEqual(due); // the same job, should the first have got lost
  await alerting.settle();
  expect(sink.calls).toHaveLength(1);
  expect(await alerting.sweep()).toEqual([]);
});

test('an endpoint that is gone is called once: it is broken, and what waits for it are dead letters', async () => {
  await using sink = await startWebhookSink(() => ({ status: 410, body: 'gone' }));
  await using alerting = await startAlerting();
  const channelId = await alerting.world.addChannel('webhook', sink.url, secret);
  const { incidentId, monitorId } = await alerting.open();
  const other = await alerting.open();
  await alerting.settle();
  alerting.pass(3_600_000);
  await alerting.resolve(monitorId, incidentId);
  await alerting.settle();
  expect(sink.calls.length).toBeLessThanOrEqual(2); // both may have been on their way
  const [row] = await alerting.deliveries(incidentId);
  expect(row?.status).toBe('failed');
  expect((await alerting.deliveries(other.incidentId))[0]?.status).toBe('failed');
  const { rows } = await alerting.world.db.sql.query('SELECT status, status_reason FROM channel WHERE id = $1', [
    channelId,
  ]);
  expect(rows).toEqual([{ status: 'broken', status_reason: 'HTTP 410: gone' }]);
});

test('"up again" waits for its "down", however often that has to be tried', async () => {
  await using sink = await startWebhookSink((_, nth) => (nth < 2 ? 503 : 200));
  await using alerting = await startAlerting();
  await alerting.world.addChannel('webhook', sink.url, secret);
  const deliver = alerting.worker();
  const { incidentId, monitorId, due } = await alerting.open();
  await all(deliver, due);
  await all(deliver, await alerting.resolve(monitorId, incidentId));
  expect(await alerting.sweep()).toEqual([]);
  alerting.pass(5_001);
  await all(deliver, await alerting.sweep());
  expect(sink.calls.map(typeOf)).toEqual(['incident.opened', 'incident.opened']);
  alerting.pass(15_001);
  await all(deliver, await alerting.sweep());
  expect(sink.calls.map(typeOf).slice(2)).toEqual(['incident.opened', 'incident.resolved']);
  expect(JSON.parse(sink.calls[2]?.body ?? '')).toMatchObject({ data: { incident: { status: 'open' } } });
});

test('an endpoint that stays away is tried for three days, every few minutes, then the delivery is a dead letter', async () => {
  let dead = true;
  await using sink = await startWebhookSink(() => (dead ? 500 : 200));
  await using alerting = await startAlerting();
  await alerting.world.addChannel('webhook', sink.url, secret);
  const { incidentId } = await alerting.open();
  const began = alerting.now();
  while (alerting.now() - began < 74 * 3_600_000) {
    await alerting.settle();
    alerting.pass(1_200_000);
  }
  const [row] = await alerting.deliveries(incidentId);
  expect(row?.status).toBe('failed');
  expect(row?.attempts?.length).toBeGreaterThan(200);
  expect((await alerting.events(row?.id ?? '')).at(-1)).toBe('delivery.failed failed');
  dead = false;
  const { db, organisationId } = alerting.world;
  const resent = await db.transaction((tx) =>
    alerting.planner.resend(tx, { organisationId, deliveryId: row?.id ?? '', now: alerting.now() }),
  );
  expect(resent).toEqual({ attempt: (row?.attempts?.length ?? 0) + 1 });
  await alerting.settle();
  expect((await alerting.deliveries(incidentId))[0]?.status).toBe('delivered');
  expect(idOf(sink.calls.at(-1) ?? { headers: {} })).toBe(row?.id);
}, 60_000);

test('an endpoint that was dead for two hours hears within five minutes of its return', async () => {
  let dead = true;
  await using sink = await startWebhookSink(() => (dead ? 'cut' : 200));
  await using alerting = await startAlerting();
  await alerting.world.addChannel('webhook', sink.url, secret);
  await alerting.open();
  for (let minute = 0; minute < 120; minute++) {
    await alerting.settle();
    alerting.pass(60_000);
  }
  dead = false;
  const before = sink.calls.length;
  alerting.pass(300_000);
  await alerting.settle();
  expect(sink.calls.length).toBe(before + 1);
});
