import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Assignment, type CheckReport, checkReports, getAssignments, probeAlive } from '@farwatch/contracts';
import { openConsumer, queueBackend } from '@farwatch/queue';
import { startRedis, startTarget } from '@farwatch/testkit';
import { v7 as newId } from 'uuid';
import { type ProbeOptions, startProbe } from '../probes.ts';

const region = 'bench';

/** What stays of a result. */
export type Told = Readonly<{ monitorId: string; scheduledAt: number; lateMs: number; verdict: string }>;

export type WatchedProbe = AsyncDisposable & Readonly<{ pid: number; told: readonly Told[] }>;

/** A new monitor's assignment, with an id of its own. */
export const assignmentOf = (url: string, intervalMs: number, given: Partial<Assignment> = {}): Assignment => ({
  ...{ monitorId: newId(), url, method: 'GET', intervalMs, timeoutMs: 10_000, maxRedirects: 10 },
  ...{ expectedStatuses: '200-399', regions: [region], ...given },
});

const toldOf = (result: CheckReport['results'][number]): Told => ({
  ...{ monitorId: result.monitorId, scheduledAt: result.scheduledAt, verdict: result.outcome.verdict },
  lateMs: result.startedAt - result.scheduledAt,
});

const askedIn = async (request: IncomingMessage): Promise<readonly string[]> => {
  const { batches = [] } = JSON.parse(await text(request)) as { batches?: string[] }; // our own probe's sign of life
  return batches;
};

/** What a probe hears from the API: what to look at, the time, and that every batch that came is stored. */
const startApi = (assignments: readonly Assignment[], stored: ReadonlySet<string>) => {
  const list = JSON.stringify({ region, assignments });
  const etag = '"bench"';
  return startTarget(async (request, response) => {
    const asked = await askedIn(request).catch(() => []);
    const [path] = request.url?.split('?') ?? [];
    if (path === getAssignments.url) {
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag, 'content-type': 'application/json' }).end(list);
    } else if (path === probeAlive.url) {
      const known = asked.filter((id) => stored.has(id));
      const answer = { at: new Date().toISOString(), assignmentsChanged: false, stored: known };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    } else response.writeHead(404).end();
  });
};

/** One site stands for thousands here: the bound on looks at one host would be all that is measured. */
const manySites = { FARWATCH_HOST_CONCURRENCY: '200' };

/** A whole probe process at work on these, its queue a real Redis; the bench is API and worker. */
export const startWatchedProbe = async (
  assignments: readonly Assignment[],
  options: Pick<ProbeOptions, 'env' | 'cpu'>,
): Promise<WatchedProbe> => {
  await using stack = new AsyncDisposableStack();
  const env = { ...manySites, ...options.env };
  const stored = new Set<string>();
  const told: Told[] = [];
  const redis = stack.use(await startRedis());
  const queue = { REDIS_URL: redis.url };
  const api = stack.use(await startApi(assignments, stored));
  const take = async ({ batchId, results }: CheckReport): Promise<void> => {
    if (stored.has(batchId)) return;
    stored.add(batchId);
    for (const result of results) told.push(toldOf(result));
  };
  const consumer = openConsumer(checkReports, queueBackend(queue), take, { concurrency: 4, onError: () => undefined });
  stack.defer(() => consumer.close());
  const probe = stack.use(await startProbe(region, { ...options, env, apiUrl: api.url, queue }));
  const whole = stack.move();
  return { pid: probe.pid, told, [Symbol.asyncDispose]: () => whole.disposeAsync() };
};
