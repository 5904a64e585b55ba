import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from './chance.ts';
import type { Kill } from './history.ts';
import { type House, regions, workers } from './house.ts';
import { type Providers, providerKinds } from './providers.ts';

/** How long the killing goes on. */
export type Span = Readonly<{ kills: number } | { minutes: number }>;
export type KillOptions = Readonly<{
  span: Span;
  /** From one kill to the next, at least and at most. */
  betweenMs: readonly [number, number];
  tell: (line: string) => void;
}>;
export type Killed = Readonly<{ count: number; tally: ReadonlyMap<string, number>; probes: readonly Kill[] }>;

const victims = ['worker', 'api', 'probe', 'queue', 'database', 'provider', 'emptied'] as const;

type Deed = Readonly<{ victim: string; words: string; probe?: Kill }>;

const killSomething = async (house: House, providers: Providers, chance: Chance): Promise<Deed> => {
  const awayMs = chance.between(0, 2_000);
  const away = `, away for ${Math.round(awayMs)} ms`;
  const chosen = chance.oneOf(victims);
  const victim = chosen === 'emptied' && house.emptyQueue === null ? 'queue' : chosen;
  switch (victim) {
    case 'worker': {
      const name = chance.oneOf(workers);
      await house.killApp(name);
      return { victim, words: name };
    }
    case 'api':
      await house.killApp('api');
      return { victim, words: 'api' };
    case 'probe': {
      const region = chance.oneOf(regions);
      const at = Date.now();
      await house.killApp(region);
      return { victim, words: `probe ${region}`, probe: { region, at } };
    }
    case 'queue':
      await house.killQueue(awayMs);
      return { victim, words: `queue${away}` };
    case 'emptied':
      await house.emptyQueue?.();
      return { victim: 'queue, emptied', words: 'everything in the queue' };
    case 'database':
      await house.killDatabase(awayMs);
      return { victim, words: `database${away}` };
    case 'provider': {
      const kind = chance.oneOf(providerKinds);
      const when = chance.next() < 0.5 ? 'before' : 'after';
      providers.lines[kind].cutNext(when);
      return { victim, words: `provider, ${kind} ${when} it took a message` };
    }
  }
};

/** Kills one thing after the other until it is enough. */
export const killAll = async (
  { span, betweenMs, tell }: KillOptions,
  house: House,
  providers: Providers,
  chance: Chance,
): Promise<Killed> => {
  const tally = new Map<string, number>();
  const probes: Kill[] = [];
  const end = 'minutes' in span ? performance.now() + span.minutes * 60_000 : Number.POSITIVE_INFINITY;
  const most = 'kills' in span ? span.kills : Number.POSITIVE_INFINITY;
  let count = 0;
  while (count < most && performance.now() < end) {
    await pause(chance.between(...betweenMs));
    const { victim, words, probe } = await killSomething(house, providers, chance);
    count += 1;
    tell(`kill ${count}${'kills' in span ? ` of ${span.kills}` : ''}: ${words}`);
    tally.set(victim, (tally.get(victim) ?? 0) + 1);
    if (probe !== undefined) probes.push(probe);
  }
  return { count, tally, probes };
};
