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
import { startRedis, startTarget } from '@farwatch/testkit';
import { assignment } from './probe.fixture.ts';

export const entry = fileURLToPath(new URL('main.ts', import.meta.url));
const exited = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

export const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (exited(child)) return;
  child.kill(signal);
  await once(child, 'exit');
};

/** A queue, an API and a site, all real, and the folder of one probe. */
export const stage = async (
  monitors: readonly Partial<Assignment>[],
  site: (res: ServerResponse) => void,
  { coreAheadMs = 0, more = {} }: Readonly<{ coreAheadMs?: number; more?: Readonly<Record<string, string>> }> = {},
) => {
  const stack = new AsyncDisposableStack();
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
    stack.defer(() => consumer.close());
    return consumer;
  };
  stack.defer(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));
  for (const one of [server, target, api]) stack.use(one);
  const consumer = startConsumer();
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
  const launch = async (again: Readonly<Record<string, string>> = {}): Promise<ChildProcess> => {
    const child = fork(entry, { env: { ...env, ...again }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    stack.defer(() => end(child, 'SIGKILL'));
    await once(child, 'message');
    return child;
  };
  const kept = (): Promise<readonly string[]> => readdir(join(dir, 'probe-fra', 'spool'));
  const spooled = async (): Promise<number> => (await kept()).length;
  /** The API again after it was gone, at the same place. */
  const startApi = async (): Promise<void> => {
    const again = await startTarget(answer, api.port);
    stack.use(again);
  };
  const worker = { stop: () => consumer.close(), again: () => startConsumer() };
  const openAsker = () => {
    const producer = openProducer(confirmChecks('fra'), backend);
    stack.defer(() => producer.close());
    return producer;
  };
  return {
    ...{
      startApi,
      worker,
      server,
      api,
      backend,
      dir,
      env,
      assignments,
      results,
      offsets,
      signs,
      launch,
      kept,
      spooled,
    },
    openAsker,
    atEnd: (act: () => void) => stack.defer(act),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
};
export type Stage = Awaited<ReturnType<typeof stage>>;
/** Slots between two moments that no result tells of. */
export const holes = ({ assignments, results }: Stage, from: number, until: number): readonly string[] => {
  const told = new Set(results.map(({ monitorId: id, scheduledAt }) => `${id} ${scheduledAt}`));
  const due = assignments.flatMap((one) =>
    slotsBetween(phaseOf(one, 'fra'), one.intervalMs, from, until).map((at) => `${one.monitorId} ${at}`),
  );
  return due.filter((slot) => !told.has(slot));
};
export const everySecond = (n: number) => Array.from({ length: n }, () => ({ intervalMs: 1_000 }));
