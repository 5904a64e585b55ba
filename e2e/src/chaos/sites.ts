import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Chance } from './chance.ts';

/** What a site did for somebody who asked. `status` 0 = it cut the connection. Moments are epoch milliseconds. */
export type Answer = Readonly<{ site: string; region: string; at: number; answeredAt: number; status: number }>;
/** From when to when a site was down, by its own clock; `to` null = it still is. */
export type Outage = Readonly<{ site: string; status: number; from: number; to: number | null }>;

export type Sites = AsyncDisposable &
  Readonly<{
    /** The URL of each, by its name. */
    urls: ReadonlyMap<string, string>;
    /** Begins to go down and come back. */
    play: () => void;
    /** All come back and stay. */
    finish: () => void;
    /** What they wrote down: all they answered, and when they were down. */
    answers: readonly Answer[];
    outages: () => readonly Outage[];
  }>;

const statuses = [502, 503, 504, 0] as const;
const tickMs = 250;
/** More changes than six in half an hour would be flapping, of which single incidents are not told. */
const mostOutages = 2;
const quietMs = 60_000;
const chancePerTick = 0.004;

type Playing = { down: Outage | null; count: number; quietUntil: number };

const regionOf = ({ headers }: IncomingMessage): string =>
  /\(\+https:\/\/([a-z]+)\.example/u.exec(headers['user-agent'] ?? '')?.[1] ?? 'nobody';

/** When which site is down. Each goes down a few times, a minute or more apart, for some seconds up to a minute. */
const openStage = (names: readonly string[], chance: Chance) => {
  const over: Outage[] = [];
  const stage = new Map<string, Playing>(names.map((name) => [name, { down: null, count: 0, quietUntil: 0 }]));
  const ends = new Map<string, number>();
  const raise = (playing: Playing, now: number): void => {
    if (playing.down === null) return;
    over.push({ ...playing.down, to: now });
    playing.down = null;
    playing.quietUntil = now + quietMs;
  };
  const step = (): void => {
    const now = Date.now();
    for (const [site, playing] of stage) {
      if (playing.down !== null && now >= (ends.get(site) ?? 0)) raise(playing, now);
      const free = playing.down === null && playing.count < mostOutages && now >= playing.quietUntil;
      if (!free || chance.next() >= chancePerTick) continue;
      playing.down = { site, status: chance.oneOf(statuses), from: now, to: null };
      playing.count += 1;
      ends.set(site, now + chance.between(3_000, 60_000));
    }
  };
  return {
    step,
    statusOf: (site: string): number => stage.get(site)?.down?.status ?? 200,
    raiseAll: (): void => {
      for (const playing of stage.values()) raise(playing, Date.now());
    },
    outages: (): readonly Outage[] => [...over, ...[...stage.values()].flatMap(({ down }) => down ?? [])],
  };
};

/** Web sites on addresses of their own, so that they share nothing; each answers after a moment, or cuts the line. */
export const startSites = async (count: number, chance: Chance): Promise<Sites> => {
  const names = Array.from({ length: count }, (_, n) => `127.0.${1 + Math.floor(n / 200)}.${1 + (n % 200)}`);
  const stage = openStage(names, chance);
  const answers: Answer[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const site = request.socket.localAddress ?? '';
    const at = Date.now();
    const status = stage.statusOf(site);
    const said = (): void => void answers.push({ site, region: regionOf(request), at, answeredAt: Date.now(), status });
    setTimeout(
      () => {
        if (response.destroyed) return; // who asked was killed
        if (status === 0) {
          said();
          request.socket.destroy();
        } else response.writeHead(status, { connection: 'close' }).end(status === 200 ? 'ok' : 'out of order', said);
      },
      chance.between(5, 60),
    );
  };
  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '0.0.0.0', resolve); // every loopback address is a site
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  let timer: NodeJS.Timeout | undefined;
  return {
    urls: new Map(names.map((name) => [name, `http://${name}:${port}/`])),
    play: () => {
      timer ??= setInterval(stage.step, tickMs);
    },
    finish: () => {
      clearInterval(timer);
      stage.raiseAll();
    },
    ...{ answers, outages: stage.outages },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        clearInterval(timer);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
