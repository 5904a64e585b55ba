import { boundsOf } from './bounds.ts';
import type { Failure } from './check-result.ts';
import { openLive, type ToldAlert } from './live.fixture.ts';
import type { Ask } from './monitor-state.ts';
import type { Policy } from './policy.ts';
import { nextSlot, phaseOf } from './schedule.ts';
import type { Stretch } from './uptime.ts';
import { inOrder, type Vote } from './vote.ts';

/** For tests: probes, a network and a worker around the judgement, with a clock that runs as fast as it can. */

/** The same numbers for the same seed (mulberry32). */
export const chanceOf = (seed: number) => {
  let a = seed >>> 0;
  return (): number => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const within = (stretches: readonly Stretch[] | undefined, at: number): boolean =>
  stretches?.some(({ from, until }) => from <= at && at < until) ?? false;

export type Trouble = Readonly<{
  /** The site fails for everybody: what is really an outage. */
  outages?: readonly Stretch[];
  /** Only these regions see it fail. */
  regional?: Readonly<Record<string, readonly Stretch[]>>;
  /** The region's link to the core is cut: what it saw arrives afterwards, asks are lost. It still sees the site. */
  cut?: Readonly<Record<string, readonly Stretch[]>>;
  /** The region sees nothing at all and knows it: its looks are inconclusive. */
  blind?: Readonly<Record<string, readonly Stretch[]>>;
  /** No probe runs there. */
  dark?: Readonly<Record<string, readonly Stretch[]>>;
  /** So much of all looks fails at random. */
  noise?: number;
  /** The worker is away: what arrives waits. */
  away?: readonly Stretch[];
  /** Arrivals of good news are this much later at most. */
  lingerMs?: number;
}>;

export type Simulated = Readonly<{
  alerts: readonly ToldAlert[];
  incidents: readonly Readonly<{ startedAt: number; resolvedAt: number | null }>[];
  votes: readonly Vote[];
}>;

const failure: Failure = { kind: 'status', status: 502 };
type Event = Readonly<{ at: number; run: () => void }>;

/** Runs a monitor for so long (ms), with its regions' slots, the confirmations that are asked for, and the trouble. */
export const simulate = (policy: Policy, trouble: Trouble, lengthMs: number, seed: number): Simulated => {
  const chance = chanceOf(seed);
  const worker = openLive(policy);
  const votes: Vote[] = [];
  const queue: Event[] = [];
  const push = (at: number, run: () => void): void => {
    let i = queue.length;
    while (i > 0 && (queue[i - 1]?.at ?? 0) > at) i--;
    queue.splice(i, 0, { at, run });
  };
  const later = (stretches: readonly Stretch[] | undefined, at: number): number => {
    const inside = stretches?.find(({ from, until }) => from <= at && at < until);
    return inside === undefined ? at : inside.until;
  };
  const fails = (region: string, at: number): boolean =>
    within(trouble.outages, at) || within(trouble.regional?.[region], at) || chance() < (trouble.noise ?? 0);
  const ask = (asks: readonly Ask[], now: number): void => {
    for (const { region, at } of asks) {
      if (within(trouble.cut?.[region], now)) continue;
      const due = Math.max(Math.ceil(now + 20), at);
      push(due, () => look(region, due));
    }
  };
  const look = (region: string, at: number): void => {
    if (within(trouble.dark?.[region], at) || within(trouble.blind?.[region], at)) return;
    const startedAt = at + Math.floor(chance() * 5);
    const bad = fails(region, startedAt);
    const endedAt = startedAt + 20 + Math.floor(chance() * 180);
    const seen = { region, at, startedAt, endedAt, degraded: false } as const;
    const vote: Vote = bad ? { ...seen, verdict: 'down', failure } : { ...seen, verdict: 'up', failure: null };
    votes.push(vote);
    const sent = endedAt + (bad ? 10 : Math.floor(chance() * (trouble.lingerMs ?? 900)));
    const arrivesAt = later(trouble.away, later(trouble.cut?.[region], sent) + 30);
    push(arrivesAt, () => ask(worker.take(vote, arrivesAt, sent), arrivesAt));
  };
  for (const region of policy.regions) {
    const slotted = { monitorId: `m${seed}`, intervalMs: policy.intervalMs, regions: policy.regions };
    const phase = phaseOf(slotted, region);
    const next = (after: number): void => {
      const at = nextSlot(phase, policy.intervalMs, after);
      if (at > lengthMs) return;
      push(at, () => {
        look(region, at);
        next(at);
      });
    };
    next(0);
  }
  for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
    // After it was away the worker first takes what has waited.
    const sweepAt = (): number => later(trouble.away, worker.sweepAt()) + 1;
    for (let due = sweepAt(); due < event.at; due = sweepAt()) ask(worker.sweep(due), due);
    event.run();
  }
  const alerts = [...worker.alerts()];
  return { alerts, incidents: worker.end().rows, votes: votes.toSorted(inOrder) };
};

/** Incidents that no outage explains; outages that none of them meets; those whose bounds leave the truth out. */
export const verdictOf = ({ incidents, votes }: Simulated, outages: readonly Stretch[]) => {
  const meets = (outage: Stretch, one: Simulated['incidents'][number]): boolean =>
    one.startedAt < outage.until && (one.resolvedAt ?? Number.POSITIVE_INFINITY) > outage.from;
  const wrong = incidents.flatMap((one) => {
    const outage = outages.find((truth) => meets(truth, one));
    if (outage === undefined || one.resolvedAt === null) return [];
    const { lastGoodAt, firstBadAt, lastBadAt, firstGoodAt } = boundsOf(votes, one);
    const holds =
      (lastGoodAt ?? 0) <= outage.from &&
      outage.from <= (firstBadAt ?? 0) &&
      (lastBadAt ?? 0) <= outage.until &&
      outage.until <= (firstGoodAt ?? 0);
    return holds ? [] : [{ one, outage, lastGoodAt, firstBadAt, lastBadAt, firstGoodAt }];
  });
  return {
    falsely: incidents.filter((one) => !outages.some((outage) => meets(outage, one))),
    missed: outages.filter((outage) => !incidents.some((one) => meets(outage, one))),
    wrong,
  };
};
