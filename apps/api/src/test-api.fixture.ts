import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareQueue } from '@farwatch/queue';
import { freshDatabase } from '@farwatch/testkit';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp } from './app.ts';
import { parseConfig } from './config.ts';
import { type ApiDeps, openApiDeps, openDeps } from './deps.ts';

export const testOrigin = 'http://127.0.0.1:3999';
export const testRegion = { id: 'local', token: 'a-token-for-the-tests-0123456789' } as const;
const password = 'correct horse battery staple';

export type Send = (request: InjectOptions) => Promise<LightMyRequestResponse>;
/** A person who has signed up: `send` carries the session's cookie and says, as a browser does, where it comes from. */
export type Person = Readonly<{ email: string; password: string; cookie: string; organisationId: string; send: Send }>;
export type TestApi = AsyncDisposable &
  Readonly<{
    app: FastifyInstance;
    deps: ApiDeps;
    send: Send;
    signUp: (email?: string) => Promise<Person>;
    /** A key of this person's organisation, ready to send with. */
    keyOf: (person: Person, scope: 'read' | 'write') => Promise<Readonly<{ id: string; key: string; send: Send }>>;
  }>;

/** The Cookie header that a browser would send after this answer. */
export const cookieOf = (response: LightMyRequestResponse): string =>
  response.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');

const sender =
  (app: FastifyInstance, headers: Readonly<Record<string, string>>): Send =>
  (request) =>
    app.inject({ ...request, headers: { ...headers, ...request.headers } });

const settings = (databaseUrl: string, dataDir: string) => ({
  DATABASE_URL: databaseUrl,
  FARWATCH_URL: testOrigin,
  FARWATCH_PORT: '3999',
  FARWATCH_SECRET: 'Zk3vQ8-only-for-tests-x9Lm2Rt7Wb5Yc1Nd4',
  FARWATCH_MASTER_KEY: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  FARWATCH_DATA: dataDir,
  FARWATCH_REGIONS: `${testRegion.id}:${testRegion.token}`,
  FARWATCH_LOG_LEVEL: 'silent',
  FARWATCH_REQUEST_LIMIT: '1000000',
  FARWATCH_SIGN_IN_LIMIT: '1000000',
});

/** The whole API on a database of its own, queue included, without a port. `env` overrides settings. */
export const startTestApi = async (env: Readonly<Record<string, string>> = {}): Promise<TestApi> => {
  const database = await freshDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'farwatch-api-'));
  const deps = openApiDeps(openDeps(parseConfig({ ...settings(database.url, dataDir), ...env })));
  await prepareQueue(deps.queue);
  await deps.db.transaction((tx) => deps.regions.configure(tx, deps.config.regions));
  await deps.hub.ready(10_000);
  const app = buildApp(deps);
  await app.ready();
  const origin = deps.config.publicUrl;
  const send = sender(app, {});
  let people = 0;
  const signUp = async (email = `person${++people}@example.com`): Promise<Person> => {
    const payload = { email, password, name: 'Ann' };
    const response = await send({ method: 'POST', url: '/v1/auth/sign-up/email', headers: { origin }, payload });
    if (response.statusCode !== 200) throw new Error(`sign-up answered ${response.statusCode}: ${response.body}`);
    const cookie = cookieOf(response);
    const own = sender(app, { cookie, origin });
    const me = await own({ url: '/v1/me' });
    return { email, password, cookie, organisationId: me.json().organisation.id, send: own };
  };
  return {
    app,
    deps,
    send,
    signUp,
    keyOf: async (person, scope) => {
      const made = await person.send({ method: 'POST', url: '/v1/api-keys', payload: { name: scope, scope } });
      const { id, key } = made.json();
      return { id, key, send: sender(app, { authorization: `Bearer ${key}` }) };
    },
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await deps.close();
      await database[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
