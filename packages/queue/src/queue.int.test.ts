import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { QueueContract } from '@farwatch/contracts';
import { freshDatabase, needs, redisAvailable, startPostgres, startRedis, waitUntil } from '@farwatch/testkit';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { Type } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConsumer, openProducer, pingQueue, prepareQueue, type QueueBackend } from './index.ts';

const Payload = Type.Object({ id: Type.String(), n: Type.Optional(Type.Number()) });
let made = 0;
/** A queue nobody else uses. */
const newQueue = (attempts = 3): QueueContract<typeof Payload> => ({
  name: `orders-${process.pid}-${made++}`,
  payload: Payload,
  keyOf: ({ id }) => id,
  attempts,
});
const unheard = () => undefined;

type Stage = AsyncDisposable &
  Readonly<{ backend: QueueBackend; crash: () => Promise<void>; start: () => Promise<void> }>;

const onPostgres = async (): Promise<Stage> => {
  const server = await startPostgres();
  const backend = { kind: 'postgres', url: server.url, schema: 'queue' } as const;
  await prepareQueue(backend);
  return { ...server, backend };
};
const onRedis = async (): Promise<Stage> => {
  const server = await startRedis(['--appendonly', 'yes']);
  return { ...server, backend: { kind: 'redis', url: server.url } };
};
const onCluster = async (): Promise<Stage> => {
  const server = await startRedis([
    '--appendonly',
    'yes',
    '--cluster-enabled',
    'yes',
    '--cluster-announce-ip',
    '127.0.0.1',
  ]);
  const redis = new Redis(server.url);
  await redis.cluster('ADDSLOTSRANGE', 0, 16_383);
  await waitUntil(async () => (await redis.cluster('INFO')).includes('cluster_state:ok'));
  redis.disconnect();
  return { ...server, backend: { kind: 'redis', url: `redis+cluster://127.0.0.1:${server.port}` } };
};

/** One contract, whatever the queue lies on. */
const contractSuite = (open: () => Promise<Stage>) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await open();
  });
  afterAll(async () => await stage?.[Symbol.asyncDispose]());

  test('what is sent is handled once, as it was sent', async () => {
    const queue = newQueue();
    const seen: unknown[] = [];
    const producer = openProducer(queue, stage.backend);
    const consumer = openConsumer(queue, stage.backend, async (p) => void seen.push(p), {
      concurrency: 2,
      onError: unheard,
    });
    await producer.send({ id: 'a', n: 1.5 });
    await producer.send({ id: 'b' });
    await waitUntil(() => seen.length === 2);
    await consumer.close();
    await producer.close();
    expect(seen).toEqual(expect.arrayContaining([{ id: 'a', n: 1.5 }, { id: 'b' }]));
  });

  test('the same key twice is one job', async () => {
    const queue = newQueue();
    const seen: string[] = [];
    const producer = openProducer(queue, stage.backend);
    for (const id of ['a', 'a', 'b', 'a']) await producer.send({ id });
    const consumer = openConsumer(queue, stage.backend, async ({ id }) => void seen.push(id), {
      concurrency: 1,
      onError: unheard,
    });
    await waitUntil(() => seen.includes('b'));
    await consumer.close();
    await producer.close();
    expect(seen).toEqual(['a', 'b']);
  });

  test('a payload that breaks the contract is never handled nor tried again, and is not told in full', async () => {
    const queue = newQueue();
    const errors: string[] = [];
    let handled = 0;
    const broken = openProducer({ ...queue, payload: Type.Any(), keyOf: () => 'x' }, stage.backend);
    await broken.send({ id: 7, secret: 'hunter2' });
    const handle = async () => {
      handled += 1;
    };
    const onError = ({ message }: Error) => void errors.push(message);
    const consumer = openConsumer(queue, stage.backend, handle, { concurrency: 1, onError });
    await waitUntil(() => errors.length > 0);
    await consumer.close();
    await broken.close();
    expect(handled).toBe(0);
    expect(errors).toEqual([expect.stringMatching(/^orders-.* x: attempt 1 of 3 failed: .*breaks the contract$/)]);
  });

  test('a handler that throws gets the job again after a wait, as often as the contract says', async () => {
    const queue = newQueue(3);
    const at: number[] = [];
    const errors: string[] = [];
    const producer = openProducer(queue, stage.backend);
    const handle = async () => {
      at.push(performance.now());
      if (at.length < 3) throw new Error('not yet');
    };
    const onError = ({ message }: Error) => void errors.push(message);
    const consumer = openConsumer(queue, stage.backend, handle, { concurrency: 1, onError });
    await producer.send({ id: 'a' });
    await waitUntil(() => at.length === 3);
    await consumer.close();
    await producer.close();
    const [first = 0, second = 0, third = 0] = at;
    expect(second - first).toBeGreaterThanOrEqual(200);
    expect(third - second).toBeGreaterThanOrEqual(900);
    expect(errors).toHaveLength(2);
  });

  test('a key whose job failed for good gets another chance when it is sent again', async () => {
    const queue = newQueue(1);
    let handled = 0;
    const errors: Error[] = [];
    const producer = openProducer(queue, stage.backend);
    const handle = async () => {
      handled += 1;
      if (handled === 1) throw new Error('once');
    };
    const consumer = openConsumer(queue, stage.backend, handle, {
      concurrency: 1,
      onError: (e) => void errors.push(e),
    });
    await producer.send({ id: 'a' });
    await waitUntil(() => errors.length === 1);
    // Its failure is told a moment before it is stored: until then the same key is still the same job.
    await waitUntil(async () => {
      await producer.send({ id: 'a' });
      return handled >= 2;
    });
    await consumer.close();
    await producer.close();
  });

  test('a delayed job waits, and a busy queue does what is more urgent first', async () => {
    const queue = newQueue();
    const seen: string[] = [];
    const at = new Map<string, number>();
    const producer = openProducer(queue, stage.backend);
    const sent = Date.now();
    await producer.send({ id: 'late' }, { delayMs: 700 });
    await producer.send({ id: 'low' }, { priority: 5 });
    await producer.send({ id: 'high' }, { priority: 1 });
    await producer.send({ id: 'first' });
    const handle = async ({ id }: { id: string }) => {
      seen.push(id);
      at.set(id, Date.now());
    };
    const consumer = openConsumer(queue, stage.backend, handle, { concurrency: 1, onError: unheard });
    await waitUntil(() => seen.length === 4);
    await consumer.close();
    await producer.close();
    expect(seen.filter((id) => id !== 'late')).toEqual(['first', 'high', 'low']);
    expect((at.get('late') ?? 0) - sent).toBeGreaterThanOrEqual(695);
  });

  test('closing waits for the jobs at hand and takes no more', async () => {
    const queue = newQueue();
    let finished = 0;
    const release = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const producer = openProducer(queue, stage.backend);
    const handle = async () => {
      started.resolve();
      await release.promise;
      finished += 1;
    };
    const consumer = openConsumer(queue, stage.backend, handle, { concurrency: 1, onError: unheard });
    await producer.send({ id: 'a' });
    await producer.send({ id: 'b' });
    await started.promise;
    const closed = consumer.close();
    release.resolve();
    await closed;
    await producer.close();
    expect(finished).toBe(1);
  });

  test('the job of a killed consumer is given to another within seconds', async () => {
    const queue = newQueue();
    const seen: string[] = [];
    const producer = openProducer(queue, stage.backend);
    const victim = await startVictim(queue.name, stage.backend);
    await producer.send({ id: 'a' });
    await once(victim, 'message'); // it has the job at hand
    victim.kill('SIGKILL');
    const consumer = openConsumer(queue, stage.backend, async ({ id }) => void seen.push(id), {
      concurrency: 1,
      onError: unheard,
    });
    await waitUntil(() => seen.length === 1, 20_000, 'the redelivery');
    await consumer.close();
    await producer.close();
  });

  // Last: it takes the server down for a while.
  test('while the queue is away sending rejects within 5 s, and all goes on by itself when it is back', async () => {
    const queue = newQueue();
    const seen: string[] = [];
    const before = openProducer(queue, stage.backend);
    const handle = async ({ id }: { id: string }) => void seen.push(id);
    const consumer = openConsumer(queue, stage.backend, handle, { concurrency: 1, onError: unheard });
    await before.send({ id: 'a' });
    await waitUntil(() => seen.length === 1);
    await stage.crash();
    const during = openProducer(queue, stage.backend);
    const lateConsumer = openConsumer(queue, stage.backend, handle, { concurrency: 1, onError: unheard });
    const began = performance.now();
    const answers = await Promise.allSettled([before.send({ id: 'b' }), during.send({ id: 'c' })]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(performance.now() - began).toBeLessThan(5_000);
    await expect(pingQueue(stage.backend, 2_000)).rejects.toThrow(/^(REDIS_URL|QUEUE_DATABASE_URL).*cannot be reached/);
    await stage.start();
    await waitUntil(() => before.send({ id: 'd' }).then(() => true));
    await waitUntil(() => during.send({ id: 'e' }).then(() => true));
    await waitUntil(() => seen.includes('d') && seen.includes('e'), 20_000);
    await pingQueue(stage.backend, 5_000);
    await Promise.all([consumer.close(), lateConsumer.close(), before.close(), during.close()]);
  }, 60_000);

  test('closing ends while the queue is away', async () => {
    const queue = newQueue();
    const producer = openProducer(queue, stage.backend);
    await producer.send({ id: 'a' });
    const consumer = openConsumer(queue, stage.backend, async () => undefined, { concurrency: 1, onError: unheard });
    await stage.crash();
    const began = performance.now();
    await Promise.all([producer.close(), consumer.close()]);
    expect(performance.now() - began).toBeLessThan(5_000);
  }, 30_000);
};

/** A consumer in a process of its own that never ends a job; it says so when it has one. */
const startVictim = async (name: string, backend: QueueBackend): Promise<ChildProcess> => {
  const child = fork(new URL('./test-victim.ts', import.meta.url), [name, JSON.stringify(backend)], { execArgv: [] });
  await once(child, 'message');
  return child;
};

const redis = needs('redis-server', redisAvailable);
redis.describe('on Redis', () => contractSuite(onRedis));
redis.describe('on Redis Cluster', () => contractSuite(onCluster));
const { describe: always } = needs('PostgreSQL', true);
always('on PostgreSQL', () => contractSuite(onPostgres));

test('the probe role can use the queue and cannot read any table of public', async () => {
  await using database = await freshDatabase();
  const owner = { kind: 'postgres', url: database.url, schema: 'queue' } as const;
  const role = { name: `probe_${process.pid}`, password: `it's ${'x'.repeat(20)}` };
  await Promise.all([prepareQueue(owner, { probeRole: role }), prepareQueue(owner, { probeRole: role })]);
  const url = new URL(database.url);
  url.username = role.name;
  url.password = encodeURIComponent(role.password);
  const probe = { ...owner, url: url.href };
  const queue = newQueue();
  const seen: string[] = [];
  const producer = openProducer(queue, probe);
  const consumer = openConsumer(queue, probe, async ({ id }) => void seen.push(id), {
    concurrency: 1,
    onError: unheard,
  });
  await producer.send({ id: 'a' });
  await waitUntil(() => seen.length === 1);
  await Promise.all([producer.close(), consumer.close()]);
  expect(await readableTables(probe.url)).toEqual([]);
});

/** The names of the tables of `public` that this URL's role can read or write. */
const readableTables = async (url: string): Promise<string[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
         AND has_table_privilege(oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')`,
    );
    await expect(client.query('SELECT * FROM monitor')).rejects.toThrow('permission denied');
    await expect(client.query('CREATE TABLE public.mine (id int)')).rejects.toThrow('permission denied');
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
};
