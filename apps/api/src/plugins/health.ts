import type { FastifyPluginAsync } from 'fastify';
import { problem } from './problems.ts';

const within = async (work: Promise<unknown>, ms: number): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  work.then(
    () => resolve(true),
    () => resolve(false),
  );
  return promise.finally(() => clearTimeout(timer));
};

/** Anybody may ask, and each ping opens a connection: one at a time, and its answer holds for a moment. */
const rememberMs = 1_000;
const shared = (ask: () => Promise<unknown>): (() => Promise<boolean>) => {
  let current: Promise<boolean> | null = null;
  const forget = () => {
    current = null;
  };
  return () => {
    current ??= within(ask(), 3_000).finally(() => setTimeout(forget, rememberMs).unref());
    return current;
  };
};

export type HealthOptions = Readonly<{
  /** What must answer for this process to be of use, by name. */
  needs: Readonly<Record<string, () => Promise<unknown>>>;
}>;

/** `/healthz`: the process answers. `/readyz`: and so do the database and the queue. */
export const health: FastifyPluginAsync<HealthOptions> = async (app, { needs }) => {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));
  const pings = Object.entries(needs).map(([name, ask]) => ({ name, answers: shared(ask) }));
  app.get('/readyz', { schema: { hide: true } }, async () => {
    const asked = pings.map(async ({ name, answers }) => ((await answers()) ? null : name));
    const silent = (await Promise.all(asked)).filter((name) => name !== null);
    if (silent.length > 0) throw problem(503, 'not-ready', `Not answering: ${silent.join(', ')}.`);
    return { status: 'ok' };
  });
};
