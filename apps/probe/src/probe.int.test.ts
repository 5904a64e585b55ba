import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { RequestListener, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Assignment,
  type CheckReport,
  checkReports,
  confirmChecks,
  probeAlive,
  type SignOfLife,
} from '@farwatch/contracts';
import { type CheckResult, phaseOf, slotsBetween } from '@farwatch/domain';
import { openConsumer, openProducer } from '@farwatch/queue';
import { freePort, needs, redisAvailable, startRedis, startTarget, waitUntil } from '@farwatch/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assignment, monitorId } from './probe.fixture.ts';

const redis = needs('redis-server', redisAvailable);
const entry = fileURLToPath(new URL('main.ts', import.meta.url));
const exited = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

let cleanUp: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  cleanUp = [];
});
afterEach(async () => {
  for (const end of cleanUp.toReversed()) await end();
});

/** A queue, an API and a site, all real, and the folder of one probe. */
const stage = async (
  monitors: readonly Partial<Assignment>[],
  site: (res: ServerResponse) => void,
  { coreAheadMs = 0, more = {} }: Readonly<{ coreAheadMs?: number; more?: Readonly<Record<string, string>> }> = {},
) => {
  const server = await startRedis();
  const target = await startTarget((_, res) => site(res));
  const assignments = monitors.map((given, n) => assignment(n, { url: target.url, timeoutMs: 2_000, ...given }));
  const signs: SignOfLife[] = [];
  const taken = new Set<string>();
  const answer: RequestListener = async (req, res) => {
    const json = (value: object): void =>
      void res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (req.url !== probeAlive.url) return json({ region: 'fra', assignments });
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const sign: SignOfLife = JSON.parse(Buffer.concat(chunks).toString());
    signs.push(sign);
    const stored = (sign.batches ?? []).filter((id) => taken.has(id));
    json({ at: new Date(Date.now() + coreAheadMs).toISOString(), assignmentsChanged: false, stored });
  };
  const api = await startTarget(answer);
  const dir = await mkdtemp(join(tmpdir(), 'farwatch-probe-'));
  const backend = { kind: 'redis', url: server.url } as const;
  const results: CheckResult[] = [];
  const offsets: (number | undefined)[] = [];
  const take = async (report: CheckReport): Promise<void> => {
    if (taken.has(report.batchId)) return;
    taken.add(report.batchId);
    results.push(...report.results);
    offsets.push(report.clockOffsetMs);
  };
  const startConsumer = () => {
    const consumer = openConsumer(checkReports, backend, take, { concurrency: 4, onError: () => undefined });
    cleanUp.push(() => consumer.close());
    return consumer;
  };
  cleanUp.push(
    () => rm(dir, { recursive: true, force: true }),
    async () => await server[Symbol.asyncDispose](),
    async () => await target[Symbol.asyncDispose](),
    async () => await api[Symbol.asyncDispose](),
  );
  const consumer = startConsumer();
  const launch = async (): Promise<ChildProcess> => {
    const env = {
      FARWATCH_API_URL: api.url,
      FARWATCH_REGION: 'fra',
      FARWATCH_REGION_TOKEN: 'a-token-of-the-region',
      REDIS_URL: server.url,
      FARWATCH_DATA: dir,
      FARWATCH_ALLOW_CIDRS: '127.0.0.0/8',
      FARWATCH_LOG_LEVEL: 'error',
      ...more,
    };
    const child = fork(entry, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    cleanUp.push(() => end(child, 'SIGKILL'));
    await once(child, 'message');
    return child;
  };
  const kept = (): Promise<readonly string[]> => readdir(join(dir, 'probe-fra', 'spool'));
  const spooled = async (): Promise<number> => (await kept()).length;
  /** The API again after it was gone, at the same place. */
  const startApi = async (): Promise<void> => {
    const again = await startTarget(answer, api.port);
    cleanUp.push(async () => await again[Symbol.asyncDispose]());
  };
  const worker = { stop: () => consumer.close(), again: () => startConsumer() };
  return { startApi, worker, server, api, backend, assignments, results, offsets, signs, launch, kept, spooled };
};
const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (exited(child)) return;
  child.kill(signal);
  await once(child, 'exit');
};

type Stage = Awaited<ReturnType<typeof stage>>;
/** Slots between two moments that no result tells of. */
const holes = ({ assignments, results }: Stage, from: number, until: number): readonly string[] => {
  const told = new Set(results.map(({ monitorId: id, scheduledAt }) => `${id} ${scheduledAt}`));
  const due = assignments.flatMap((one) =>
    slotsBetween(phaseOf(one, 'fra'), one.intervalMs, from, until).map((at) => `${one.monitorId} ${at}`),
  );
  return due.filter((slot) => !told.has(slot));
};
const everySecond = (n: number) => Array.from({ length: n }, () => ({ intervalMs: 1_000 }));

redis.describe('a probe process', () => {
  test('killed in the middle leaves missed checks and no hole', async () => {
    const house = await stage(everySecond(20), (res) => void setTimeout(() => res.end('ok'), 200));
    const first = await house.launch();
    const from = Date.now() + 1_000;
    await waitUntil(() => house.results.length > 30);
    await end(first, 'SIGKILL');
    const killedAt = Date.now();
    await waitUntil(() => Date.now() - killedAt > 1_500);
    const second = await house.launch();
    await waitUntil(
      () =>
        house.results.filter(({ startedAt, outcome }) => outcome.verdict === 'up' && startedAt > killedAt + 1_500)
          .length > 30,
    );
    const until = Date.now();
    await end(second, 'SIGTERM');
    expect(second.exitCode).toBe(0);
    await waitUntil(() => holes(house, from, until).length === 0, 5_000, 'every slot told of');
    expect(house.results.some(({ outcome }) => outcome.verdict === 'missed' && outcome.reason === 'restart')).toBe(
      true,
    );
  });
  test('works on without queue and API, through a kill, and tells it all in the end', async () => {
    const house = await stage(everySecond(10), (res) => res.writeHead(502).end());
    const first = await house.launch();
    const from = Date.now() + 1_000;
    await waitUntil(() => house.results.length > 10);
    await house.api[Symbol.asyncDispose]();
    await house.server.crash();
    await waitUntil(async () => (await house.spooled()) > 2, 15_000);
    await end(first, 'SIGKILL');
    const second = await house.launch();
    const before = await house.spooled();
    await waitUntil(async () => (await house.spooled()) > before + 1, 15_000);
    const waiting = new Set(await house.kept());
    await house.server.start();
    await house.startApi();
    // Two sends may be about to give up and a pause of 5 s follow before the queue is tried again.
    // The newest are always there, for the ten seconds until the next sign of life.
    await waitUntil(async () => !(await house.kept()).some((name) => waiting.has(name)), 110_000);
    const until = Date.now() - 1_500;
    await waitUntil(() => holes(house, from, until).length === 0, 10_000, 'every slot told of');
    await end(second, 'SIGTERM');
    expect(second.exitCode).toBe(0);
  }, 200_000);
  test('keeps what the queue has taken until it is stored: an emptied queue loses nothing', async () => {
    const house = await stage(everySecond(10), (res) => void res.end('ok'));
    const probe = await house.launch();
    const from = Date.now() + 1_000;
    await waitUntil(() => house.results.length > 10);
    await house.worker.stop();
    await waitUntil(async () => (await house.spooled()) > 3, 15_000);
    await house.server.empty();
    const until = Date.now();
    house.worker.again();
    expect(holes(house, from, until)).not.toEqual([]);
    await waitUntil(() => holes(house, from, until).length === 0, 40_000, 'every slot told of');
    expect(new Set(house.results.map(({ monitorId: id, scheduledAt }) => `${id} ${scheduledAt}`)).size).toBe(
      house.results.length,
    );
    await end(probe, 'SIGTERM');
  }, 80_000);
  test('tells bad news within a second, with the evidence once', async () => {
    const house = await stage(everySecond(1), (res) => res.writeHead(502).end('oh no'));
    const arrivals: number[] = [];
    const watch = setInterval(() => {
      while (arrivals.length < house.results.length) arrivals.push(Date.now());
    }, 5);
    cleanUp.push(async () => clearInterval(watch));
    await house.launch();
    await waitUntil(() => arrivals.length >= 3);
    const ends = house.results.map(({ startedAt, totalMs }) => startedAt + totalMs);
    expect(arrivals.slice(0, 3).map((at, i) => at - (ends[i] ?? 0) < 1_000)).toEqual([true, true, true]);
    expect(house.results.map(({ evidence }) => evidence?.status).slice(0, 3)).toEqual([502, undefined, undefined]);
  });
  test('answers a look out of turn under the moment it was asked for', async () => {
    const house = await stage([{ intervalMs: 86_400_000 }], (res) => res.end());
    await house.launch();
    const producer = openProducer(confirmChecks('fra'), house.backend);
    cleanUp.push(() => producer.close());
    const scheduledAt = Date.now() + 700;
    const expiresAt = scheduledAt + 12_000;
    await producer.send({ monitorId: monitorId(0), region: 'fra', trigger: 'confirmation', scheduledAt, expiresAt });
    const seen = await waitUntil(() => house.results.find(({ trigger }) => trigger === 'confirmation'));
    expect(seen).toMatchObject({ scheduledAt, outcome: { verdict: 'up' } });
    expect(seen.startedAt).toBeGreaterThanOrEqual(scheduledAt - 5);
  });
  test('looks at a fresh incident every two seconds, until it hears that it is over', async () => {
    const house = await stage([{ intervalMs: 86_400_000 }], (res) => res.writeHead(502).end());
    await house.launch();
    const producer = openProducer(confirmChecks('fra'), house.backend);
    cleanUp.push(() => producer.close());
    const began = Date.now() - 1_000;
    const say = (kind: 'begin' | 'end', startedAt: number) => {
      const look = { monitorId: monitorId(0), region: 'fra', trigger: 'confirmation' as const, scheduledAt: startedAt };
      return producer.send({ ...look, expiresAt: startedAt + 600_000, burst: { kind, startedAt, regions: ['fra'] } });
    };
    await say('begin', began);
    await waitUntil(() => house.results.length >= 3, 10_000, 'three looks');
    const seen = house.results.slice(0, 3);
    expect(seen.map(({ trigger }) => trigger)).toEqual(['confirmation', 'confirmation', 'confirmation']);
    expect(seen.map(({ scheduledAt }) => (scheduledAt - began) % 2_000)).toEqual([0, 0, 0]);
    const endedAt = Date.now();
    await say('end', endedAt);
    await waitUntil(() => Date.now() - endedAt > 4_500);
    expect(house.results.filter(({ startedAt }) => startedAt > endedAt + 1_000)).toEqual([]);
  });
  test('whose clock is an hour behind looks and reports by the core’s, and says so', async () => {
    const hour = 3_600_000;
    const house = await stage(everySecond(2), (res) => res.end(), { coreAheadMs: hour });
    await house.launch();
    await waitUntil(() => house.results.filter(({ outcome }) => outcome.verdict === 'up').length > 4);
    const { results, offsets } = house;
    for (const { scheduledAt, startedAt } of results) {
      expect(Math.abs(startedAt - Date.now() - hour)).toBeLessThan(10_000);
      expect(Math.abs(startedAt - scheduledAt)).toBeLessThan(1_000);
    }
    expect(offsets.every((ms) => ms !== undefined && Math.abs(ms + hour) < 2_000)).toBe(true);
  });
  test('that reaches none of its control targets casts no vote and says that it is blind', async () => {
    const gone = `http://127.0.0.1:${await freePort()}/`;
    const monitors = [{ intervalMs: 1_000, url: gone }];
    const house = await stage(monitors, (res) => res.end(), { more: { FARWATCH_CONTROL_URLS: `${gone},${gone}b` } });
    await house.launch();
    const seen = await waitUntil(() => house.results.find(({ outcome }) => outcome.verdict === 'inconclusive'));
    expect(seen.outcome).toMatchObject({ reason: 'probe blind: connect error (ECONNREFUSED)' });
    await waitUntil(() => house.signs.some(({ blind }) => blind), 15_000, 'a sign of life that says so');
    expect(house.results.some(({ outcome }) => outcome.verdict === 'down')).toBe(false);
  });
  test('gives a host that hangs its few places, and looks at the others in time', async () => {
    let [open, most] = [0, 0];
    await using hung = await startTarget((_, res) => {
      most = Math.max(most, ++open);
      res.once('close', () => void open--);
    });
    const monitors = [...everySecond(5), ...everySecond(40).map((one) => ({ ...one, url: hung.url }))];
    const more = { FARWATCH_CONCURRENCY: '12' };
    const house = await stage(monitors, (res) => res.end(), { more });
    const probe = await house.launch();
    const from = Date.now() + 1_000;
    await waitUntil(() => house.results.filter(({ outcome }) => outcome.verdict === 'up').length > 30);
    const until = Date.now();
    await end(probe, 'SIGTERM');
    await waitUntil(
      () => holes({ ...house, assignments: house.assignments.slice(0, 5) }, from, until - 500).length === 0,
    );
    const others = house.results.filter(({ outcome }) => outcome.verdict === 'up');
    expect(Math.max(...others.map(({ startedAt, scheduledAt }) => startedAt - scheduledAt))).toBeLessThan(900);
    expect(house.results.some(({ outcome }) => outcome.verdict === 'missed' && outcome.reason === 'overload')).toBe(
      true,
    );
    expect(most).toBe(8);
  });
  test('ends by itself when its parent is gone', async () => {
    const house = await stage(everySecond(2), (res) => res.end());
    const child = await house.launch();
    child.disconnect();
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  });
});

test.each([
  ['a missing setting', {}, 'FARWATCH_REGION'],
  ['a queue that is not there', { REDIS_URL: 'redis://127.0.0.1:1' }, 'REDIS_URL'],
])('%s ends the start with one line that names the setting', async (_, given, named) => {
  const base = { FARWATCH_API_URL: 'http://127.0.0.1:1', FARWATCH_DATA: '/nonexistent' };
  const whole = { ...base, FARWATCH_REGION: 'fra', FARWATCH_REGION_TOKEN: 'a-token-of-the-region', ...given };
  const env = Object.keys(given).length === 0 ? base : whole;
  const child = fork(entry, { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  await once(child, 'exit');
  expect(child.exitCode).toBe(1);
  expect(errors.trim()).toMatch(new RegExp(`^farwatch probe: [^\\n]*${named}[^\\n]*$`, 'u'));
});
