import { startWebhookSink, waitUntil } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { holdEventOrder } from '../events/store.ts';
import { secret, startAlerting } from './alerting.fixture.ts';
import type { Due } from './store.ts';

const dayMs = 86_400_000;
const all = (deliver: (due: Due) => Promise<void>, due: readonly Due[]) => Promise.all(due.map(deliver));
type Told = Readonly<{ type: string; data: Readonly<{ incident: Readonly<{ id: string }> }> }>;
const toldBy = ({ body }: { body: string }): readonly [string, string] => {
  const { type, data } = JSON.parse(body) as Told; // our own body
  return [type, data.incident.id];
};

test('the next "down" of a monitor waits for the last "up again", but not for its back-off', async () => {
  await using sink = await startWebhookSink((_, nth) => (nth === 1 ? 503 : 200));
  await using alerting = await startAlerting();
  await alerting.world.addChannel('webhook', sink.url, secret);
  const deliver = alerting.worker();
  const first = await alerting.open();
  await all(deliver, first.due);
  await all(deliver, await alerting.resolve(first.monitorId, first.incidentId)); // 503: tried again in 5 s
  alerting.pass(1_000);
  const second = await alerting.open(undefined, first.monitorId);
  await all(deliver, second.due);
  expect(sink.calls.slice(2).map(toldBy)).toEqual([
    ['incident.resolved', first.incidentId],
    ['incident.opened', second.incidentId],
  ]);
});

test('another monitor does not wait', async () => {
  await using sink = await startWebhookSink((_, nth) => (nth === 0 ? 503 : 200));
  await using alerting = await startAlerting();
  await alerting.world.addChannel('webhook', sink.url, secret);
  const deliver = alerting.worker();
  await all(deliver, (await alerting.open()).due);
  const other = await alerting.open();
  await all(deliver, other.due);
  expect(sink.calls.slice(1).map(toldBy)).toEqual([['incident.opened', other.incidentId]]);
});

test('an endpoint that is dead for days: all is tried, and what is young enough arrives in order', async () => {
  let dead = true;
  await using sink = await startWebhookSink(() => (dead ? 500 : 200));
  await using alerting = await startAlerting();
  await alerting.world.addChannel('webhook', sink.url, secret);
  const began = alerting.now();
  const incidents: Awaited<ReturnType<typeof alerting.open>>[] = [];
  while (alerting.now() - began < 3 * dayMs + 2 * 3_600_000) {
    if (incidents.length < 4) {
      const incident = await alerting.open(undefined, incidents[0]?.monitorId);
      incidents.push(incident);
      await alerting.settle();
      alerting.pass(1_000);
      await alerting.resolve(incident.monitorId, incident.incidentId);
    }
    alerting.pass(3_600_000);
    await alerting.settle();
  }
  dead = false;
  const before = sink.calls.length;
  for (let i = 0; i < 3; i++) {
    alerting.pass(4_000_000);
    await alerting.settle();
  }
  const rows = (await Promise.all(incidents.map(({ incidentId }) => alerting.deliveries(incidentId)))).flat();
  expect(rows.every(({ status, attempts }) => status !== 'pending' && (attempts?.length ?? 0) > 0)).toBe(true);
  const arrived = sink.calls.slice(before).map(toldBy);
  const planned = incidents.flatMap(({ incidentId }) => [
    ['incident.opened', incidentId],
    ['incident.resolved', incidentId],
  ]);
  expect(arrived.length).toBeGreaterThanOrEqual(2);
  expect(arrived).toEqual(planned.slice(-arrived.length));
  expect(rows.filter(({ status }) => status === 'delivered')).toHaveLength(arrived.length);
}, 60_000);

test('an attempt is written down though somebody else holds the order of events, and told afterwards', async () => {
  await using sink = await startWebhookSink();
  await using alerting = await startAlerting();
  const { db, addChannel } = alerting.world;
  await addChannel('webhook', sink.url, secret);
  const { incidentId, due } = await alerting.open();
  let delivering: Promise<unknown> = Promise.resolve();
  await db.transaction(async (tx) => {
    await holdEventOrder(tx);
    delivering = all(alerting.worker(), due);
    await waitUntil(async () => (await alerting.deliveries(incidentId))[0]?.status === 'delivered');
  });
  await delivering;
  expect(await alerting.events(due[0]?.deliveryId ?? '')).toEqual(['delivery.updated delivered']);
});
