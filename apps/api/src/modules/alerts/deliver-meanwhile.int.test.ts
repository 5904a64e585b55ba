import type { Mailer } from '@farwatch/notifiers';
import { startInbox, startWebhookSink, waitUntil } from '@farwatch/testkit';
import { v7 as newId } from 'uuid';
import { expect, test } from 'vitest';
import { sealTarget } from '../channels/stored-target.ts';
import { secret, startAlerting } from './alerting.fixture.ts';
import type { Due } from './store.ts';

const idOf = ({ headers }: { headers: Record<string, unknown> }): unknown => headers['webhook-id'];
const all = (deliver: (due: Due) => Promise<void>, due: readonly Due[]) => Promise.all(due.map(deliver));

test('a channel that hangs holds up no other, and gets eight calls at a time', async () => {
  await using hanging = await startWebhookSink(() => 'silence');
  await using sink = await startWebhookSink();
  await using alerting = await startAlerting();
  const slow = await alerting.world.addChannel('webhook', hanging.url, secret);
  const deliver = alerting.worker();
  const incidents: Awaited<ReturnType<typeof alerting.open>>[] = [];
  for (let i = 0; i < 10; i++) incidents.push(await alerting.open());
  const stuck = incidents.flatMap(({ due }) => due).map((due) => deliver(due));
  await waitUntil(() => hanging.calls.length === 8);
  await alerting.world.addChannel('webhook', sink.url, secret);
  const { incidentId, due } = await alerting.open();
  const began = performance.now();
  const last = all(deliver, due);
  await sink.waitFor(() => true, 1_000);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(hanging.calls).toHaveLength(8);
  await hanging[Symbol.asyncDispose](); // cuts its connections
  await Promise.all([...stuck, last]);
  const rows = await alerting.deliveries(incidentId);
  expect(rows.find(({ channelId }) => channelId !== slow)?.status).toBe('delivered');
});

test('one worker drains a channel from the table, and a sweep hands over a bounded share of it', async () => {
  await using sink = await startWebhookSink();
  await using alerting = await startAlerting();
  const channel = await alerting.world.addChannel('webhook', sink.url, secret);
  for (let i = 0; i < 20; i++) await alerting.open();
  const handed = await alerting.sweep();
  expect(handed).toHaveLength(8);
  await all(alerting.worker(), handed);
  expect(sink.calls).toHaveLength(20);
  expect(new Set(sink.calls.map(idOf)).size).toBe(20);
  const { rows } = await alerting.world.db.sql.query('SELECT DISTINCT status FROM delivery WHERE channel_id = $1', [
    channel,
  ]);
  expect(rows).toEqual([{ status: 'delivered' }]);
});

test('a channel deleted before its turn is not called, and its delivery is a dead letter', async () => {
  await using sink = await startWebhookSink();
  await using alerting = await startAlerting();
  const channel = await alerting.world.addChannel('webhook', sink.url, secret);
  const { incidentId, due } = await alerting.open();
  await alerting.world.db.sql.query('DELETE FROM channel WHERE id = $1', [channel]);
  await all(alerting.worker(), due);
  expect(sink.calls).toHaveLength(0);
  expect(await alerting.deliveries(incidentId)).toMatchObject([
    { status: 'failed', attempts: [{ outcome: 'rejected', answer: 'the notification channel was deleted' }] },
  ]);
});

test('a monitor deleted while its alert is on the way leaves nothing behind', async () => {
  await using alerting = await startAlerting();
  const { sql } = alerting.world.db;
  const remove = async (): Promise<void> => void (await sql.query('DELETE FROM monitor'));
  const mailer: Mailer = {
    send: async () => {
      await remove();
      return { kind: 'delivered', answer: '250' };
    },
    close: async () => undefined,
  };
  await alerting.world.addChannel('email', 'ada@example.test');
  const { incidentId, due } = await alerting.open();
  await all(alerting.worker({ mailer }), due);
  expect(await alerting.deliveries(incidentId)).toEqual([]);
  expect(await alerting.events(due[0]?.deliveryId ?? '')).toEqual([]);
});

test('an error of our own is retried like any other and told to the operator', async () => {
  await using alerting = await startAlerting();
  const mailer: Mailer = { send: () => Promise.reject(new Error('a bug')), close: async () => undefined };
  await alerting.world.addChannel('email', 'ada@example.test');
  const { incidentId, due } = await alerting.open();
  const logged: unknown[] = [];
  await all(alerting.worker({ mailer, log: { error: ({ err }) => void logged.push(err) } }), due);
  expect(logged).toEqual([new Error('a bug')]);
  expect(await alerting.deliveries(incidentId)).toMatchObject([
    { status: 'pending', attempts: [{ outcome: 'retry' }] },
  ]);
});

test('a test message says so, belongs to no incident, and is tried once', async () => {
  await using inbox = await startInbox({
    answer: (_, nth) => (nth === 0 ? 'accept' : { code: 451, message: 'later' }),
  });
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  const id = await alerting.world.addChannel('email', 'ada@example.test');
  const { db, organisationId } = alerting.world;
  const channel = { id, name: 'my email', kind: 'email' } as const;
  const ask = async (): Promise<string> => {
    const deliveryId = newId();
    const test = { organisationId, deliveryId, channel, sealedTarget: null, now: alerting.now() };
    await db.transaction((tx) => alerting.planner.planTest(tx, test));
    await alerting.worker()({ deliveryId, attempt: 1 });
    return deliveryId;
  };
  expect(await alerting.events(await ask())).toEqual(['delivery.updated delivered']);
  expect(inbox.mails.map(({ parsed }) => parsed.subject)).toEqual(['Test from Farwatch for my email']);
  expect(await alerting.events(await ask())).toEqual(['delivery.failed failed']);
  expect(inbox.offered()).toBe(2);
});

test('a test before the channel is saved goes to its sealed target', async () => {
  await using sink = await startWebhookSink(() => ({ status: 403, body: 'who are you' }));
  await using alerting = await startAlerting();
  const { db, organisationId, keyring } = alerting.world;
  const deliveryId = newId();
  const target = {
    kind: 'webhook',
    url: sink.url,
    secrets: [{ secret, until: null }],
    headers: {},
    template: null,
  } as const;
  const sealedTarget = sealTarget(
    keyring,
    { table: 'delivery', organisationId, rowId: deliveryId },
    {
      ...target,
      secrets: [...target.secrets],
    },
  );
  const channel = { id: null, name: 'webhook', kind: 'webhook' } as const;
  await db.transaction((tx) =>
    alerting.planner.planTest(tx, { organisationId, deliveryId, channel, sealedTarget, now: alerting.now() }),
  );
  await alerting.settle();
  expect(sink.calls).toHaveLength(1);
  const { rows } = await db.sql.query('SELECT outcome, answer FROM delivery_attempt WHERE delivery_id = $1', [
    deliveryId,
  ]);
  expect(rows).toEqual([{ outcome: 'retry', answer: 'HTTP 403: who are you' }]);
  expect(await alerting.sweep()).toEqual([]);
});

test('planning the same alert again plans nothing', async () => {
  await using alerting = await startAlerting();
  await alerting.world.addChannel('email', 'ada@example.test');
  const { incidentId, monitorId } = await alerting.open();
  expect(await alerting.resolve(monitorId, incidentId)).toHaveLength(1);
  expect(await alerting.resolve(monitorId, incidentId)).toEqual([]);
  expect(await alerting.deliveries(incidentId)).toHaveLength(2);
});
