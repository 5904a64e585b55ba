import { setTimeout as pause } from 'node:timers/promises';
import { type CheckReport, checkReports } from '@farwatch/contracts';
import { startFarwatch } from '@farwatch/e2e/farwatch';
import { localDatabaseUrl } from '@farwatch/e2e/local-database';
import { openProducer, type Producer, queueBackend } from '@farwatch/queue';
import { redisAvailable, startRedis } from '@farwatch/testkit';
import { Client } from 'pg';
import { v7 as newId } from 'uuid';
import type { Figure } from './report.ts';

export const name = 'ingest';

const monitors = 2_000;
const slots = 300;
const intervalMs = 30_000;
const batchSize = 500;
const total = monitors * slots;
const inFlight = 16;
/** Monitors that fail twice and recover in the middle of the run, one after the other: 5 %. */
const failing = monitors / 20;

type Result = CheckReport['results'][number];

const failsAt = (monitor: number): number => 50 + 2 * monitor;
const isDown = (monitor: number, slot: number): boolean =>
  monitor < failing && (slot === failsAt(monitor) || slot === failsAt(monitor) + 1);

const resultOf = (monitorId: string, monitor: number, slot: number, scheduledAt: number): Result => ({
  monitorId,
  region: 'bench',
  family: 'any',
  trigger: 'schedule',
  scheduledAt,
  startedAt: scheduledAt + (monitor % 7),
  totalMs: 120 + (slot % 50) + 0.123,
  outcome: isDown(monitor, slot) ? { verdict: 'down', failure: { kind: 'status', status: 502 } } : { verdict: 'up' },
  status: isDown(monitor, slot) ? 502 : 200,
  bytes: 15_000 + monitor,
  remoteAddress: `192.0.2.${monitor % 250}`,
  phases: { dnsMs: 3.214, connectMs: 18.771, tlsMs: 24.309, firstByteMs: 60.5, downloadMs: 13.329 },
});

/** Monitors of a region that no probe of this machine looks from. */
const seed = async (client: Client): Promise<readonly string[]> => {
  const organisationId = newId();
  const ids = Array.from({ length: monitors }, () => newId());
  await client.query('INSERT INTO organisation (id, name) VALUES ($1, $2)', [organisationId, 'Bench']);
  await client.query(
    `INSERT INTO monitor (id, organisation_id, name, url, interval_ms, timeout_ms, max_redirects, expected_statuses, regions, updated_at)
     SELECT id, $1, 'bench', 'https://bench.example/', $3, 10000, 10, '200-399', ARRAY['bench'], now() FROM unnest($2::uuid[]) AS id`,
    [organisationId, ids, intervalMs],
  );
  await client.query(
    'INSERT INTO monitor_state (monitor_id, status_since) SELECT id, now() FROM unnest($1::uuid[]) AS id',
    [ids],
  );
  return ids;
};

const reportsOf = function* (ids: readonly string[]): Generator<CheckReport> {
  const begin = Date.now() - slots * intervalMs;
  for (let slot = 0; slot < slots; slot++) {
    const at = begin + slot * intervalMs;
    for (let first = 0; first < ids.length; first += batchSize) {
      const part = ids.slice(first, first + batchSize);
      const results = part.map((id, i) => resultOf(id, first + i, slot, at));
      yield { probeId: 'bench', batchId: newId(), sentAt: Date.now(), results };
    }
  }
};

const sendAll = async (producer: Producer<typeof checkReports.payload>, reports: Generator<CheckReport>) => {
  const lane = async (): Promise<void> => {
    for (const report of reports) await producer.send(report);
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
};

const countRows = async (client: Client): Promise<number> => {
  const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM fresh_result`);
  return Number(rows[0]?.n ?? 0);
};

/** Counting reads the whole table, so it is done a few times only: never before the rest could be there at this pace. */
const hopedPerSecond = 60_000;
const waitForRows = async (client: Client): Promise<void> => {
  for (const end = performance.now() + 600_000; ; ) {
    const missing = total - (await countRows(client));
    if (missing === 0) return;
    if (performance.now() > end) throw new Error(`${missing} results are not in the table after ten minutes`);
    await pause(Math.max(50, (missing / hopedPerSecond) * 1_000));
  }
};

const diskBytes = async (client: Client): Promise<number> => {
  const { rows } = await client.query<{ bytes: string }>(
    `SELECT sum(pg_total_relation_size(c.oid)) AS bytes FROM pg_class c
     WHERE c.relnamespace = 'fresh_results'::regnamespace AND c.relkind = 'r'`,
  );
  return Number(rows[0]?.bytes ?? 0);
};

type Measured = Readonly<{ perSecond: number; bytes: number; incidents: number }>;

/** The whole product as `npm start` runs it, data on disk and fsync on; the bench is the probe. */
const measure = async (env: Readonly<Record<string, string>>): Promise<Measured> => {
  await using farwatch = await startFarwatch({ env });
  const databaseUrl = await localDatabaseUrl(farwatch.dataDir);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const ids = await seed(client);
  const redis = env.REDIS_URL;
  const backend = queueBackend(redis === undefined ? { DATABASE_URL: databaseUrl } : { REDIS_URL: redis });
  const producer = openProducer(checkReports, backend);
  const begin = performance.now();
  await sendAll(producer, reportsOf(ids));
  const sentMs = performance.now() - begin;
  process.stdout.write(`  queued ${total} results in ${(sentMs / 1_000).toFixed(1)} s\n`);
  await waitForRows(client);
  const seconds = (performance.now() - begin) / 1_000;
  const { rows } = await client.query<{ n: string }>(
    'SELECT count(*) AS n FROM incident WHERE resolved_at IS NOT NULL',
  );
  const bytes = (await diskBytes(client)) / total;
  await producer.close();
  await client.end();
  return { perSecond: total / seconds, bytes, incidents: Number(rows[0]?.n ?? 0) };
};

export const run = async (): Promise<readonly Figure[]> => {
  const embedded = await measure({ FARWATCH_QUEUE: 'postgres' });
  const figures: Figure[] = [
    { name: 'results stored, queue on PostgreSQL (embedded default)', value: embedded.perSecond, unit: 'results/s' },
    { name: 'on disk per result, index included', value: embedded.bytes, unit: 'bytes' },
    {
      name: `incidents opened and resolved on the way (${failing} expected)`,
      value: embedded.incidents,
      unit: 'incidents',
    },
  ];
  if (!redisAvailable) return figures;
  await using redis = await startRedis(['--appendonly', 'yes']);
  const before = await redis.cpuMs();
  const onRedis = await measure({ REDIS_URL: redis.url });
  const cpuMs = (await redis.cpuMs()) - before;
  return [
    ...figures,
    { name: 'results stored, queue on Redis', value: onRedis.perSecond, unit: 'results/s' },
    { name: 'CPU of Redis per result', value: (cpuMs * 1_000) / total, unit: 'µs' },
  ];
};
