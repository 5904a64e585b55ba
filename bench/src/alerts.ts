import { setTimeout as pause } from 'node:timers/promises';
import { checkReports } from '@farwatch/contracts';
import { reportOf } from '@farwatch/e2e/chaos/feed';
import { masterKey } from '@farwatch/e2e/chaos/seed';
import { startFarwatch } from '@farwatch/e2e/farwatch';
import { localDatabaseUrl } from '@farwatch/e2e/local-database';
import { openProducer, type Producer, queueBackend } from '@farwatch/queue';
import { redisAvailable, startRedis, waitUntil } from '@farwatch/testkit';
import { Client } from 'pg';
import type { Receipt } from './alert-receiver.ts';
import { addPending, seedOrganisation } from './alert-rows.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import type { Figure } from './report.ts';

export const name = 'alerts';

const pending = 10_000;
const spread = 20;
const firstAttempts = 200;
/** Incidents that open while a provider hangs, and so many of them a second. */
const beside = 60;
const besideEveryMs = 200;
/** Channels of one provider that is down. */
const manyHanging = 40;

type Bench = Readonly<{
  client: Client;
  producer: Producer<typeof checkReports.payload>;
  receiver: Receiver;
}>;

const rank = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

/** From the commit of so many pending rows to the record of the last one; the sweep finds them, as after an outage. */
const drain = async ({ client, receiver }: Bench, channels: number): Promise<number> => {
  const paths = Array.from({ length: channels }, (_, i) => `/${channels}/${i}`);
  const organisation = await seedOrganisation(client, receiver.url, { monitors: pending / channels, paths });
  await addPending(client, organisation);
  const begin = Date.now();
  const done = async (): Promise<boolean> => {
    await pause(250);
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM delivery WHERE organisation_id = $1 AND status = 'delivered'`,
      [organisation.id],
    );
    return rows[0]?.n === pending;
  };
  await waitUntil(done, 300_000, 'the last delivery');
  const { rows } = await client.query<{ at: Date; attempts: number }>(
    'SELECT max(settled_at) AS at, sum(attempt_count)::int AS attempts FROM delivery WHERE organisation_id = $1',
    [organisation.id],
  );
  const [last] = rows;
  if (last?.attempts !== pending) throw new Error(`${last?.attempts} attempts for ${pending} deliveries`);
  await receiver.forget();
  return (pending * 1_000) / (last.at.getTime() - begin);
};

/** Opens an incident by two failing looks of a probe, through the queue and the judgement. */
const open = ({ producer }: Bench, monitorId: string): Promise<void> =>
  producer.send(reportOf(monitorId, true, Date.now()));

/** How long after the incident was opened, by the worker's clock, each call came. */
const latencies = async ({ client }: Bench, receipts: readonly Receipt[]): Promise<readonly number[]> => {
  const { rows } = await client.query<{ id: string; at: Date }>(
    'SELECT d.id, i.opened_at AS at FROM delivery d JOIN incident i ON i.id = d.incident_id WHERE d.id = ANY($1::uuid[])',
    [receipts.map(({ id }) => id)],
  );
  const openedAt = new Map(rows.map(({ id, at }) => [id, at.getTime()]));
  return receipts.map(({ id, at }) => at - (openedAt.get(id) ?? Number.NaN));
};

const gather = async (receiver: Receiver, count: number, timeoutMs: number): Promise<readonly Receipt[]> => {
  const got: Receipt[] = [];
  const healthy = async (): Promise<boolean> => {
    got.push(...(await receiver.take()).filter(({ path }) => !path.startsWith('/hang')));
    return got.length >= count;
  };
  await waitUntil(healthy, timeoutMs, `${count} calls`);
  return got;
};

/** One after the other on a system that does nothing else. */
const idle = async (bench: Bench): Promise<readonly number[]> => {
  const { client, receiver } = bench;
  const { monitors } = await seedOrganisation(client, receiver.url, { monitors: firstAttempts, paths: ['/idle'] });
  await receiver.forget();
  const receipts: Receipt[] = [];
  for (const { monitorId } of monitors) {
    await open(bench, monitorId);
    receipts.push(...(await gather(receiver, 1, 30_000)));
  }
  return latencies(bench, receipts);
};

type Beside = Readonly<{ hanging: number; elsewhere: boolean }>;

/** What three healthy channels hear of incidents that open one after the other, beside so many of theirs, or of another organisation, that hang. */
const besides = async (bench: Bench, { hanging, elsewhere }: Beside): Promise<readonly number[]> => {
  const { client, receiver } = bench;
  const hangs = Array.from({ length: hanging }, (_, i) => `/hang/${i}`);
  const healthy = ['/a', '/b', '/c'];
  const paths = elsewhere ? healthy : [...hangs, ...healthy];
  const { monitors } = await seedOrganisation(client, receiver.url, { monitors: beside, paths });
  const others = elsewhere ? await seedOrganisation(client, receiver.url, { monitors: beside, paths: hangs }) : null;
  await receiver.forget();
  for (const [nth, { monitorId }] of monitors.entries()) {
    const other = others?.monitors[nth];
    if (other !== undefined) await open(bench, other.monitorId);
    await open(bench, monitorId);
    await pause(besideEveryMs);
  }
  const receipts = await gather(receiver, beside * healthy.length, 120_000);
  // What hangs would be tried again in the middle of the next measurement.
  await client.query(`UPDATE channel SET status = 'stopped' WHERE target = 'a stand-in'`);
  await client.query(
    `UPDATE delivery SET status = 'dropped', next_attempt_at = NULL, lease_until = NULL WHERE status = 'pending'`,
  );
  await pause(11_000); // the calls that hang end
  return latencies(bench, receipts);
};

/** The whole product as `npm start` runs it, data on disk and fsync on; the bench is the probe, its receivers are another process. */
const measure = async (env: Readonly<Record<string, string>>, queue: string): Promise<readonly Figure[]> => {
  await using receiver = await startReceiver();
  await using farwatch = await startFarwatch({
    env: { ...env, FARWATCH_MASTER_KEY: masterKey, FARWATCH_ALLOW_CIDRS: '127.0.0.0/8' },
  });
  const databaseUrl = await localDatabaseUrl(farwatch.dataDir);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const redis = env.REDIS_URL;
  const backend = queueBackend(redis === undefined ? { DATABASE_URL: databaseUrl } : { REDIS_URL: redis });
  const producer = openProducer(checkReports, backend);
  const bench = { client, producer, receiver };
  const figures: Figure[] = [];
  const add = (words: string, value: number, unit: string): void => {
    figures.push({ name: `${words}, ${queue}`, value, unit });
    process.stdout.write(`  ${words}, ${queue}: ${value.toFixed(1)} ${unit}\n`);
  };
  try {
    const attempts = await idle(bench);
    add('incident to first attempt, idle, p50', rank(attempts, 0.5), 'ms');
    add('incident to first attempt, idle, p99', rank(attempts, 0.99), 'ms');
    const none = await besides(bench, { hanging: 0, elsewhere: false });
    add('three channels, none hangs: heard after, p50', rank(none, 0.5), 'ms');
    add('three channels, none hangs: heard after, p99', rank(none, 0.99), 'ms');
    const cases = [
      { hanging: 1, elsewhere: false, words: 'beside one that hangs' },
      { hanging: manyHanging, elsewhere: true, words: `beside ${manyHanging} of another organisation that hang` },
    ];
    for (const { words, ...which } of cases) {
      const those = await besides(bench, which);
      add(`${words}: heard later by, p99`, rank(those, 0.99) - rank(none, 0.99), 'ms');
      add(`${words}: heard after, most`, Math.max(...those), 'ms');
    }
    add(`drain of ${pending}, one channel`, await drain(bench, 1), 'deliveries/s');
    add(`drain of ${pending}, ${spread} channels`, await drain(bench, spread), 'deliveries/s');
    return figures;
  } finally {
    await producer.close();
    await client.end();
  }
};

export const run = async (): Promise<readonly Figure[]> => {
  const embedded = await measure({ FARWATCH_QUEUE: 'postgres' }, 'queue on PostgreSQL');
  if (!redisAvailable) return embedded;
  await using redis = await startRedis(['--appendonly', 'yes']);
  return [...embedded, ...(await measure({ REDIS_URL: redis.url }, 'queue on Redis'))];
};
