import { setTimeout as pause } from 'node:timers/promises';
import { type CheckReport, checkReports } from '@farwatch/contracts';
import { openProducer, type Producer } from '@farwatch/queue';
import { v7 as newId } from 'uuid';
import type { Chance } from './chance.ts';
import type { House } from './house.ts';
import type { Query } from './query.ts';
import { region, type Watched } from './seed.ts';
import type { World } from './world.ts';

type Phase =
  | Readonly<{ kind: 'up' }>
  | Readonly<{ kind: 'opening' | 'resolving'; report: CheckReport; sentAt: number }>
  | Readonly<{ kind: 'down'; until: number }>;
type Site = {
  readonly watched: Watched;
  readonly most: number;
  phase: Phase;
  rounds: number;
  downMs: readonly [number, number];
};

export type Feed = Readonly<{
  /** Opens nothing new, resolves what is open, and waits until the judgement says so too. */
  finish: (timeoutMs: number) => Promise<void>;
  /** How many incidents it made. */
  incidents: () => number;
}>;

/** A monitor of people is told of by 4 messages at most: more in half an hour are held back for the rest of it. */
const mostOfPeople = 2;
const tickMs = 250;

type Result = CheckReport['results'][number];
const resultOf = (monitorId: string, isDown: boolean, at: number): Result => ({
  ...{ monitorId, region, family: 'any', trigger: 'schedule', scheduledAt: at, startedAt: at, totalMs: 41 },
  outcome: isDown ? { verdict: 'down', failure: { kind: 'status', status: 502 } } : { verdict: 'up' },
  ...{ status: isDown ? 502 : 200, bytes: 512, remoteAddress: '192.0.2.7' },
  phases: { dnsMs: 1, connectMs: 2, tlsMs: 3, firstByteMs: 30, downloadMs: 1 },
});

/** Two looks that say the same settle the judgement. The batch keeps its id however often it is sent, as a probe's does. */
export const reportOf = (monitorId: string, isDown: boolean, now: number): CheckReport => ({
  ...{ probeId: region, batchId: newId(), sentAt: now },
  results: [resultOf(monitorId, isDown, now - 1), resultOf(monitorId, isDown, now)],
});

/** Not judged by then: an emptied queue has lost it, and it is sent again under its id, as a probe does. */
const lostAfterMs = 8_000;

const sendUntilTaken = async (producer: Producer<typeof checkReports.payload>, report: CheckReport): Promise<void> => {
  for (;;) {
    try {
      return await producer.send(report);
    } catch {
      await pause(500); // the queue was killed; a probe keeps its batch and sends it again
    }
  }
};

type Judged = Readonly<{ monitorId: string; open: number; all: number }>;

const sitesOf = ({ people, programs }: World): Site[] => [
  ...people.flatMap(({ monitors }) => monitors.map((watched) => site(watched, mostOfPeople, [1_000, 40_000]))),
  ...programs.monitors.map((watched) => site(watched, Number.POSITIVE_INFINITY, [500, 10_000])),
];
const site = (watched: Watched, most: number, downMs: readonly [number, number]): Site => ({
  ...{ watched, most, downMs, phase: { kind: 'up' }, rounds: 0 },
});

/** Incidents that open and resolve all the time: `everyMs` one of people, and the flapping ones as fast as they are judged. */
export const startFeed = (
  { house, world, query, chance }: Readonly<{ house: House; world: World; query: Query; chance: Chance }>,
  everyMs: number,
): Feed => {
  const producer = openProducer(checkReports, house.queue);
  const sites = sitesOf(world);
  const organisations = [...world.people, world.programs].map(({ id }) => id);
  let finishing = false;
  let nextAt = 0;
  const report = (one: Site, isDown: boolean): void => {
    const made = reportOf(one.watched.monitorId, isDown, Date.now());
    one.phase = { kind: isDown ? 'opening' : 'resolving', report: made, sentAt: made.sentAt };
    if (isDown) one.rounds += 1;
    void sendUntilTaken(producer, made);
  };
  const sendAgain = (one: Site, now: number): void => {
    const { phase } = one;
    if ((phase.kind !== 'opening' && phase.kind !== 'resolving') || now - phase.sentAt < lostAfterMs) return;
    one.phase = { ...phase, sentAt: now };
    void sendUntilTaken(producer, { ...phase.report, sentAt: now });
  };
  const judged = async (): Promise<ReadonlyMap<string, Judged>> => {
    const rows = await query<Judged>(
      `SELECT monitor_id AS "monitorId", count(*)::int AS all, (count(*) FILTER (WHERE resolved_at IS NULL))::int AS open
       FROM incident WHERE organisation_id = ANY($1::uuid[]) GROUP BY monitor_id`,
      [organisations],
    );
    return new Map(rows.map((row) => [row.monitorId, row]));
  };
  const follow = (one: Site, state: Judged | undefined, now: number): void => {
    const { phase } = one;
    if (phase.kind === 'opening' && state?.all === one.rounds)
      one.phase = { kind: 'down', until: now + chance.between(...one.downMs) };
    if (phase.kind === 'down' && (finishing || now >= phase.until)) report(one, false);
    if (phase.kind === 'resolving' && state?.open === 0) one.phase = { kind: 'up' };
    sendAgain(one, now);
  };
  const openMore = (now: number): void => {
    if (finishing) return;
    for (const one of sites)
      if (one.phase.kind === 'up' && one.most > mostOfPeople && chance.next() < 0.05) report(one, true);
    const free = sites.filter(
      ({ phase, rounds, most }) => phase.kind === 'up' && most === mostOfPeople && rounds < most,
    );
    const [first, ...rest] = free;
    if (now < nextAt || first === undefined) return;
    nextAt = now + everyMs * chance.between(0.5, 1.5);
    report(chance.oneOf([first, ...rest]), true);
  };
  const allUp = (): boolean => sites.every(({ phase }) => phase.kind === 'up');
  const run = async (): Promise<void> => {
    while (!(finishing && allUp())) {
      const states = await judged().catch(() => null); // the database was killed
      const now = Date.now();
      if (states !== null) for (const one of sites) follow(one, states.get(one.watched.monitorId), now);
      openMore(now);
      await pause(tickMs);
    }
  };
  const done = run();
  return {
    incidents: () => sites.reduce((sum, { rounds }) => sum + rounds, 0),
    finish: async (timeoutMs) => {
      finishing = true;
      const late = pause(timeoutMs, 'late', { ref: false });
      const end = await Promise.race([done, late]);
      await producer.close();
      if (end === 'late') {
        const left = sites
          .filter(({ phase }) => phase.kind !== 'up')
          .map((one) => `${one.watched.name} ${one.phase.kind}`);
        throw new Error(`not judged within ${timeoutMs} ms: ${left.join(', ')}`);
      }
    },
  };
};
