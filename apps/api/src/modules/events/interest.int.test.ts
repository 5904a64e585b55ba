import { waitUntil } from '@farwatch/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../world.fixture.ts';
import { openEventHub } from './hub.ts';
import { interestKey, readInterest } from './interest.ts';
import { eventStore } from './store.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const interest = () => readInterest(world.db.sql);
const subscriber = (organisationId: string) => ({ organisationId, onEvent: () => undefined, onCheck: () => undefined });
const openHub = async () => {
  const hub = openEventHub({ databaseUrl: world.url, events: eventStore(), onError: () => undefined });
  await hub.ready(10_000);
  return hub;
};

test('an organisation is of interest from its first watcher to its last, in whichever process they are', async () => {
  const [one, two] = [await openHub(), await openHub()];
  const key = interestKey(world.organisationId);
  expect([...(await interest())]).toEqual([]);
  const first = one.subscribe(subscriber(world.organisationId));
  const second = two.subscribe(subscriber(world.organisationId));
  await waitUntil(async () => (await interest()).has(key));
  first?.end();
  await one.close();
  await waitUntil(async () => (await interest()).has(key)); // the other process's
  second?.end();
  await waitUntil(async () => (await interest()).size === 0);
  await two.close();
});

test('the interest of a process that lost its connection is there again with the next one', async () => {
  const hub = await openHub();
  hub.subscribe(subscriber(world.organisationId));
  await waitUntil(async () => (await interest()).size === 1);
  await world.db.sql.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'farwatch events' AND datname = current_database()`,
  );
  await waitUntil(async () => (await interest()).size === 1);
  await hub.close();
  await waitUntil(async () => (await interest()).size === 0);
});
