import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '@farwatch/testkit';
import { Client } from 'pg';
import { type Chance, chanceOf } from './chance.ts';
import { startFeed } from './feed.ts';
import { heardBy, toldIn } from './heard.ts';
import { appNames, type House, startHouse } from './house.ts';
import { type Providers, providerKinds, startProviders } from './providers.ts';
import { openQuery, type Query } from './query.ts';
import { masterKey } from './seed.ts';
import { judge, type Verdict } from './verdict.ts';
import { makeWorld, type Size } from './world.ts';

export type ChaosOptions = Readonly<{
  kills: number;
  queue: 'redis' | 'postgres';
  seed: number;
  size: Size;
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

const victims = ['worker', 'api', 'queue', 'database', 'provider'] as const;

const killSomething = async (house: House, providers: Providers, chance: Chance): Promise<string> => {
  const awayMs = chance.between(0, 2_000);
  const victim = chance.oneOf(victims);
  switch (victim) {
    case 'worker': {
      const name = chance.next() < 0.5 ? appNames[0] : appNames[1];
      await house.killApp(name);
      return name;
    }
    case 'api':
      await house.killApp('api');
      return 'api';
    case 'queue':
      await house.killQueue(awayMs);
      return `queue, away for ${Math.round(awayMs)} ms`;
    case 'database':
      await house.killDatabase(awayMs);
      return `database, away for ${Math.round(awayMs)} ms`;
    case 'provider': {
      const kind = chance.oneOf(providerKinds);
      const when = chance.next() < 0.5 ? 'before' : 'after';
      providers.lines[kind].cutNext(when);
      return `provider, ${kind} ${when} it took a message`;
    }
  }
};

const killAll = async (
  { kills, betweenMs, tell }: ChaosOptions,
  house: House,
  providers: Providers,
  chance: Chance,
): Promise<ReadonlyMap<string, number>> => {
  const tally = new Map<string, number>();
  for (let nth = 1; nth <= kills; nth++) {
    await pause(chance.between(...betweenMs));
    const what = await killSomething(house, providers, chance);
    tell(`kill ${nth} of ${kills}: ${what}`);
    const victim = /^worker/u.test(what) ? 'worker' : (what.split(',', 1)[0] ?? what);
    tally.set(victim, (tally.get(victim) ?? 0) + 1);
  }
  return tally;
};

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
  FARWATCH_URL: 'https://watch.example',
  MAIL_FROM: 'Farwatch <alerts@watch.example>',
});

/** Incidents all the time, kills all the time; then peace, until nothing waits; then what became of it all. */
export const runChaos = async (options: ChaosOptions): Promise<Verdict> => {
  const { seed, size, tell, kills, folder, settleMs, incidentEveryMs, queue } = options;
  const chance = chanceOf(seed);
  const feedChance = chanceOf(seed + 1);
  const delays = chanceOf(seed + 2);
  await using providers = await startProviders(() => delays.between(20, 300));
  await using house = await startHouse({ env: providersEnv(providers), queue, folder });
  await using onlooker = openQuery(house.databaseUrl);
  const client = new Client({ connectionString: house.databaseUrl });
  await client.connect();
  const world = await makeWorld(client, providers, size);
  await client.end();
  tell(
    `2 workers, API, PostgreSQL, the queue on ${queue}; ${world.places.length} channels; ${kills} kills, seed ${seed}`,
  );
  const began = performance.now();
  const feed = startFeed({ house, world, query: onlooker.query, chance: feedChance }, incidentEveryMs);
  const tally = await killAll(options, house, providers, chance);
  tell('no more kills');
  const peaceAt = performance.now();
  await feed.finish(settleMs);
  await settled(onlooker.query, options);
  const settledMs = performance.now() - peaceAt;
  const told = await toldIn(onlooker.query);
  const heard = heardBy(providers, world.places);
  if (folder !== undefined) await writeFile(join(folder, 'story.json'), JSON.stringify({ kills, told, heard }));
  const { counts, broken } = judge(told, heard, kills);
  const [stored] = await onlooker.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM incident WHERE resolved_at IS NOT NULL',
  );
  const lost =
    feed.incidents() === stored?.n ? [] : [`${feed.incidents()} incidents were made, ${stored?.n} are stored`];
  const refused = [...providers.slack.faults, ...providers.discord.faults, ...providers.telegram.faults];
  return {
    counts: {
      kills,
      ...Object.fromEntries([...tally].toSorted().map(([victim, count]) => [`  of ${victim}`, count])),
      'apps that ended themselves (their database or queue was away)': house.endedItself(),
      'incidents opened and resolved': feed.incidents(),
      ...counts,
      'seconds of kills': Math.round((peaceAt - began) / 1_000),
      'seconds until nothing was waiting': Math.round(settledMs / 1_000),
    },
    broken: [...lost, ...broken, ...refused.map((fault) => `a provider would have refused: ${fault.slice(0, 300)}`)],
  };
};
