import { setTimeout as pause } from 'node:timers/promises';
import type { CheckResultView, MonitorView } from '@farwatch/contracts';
import { regionCatalogue } from '@farwatch/domain';
import { type ApiClient, signUp } from '@farwatch/e2e/api-client';
import { startFarwatch } from '@farwatch/e2e/farwatch';
import { localDatabaseUrl } from '@farwatch/e2e/local-database';
import { redisAvailable, startRedis, waitUntil } from '@farwatch/testkit';
import { Client } from 'pg';
import { validate as isUuid } from 'uuid';
import type { Receipt } from './alert-receiver.ts';
import { detectionFigures, directFigures } from './detection-figures.ts';
import { type Outage, type Review, review, suffer } from './outages.ts';
import { startProbes, tokenOf } from './probes.ts';
import { startMailReceiver, startReceiver } from './receiver.ts';
import type { Figure } from './report.ts';
import { type Sites, startSites } from './sites.ts';

export const name = 'detection';

const intervalMs = 30_000;
export const fiveRegions = ['fra', 'iad', 'sin', 'gru', 'syd'];
/** What is on its way when the last site is up again. */
const settleMs = 45_000;

export type Round = Readonly<{
  regions: readonly string[];
  /** `any`: no other region is asked. */
  agree: 'majority' | 'any';
  monitors: number;
  outagesEach: number;
  /** Of so many organisations: news of one is told together once it is much. */
  organisations?: number;
}>;
const rounds: readonly Round[] = [
  { regions: fiveRegions, agree: 'majority', monitors: 40, outagesEach: 3 },
  { regions: regionCatalogue.map(({ id }) => id), agree: 'majority', monitors: 40, outagesEach: 1 },
  { regions: fiveRegions, agree: 'any', monitors: 40, outagesEach: 1 },
];

type Watched = Readonly<{ monitorId: string; path: string }>;
/** Monitors, each with a site of its own, looked at from every region before anything happens. */
const watch = async (
  api: ApiClient,
  sites: Sites,
  { regions, agree, monitors }: Round,
  first: number,
): Promise<readonly Watched[]> => {
  const watched: Watched[] = [];
  for (let n = first; n < first + monitors; n++) {
    const path = `/site/${n}`;
    const wanted = { url: sites.url + path, name: `Site ${n}`, intervalMs, regions, policy: { agree } };
    watched.push({ monitorId: (await api.call<MonitorView>('POST', '/v1/monitors', wanted)).id, path });
  }
  for (const { monitorId } of watched) {
    const everyRegion = async (): Promise<boolean> => {
      const { items } = await api.call<{ items: CheckResultView[] }>(
        'GET',
        `/v1/monitors/${monitorId}/results?limit=100`,
      );
      return new Set(items.map(({ region }) => region)).size === regions.length;
    };
    await waitUntil(everyRegion, 60_000, 'a look from every region');
  }
  return watched;
};

/** When the alert of each incident's opening was taken, epoch ms. */
const heardAt = async (databaseUrl: string, receipts: readonly Receipt[]): Promise<ReadonlyMap<string, number>> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; incidentId: string }>(
      `SELECT id, incident_id AS "incidentId" FROM delivery WHERE id = ANY($1::uuid[]) AND event = 'incident.opened'`,
      [receipts.map(({ id }) => id).filter((id) => isUuid(id))],
    );
    const at = new Map(receipts.map((receipt) => [receipt.id, receipt.at]));
    return new Map(rows.map(({ id, incidentId }) => [incidentId, at.get(id) ?? Number.NaN]));
  } finally {
    await client.end();
  }
};

/** What was made of the outages, and when each alert was taken by a webhook and by a mail server. */
export type Detected = Readonly<{
  made: Review;
  heard: ReadonlyMap<string, number>;
  mailed: ReadonlyMap<string, number>;
}>;

const together = (reviews: readonly Review[]): Review => ({
  found: reviews.flatMap(({ found }) => found),
  falseIncidents: reviews.reduce((sum, { falseIncidents }) => sum + falseIncidents, 0),
});

/** The whole product as `npm start` runs it, and a probe process for each region; sites and receivers are processes too. */
export const detect = async (round: Round): Promise<Detected> => {
  const { regions, outagesEach, monitors, organisations = 1 } = round;
  await using stack = new AsyncDisposableStack();
  const redis = redisAvailable ? stack.use(await startRedis(['--appendonly', 'yes'])) : null;
  const receiver = stack.use(await startReceiver());
  const mails = stack.use(await startMailReceiver());
  const sites = stack.use(await startSites());
  const farwatch = stack.use(
    await startFarwatch({
      env: {
        ...(redis === null ? { FARWATCH_QUEUE: 'postgres' } : { REDIS_URL: redis.url }),
        FARWATCH_REGIONS: regions.map((region) => `${region}:${tokenOf(region)}`).join(),
        SMTP_URL: mails.url,
        ...{ FARWATCH_ALLOW_CIDRS: '127.0.0.0/8', FARWATCH_REQUEST_LIMIT: '100000', FARWATCH_SIGN_IN_LIMIT: '1000' },
      },
    }),
  );
  const databaseUrl = await localDatabaseUrl(farwatch.dataDir);
  const queue = redis === null ? { QUEUE_DATABASE_URL: databaseUrl } : { REDIS_URL: redis.url };
  stack.use(await startProbes(regions, { apiUrl: farwatch.url, queue }));
  const owners: { api: ApiClient; watched: readonly Watched[] }[] = [];
  for (let n = 0; n < organisations; n++) {
    const api = await signUp(farwatch.url, `ops${n}@acme.example`, 'correct horse battery staple');
    await api.call('POST', '/v1/channels', { target: { kind: 'webhook', url: `${receiver.url}/alerts` } });
    const each = monitors / organisations;
    owners.push({ api, watched: await watch(api, sites, { ...round, monitors: each }, n * each) });
  }
  process.stdout.write(`  ${regions.length} regions, ${monitors} monitors; sites go down and come back …\n`);
  const suffered = owners.map(async ({ api, watched }) => {
    const outages = await Promise.all(
      watched.map((one): Promise<readonly Outage[]> => suffer(sites, one, outagesEach)),
    );
    return { api, outages: outages.flat() };
  });
  const all = await Promise.all(suffered);
  await pause(settleMs);
  const heard = await heardAt(databaseUrl, await receiver.take());
  const mailed = await heardAt(databaseUrl, await mails.take()); // the account's own address hears of everything
  const reviews: Review[] = [];
  for (const { api, outages } of all) reviews.push(await review(api, outages));
  return { made: together(reviews), heard, mailed };
};

const measure = async (round: Round): Promise<readonly Figure[]> => {
  const { made, heard } = await detect(round);
  return round.agree === 'any'
    ? directFigures(made, heard, `${round.regions.length} regions, one is enough`)
    : detectionFigures(made, heard, `${round.regions.length} regions`);
};

export const run = async (): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const round of rounds) {
    const measured = await measure(round);
    for (const { name: words, value, unit } of measured)
      process.stdout.write(`  ${words}: ${value.toFixed(1)} ${unit}\n`);
    figures.push(...measured);
  }
  return figures;
};
