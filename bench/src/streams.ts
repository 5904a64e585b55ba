import { setTimeout as pause } from 'node:timers/promises';
import { type CheckReport, checkReports } from '@farwatch/contracts';
import { appPid } from '@farwatch/e2e/app-pid';
import { startFarwatch } from '@farwatch/e2e/farwatch';
import { localDatabaseUrl } from '@farwatch/e2e/local-database';
import { openProducer, type Producer, queueBackend } from '@farwatch/queue';
import { Client } from 'pg';
import { v7 as newId } from 'uuid';
import { residentMiB } from './process-use.ts';
import type { Figure } from './report.ts';
import { type Heard, openStream, type Stream } from './stream-reader.ts';
import { type Household, seedHouseholds } from './stream-world.ts';

export const name = 'streams';

// So many dashboards open on one API process, over real sockets, while the probes' results come in as they would.
const pages = 500;
const organisations = 25;
const monitorsEach = 50;
const intervalMs = 30_000;
const seconds = 60;
/** One monitor in so many fails for two looks and recovers: incidents on the stream too. */
const failingEvery = 25;

type Result = CheckReport['results'][number];

const resultOf = (monitorId: string, scheduledAt: number, down: boolean): Result => ({
  ...{ monitorId, region: 'bench', family: 'any', trigger: 'schedule', scheduledAt, startedAt: scheduledAt + 3 },
  totalMs: 120.123,
  outcome: down ? { verdict: 'down', failure: { kind: 'status', status: 502 } } : { verdict: 'up' },
  status: down ? 502 : 200,
  bytes: 15_000,
  remoteAddress: '192.0.2.7',
  phases: { dnsMs: 3.214, connectMs: 18.771, tlsMs: 24.309, firstByteMs: 60.5, downloadMs: 13.329 },
});

/** Sends a second's worth of results every second; answers when each look was sent, by monitor and moment. */
const sendResults = async (producer: Producer<typeof checkReports.payload>, houses: readonly Household[]) => {
  const monitorIds = houses.flatMap((house) => house.monitorIds);
  const perSecond = Math.ceil((monitorIds.length * 1_000) / intervalMs);
  const sentAt = new Map<string, number>();
  for (let second = 0; second < seconds; second++) {
    const until = performance.now() + 1_000;
    const now = Date.now();
    const results = Array.from({ length: perSecond }, (_, i) => {
      const at = (second * perSecond + i) % monitorIds.length;
      const monitorId = monitorIds[at] ?? '';
      sentAt.set(`${monitorId} ${new Date(now).toISOString()}`, performance.now());
      return resultOf(monitorId, now, at % failingEvery === 0 && second < seconds / 2);
    });
    await producer.send({ probeId: 'bench', batchId: newId(), sentAt: now, results });
    await pause(Math.max(0, until - performance.now()));
  }
  return sentAt;
};

const percentile = (sorted: readonly number[], of: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? Number.NaN;

const latenciesOf = (streams: readonly Stream[], sentAt: ReadonlyMap<string, number>): readonly number[] =>
  streams
    .flatMap(({ heard }) => heard)
    .flatMap(({ look, at }: Heard) => {
      const sent = look === null ? undefined : sentAt.get(look);
      return sent === undefined ? [] : [at - sent];
    })
    .toSorted((a, b) => a - b);

const figuresOf = (streams: readonly Stream[], sentAt: ReadonlyMap<string, number>): readonly Figure[] => {
  const latencies = latenciesOf(streams, sentAt);
  const expected = sentAt.size * (pages / organisations);
  const incidents = streams.flatMap(({ heard }) => heard).filter(({ type }) => type === 'incident.opened').length;
  return [
    {
      name: 'looks told, of those that were due',
      value: (100 * latencies.length) / expected,
      unit: '%',
      wanted: '= 100',
    },
    { name: 'incidents told', value: incidents, unit: 'events' },
    { name: 'from the queue through the worker to a page, p50', value: percentile(latencies, 0.5), unit: 'ms' },
    { name: 'from the queue through the worker to a page, p99', value: percentile(latencies, 0.99), unit: 'ms' },
  ];
};

export const run = async (): Promise<readonly Figure[]> => {
  await using farwatch = await startFarwatch({
    env: { FARWATCH_QUEUE: 'postgres', FARWATCH_REQUEST_LIMIT: '1000000' },
  });
  const databaseUrl = await localDatabaseUrl(farwatch.dataDir);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const houses = await seedHouseholds(client, { organisations, monitorsEach, intervalMs });
  const api = await appPid(farwatch.dataDir, 'api/src/server.ts');
  const before = await residentMiB(api);
  const streams = await Promise.all(
    Array.from({ length: pages }, (_, i) => openStream(farwatch.url, houses[i % organisations]?.key ?? '')),
  );
  await pause(2_000); // who watches is known to the worker by then
  const opened = await residentMiB(api);
  const producer = openProducer(checkReports, queueBackend({ DATABASE_URL: databaseUrl }));
  const sentAt = await sendResults(producer, houses);
  await pause(2_000); // the last ones are on their way
  const after = await residentMiB(api);
  const peak = await residentMiB(api, 'VmHWM');
  for (const stream of streams) stream.close();
  await producer.close();
  await client.end();
  return [
    { name: 'API process, resident, no page open', value: before, unit: 'MiB' },
    { name: `API process, resident, ${pages} pages open`, value: opened, unit: 'MiB' },
    { name: `API process, resident, after ${seconds} s of events`, value: after, unit: 'MiB', wanted: '≤ 300' },
    { name: 'API process, most it ever was', value: peak, unit: 'MiB', wanted: '≤ 300' },
    ...figuresOf(streams, sentAt),
  ];
};
