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

export type HealthOptions = Readonly<{
  /** What must answer for this process to be of use, by name. */
  needs: Readonly<Record<string, () => Promise<unknown>>>;
}>;

/** `/healthz`: the process answers. `/readyz`: and so do the database and the queue. */
export const health: FastifyPluginAsync<HealthOptions> = async (app, { needs }) => {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));
  app.get('/readyz', { schema: { hide: true } }, async () => {
    const asked = Object.entries(needs).map(async ([name, ask]) => ((await within(ask(), 3_000)) ? null : name));
    const silent = (await Promise.all(asked)).filter((name) => name !== null);
    if (silent.length > 0) throw problem(503, 'not-ready', `Not answering: ${silent.join(', ')}.`);
    return { status: 'ok' };
  });
};
