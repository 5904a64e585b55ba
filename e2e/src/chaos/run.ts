import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '@farwatch/testkit';
import { Client } from 'pg';
import { alertFaults } from './alert-faults.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type Feed, startFeed } from './feed.ts';
import { heardBy, toldIn } from './heard.ts';
import type { Findings, History } from './history.ts';
import { type House, startHouse } from './house.ts';
import { inStepMs, untilInStep } from './in-step.ts';
import { incidentFaults } from './incident-faults.ts';
import { type Killed, killAll, type Span } from './killing.ts';
import { lookFaults } from './look-faults.ts';
import { type Providers, startProviders } from './providers.ts';
import { openQuery, type Query } from './query.ts';
import { masterKey } from './seed.ts';
import { type Sites, startSites } from './sites.ts';
import { judge, type Verdict } from './verdict.ts';
import { callsOf, type Watch, watchSites } from './watch.ts';
import { makeWorld, type Size, type World } from './world.ts';

export type ChaosOptions = Readonly<{
  span: Span;
  queue: 'redis' | 'postgres';
  seed: number;
  size: Size;
  /** How many real sites are watched by real probes. */
  sites: number;
  /** One incident of people in this time, on average. */
  incidentEveryMs: number;
  /** From one kill to the next, at least and at most. */
  betweenMs: readonly [number, number];
  /** How long all that is due may take once nothing is killed any more. */
  settleMs: number;
  tell: (line: string) => void;
  /** The logs, and what was planned and taken, stay here when given. */
  folder?: string | undefined;
}>;

const pendingIn = async (query: Query): Promise<number> => {
  const [row] = await query<{ n: number }>(
    `SELECT count(*)::int AS n FROM delivery WHERE status IN ('pending', 'accepted')`,
  );
  return row?.n ?? -1;
};

const settled = async (query: Query, { settleMs, tell }: ChaosOptions): Promise<void> => {
  let toldAt = 0;
  const nothingWaits = async (): Promise<boolean> => {
    const left = await pendingIn(query);
    if (Date.now() - toldAt > 15_000) tell(`${left} deliveries are waiting`);
    if (Date.now() - toldAt > 15_000) toldAt = Date.now();
    await pause(200);
    return left === 0;
  };
  await waitUntil(nothingWaits, settleMs, 'the last delivery').catch((error: Error) => tell(error.message));
};

const providersEnv = (providers: Providers) => ({
  ...providers.env,
  FARWATCH_MASTER_KEY: masterKey,
  FARWATCH_SECRET: 'a-secret-for-a-house-that-is-killed-all-the-time',
  MAIL_FROM: 'Farwatch <alerts@watch.example>',
});

/** The organisations whose incidents are made here: told to every kind of channel, and judged by the database and the stand-ins. */
const fedVerdict = async (
  query: Query,
  { world, providers, feed, kills }: Readonly<{ world: World; providers: Providers; feed: Feed; kills: number }>,
) => {
  const told = await toldIn(query, world.places);
  const heard = heardBy(providers, world.places);
  const { counts, broken } = judge(told, heard, kills);
  const organisations = [...world.people, world.programs].map(({ id }) => id);
  const [stored] = await query<{ n: number }>(
    'SELECT count(*)::int AS n FROM incident WHERE resolved_at IS NOT NULL AND organisation_id = ANY($1::uuid[])',
    [organisations],
  );
  const lost =
    feed.incidents() === stored?.n ? [] : [`${feed.incidents()} incidents were made, ${stored?.n} are stored`];
  const refused = [...providers.slack.faults, ...providers.discord.faults, ...providers.telegram.faults];
  return {
    ...{ told, heard, counts: { 'incidents opened and resolved': feed.incidents(), ...counts } },
    broken: [...lost, ...broken, ...refused.map((fault) => `a provider would have refused: ${fault.slice(0, 300)}`)],
  };
};

type Outside = Readonly<{ watch: Watch; sites: Sites; providers: Providers; from: number; killed: Killed }>;
/** The watched sites, judged by what an outsider sees. */
const outsideFindings = async ({ watch, sites, providers, from, killed }: Outside) => {
  const until = Date.now() - 3_000;
  const seen = await watch.read(from - 120_000);
  const { answers } = sites;
  const outages = sites.outages();
  const calls = callsOf(providers);
  const { probes: kills, count: killCount } = killed;
  const history: History = { from, until, watched: watch.watched, ...seen, answers, outages, calls, kills, killCount };
  const findings: readonly Findings[] = [lookFaults(history), incidentFaults(history), alertFaults(history)];
  return {
    history,
    counts: Object.assign({}, ...findings.map(({ counts }) => counts)) as Readonly<Record<string, number>>, // each is one
    faults: findings.flatMap(({ faults }) => faults),
  };
};

const countsOfKills = ({ count, tally }: Killed, house: House) => ({
  kills: count,
  ...Object.fromEntries([...tally].toSorted().map(([victim, n]) => [`  of ${victim}`, n])),
  'apps that ended themselves (their database or queue was away)': house.endedItself(),
});

const makeWorldIn = async (databaseUrl: string, providers: Providers, size: Size): Promise<World> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await makeWorld(client, providers, size);
  } finally {
    await client.end();
  }
};

const startAll = async (options: ChaosOptions, stack: AsyncDisposableStack, delays: Chance, outages: Chance) => {
  const { queue, folder, size, sites: count } = options;
  const providers = stack.use(await startProviders(() => delays.between(20, 300)));
  const sites = stack.use(await startSites(count, outages));
  const house = stack.use(await startHouse({ env: providersEnv(providers), queue, folder, probes: count > 0 }));
  const { query } = stack.use(openQuery(house.databaseUrl));
  const world = await makeWorldIn(house.databaseUrl, providers, size);
  const watch = await watchSites(house.url, sites.urls, providers);
  return { providers, sites, house, query, world, watch };
};

/** Outages and incidents all the time, kills all the time; then peace, until all is in step; then what became of it. */
export const runChaos = async (options: ChaosOptions): Promise<Verdict> => {
  const { seed, tell, folder, settleMs, incidentEveryMs, queue, span } = options;
  const [chance, feedChance, delays, outages] = [0, 1, 2, 3].map((n) => chanceOf(seed + n)) as [
    Chance,
    Chance,
    Chance,
    Chance,
  ]; // as many as asked for
  await using stack = new AsyncDisposableStack();
  const { providers, sites, house, query, world, watch } = await startAll(options, stack, delays, outages);
  const long = 'kills' in span ? `${span.kills} kills` : `${span.minutes} minutes`;
  const places = `${world.places.length} channels, ${watch.watched.length} sites, 3 probes`;
  tell(`2 workers, API, PostgreSQL, the queue on ${queue}; ${places}; ${long}, seed ${seed}`);
  const from = Date.now();
  sites.play();
  const feed = startFeed({ house, world, query, chance: feedChance }, incidentEveryMs);
  const killed = await killAll(options, house, providers, chance);
  tell('no more kills');
  const peaceAt = Date.now();
  sites.finish();
  const [stepMs] = await Promise.all([untilInStep(watch, from, peaceAt), feed.finish(settleMs)]);
  tell(`the watched sites were in step again after ${(stepMs / 1_000).toFixed(1)} s`);
  await settled(query, options);
  const settledMs = Date.now() - peaceAt;
  const fed = await fedVerdict(query, { world, providers, feed, kills: killed.count });
  const { history, counts, faults } = await outsideFindings({ watch, sites, providers, from, killed });
  if (folder !== undefined)
    await writeFile(join(folder, 'story.json'), JSON.stringify({ killed, told: fed.told, heard: fed.heard, history }));
  const late = stepMs > inStepMs ? [`in step only after ${stepMs} ms`] : [];
  return {
    counts: {
      ...countsOfKills(killed, house),
      ...{ ...fed.counts, ...counts },
      'seconds of kills': Math.round((peaceAt - from) / 1_000),
      'seconds until the watched sites were in step again': Math.round(stepMs / 1_000),
      'seconds until no message was waiting': Math.round(settledMs / 1_000),
    },
    broken: [...fed.broken, ...faults, ...late],
  };
};
