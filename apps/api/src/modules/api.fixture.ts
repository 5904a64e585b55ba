import { randomUUIDv7 } from 'node:crypto';
import { parseDialRules } from '@farwatch/checker';
import type { ConfirmCheck } from '@farwatch/contracts';
import type { Mail } from '@farwatch/notifiers';
import { freshDatabase } from '@farwatch/testkit';
import fastify, { type FastifyInstance } from 'fastify';
import { openDb, type Sql } from '../db.ts';
import { parseKeyring } from '../keyring.ts';
import { accessControl } from '../plugins/access-control.ts';
import type { Caller } from '../plugins/accounts.ts';
import { bodies } from '../plugins/bodies.ts';
import { useErrors } from '../plugins/errors.ts';
import { rateLimits } from '../plugins/rate-limits.ts';
import { answers, requestId } from '../plugins/requests.ts';
import { useValidation } from '../plugins/validation.ts';
import { memberStore } from './accounts/member-store.ts';
import { channelStore } from './channels/store.ts';
import { deliveryStore } from './deliveries/store.ts';
import { plainReading } from './diagnosis/log-reading.fixture.ts';
import { logStore } from './diagnosis/log-store.ts';
import { diagnosisStore } from './diagnosis/store.ts';
import { policyStore } from './escalations/policy-store.ts';
import { scheduleStore } from './escalations/schedule-store.ts';
import { openEventHub } from './events/hub.ts';
import type { StreamPace } from './events/routes.ts';
import { eventStore } from './events/store.ts';
import { historyStore } from './history/store.ts';
import { commentStore } from './incidents/comment-store.ts';
import { decisionStore } from './incidents/decision-store.ts';
import { incidentStore } from './incidents/store.ts';
import { windowStore } from './maintenance/store.ts';
import { stretchStore } from './maintenance/stretch-store.ts';
import { markStore } from './marks/store.ts';
import { defaultModuleLimits, type ModuleDeps, type ModuleLimits } from './module-deps.ts';
import { monitorStore } from './monitors/store.ts';
import { recordingPlanner } from './planner.fixture.ts';
import { pageReadStore } from './probes/page-read-store.ts';
import { regionStore } from './probes/store.ts';
import { resultStore } from './results/store.ts';
import { moduleRoutes } from './routes.ts';
import { savedViewStore } from './saved-views/store.ts';

export const regionTokens = { fra: 'fra-token-0123456789', iad: 'iad-token-0123456789' } as const;

/** Credentials that tests call with; taking one out of the map revokes it. */
type Credentials = Map<string, Caller>;

const makeOrganisation = async (sql: Sql, credentials: Credentials, name: string) => {
  const id = randomUUIDv7();
  await sql.query('INSERT INTO organisation (id, name) VALUES ($1, $2)', [id, name]);
  const key = (scope: 'read' | 'write'): string => {
    const token = `${name}-${scope}`;
    credentials.set(token, { kind: 'key', keyId: randomUUIDv7(), scope, organisation: { id, name } });
    return `Bearer ${token}`;
  };
  return { id, reader: key('read'), writer: key('write') };
};

const modulesOf = (
  databaseUrl: string,
  limits: Partial<ModuleLimits>,
  asked: ConfirmCheck[],
  sent: unknown[],
  mails: Mail[],
) => {
  const failures: Error[] = [];
  const db = openDb({ databaseUrl, maxConnections: 8, onError: (error) => failures.push(error) });
  const events = eventStore();
  const deps: ModuleDeps = {
    db,
    log: { warn: () => undefined },
    monitors: monitorStore(),
    results: resultStore(),
    incidents: incidentStore(),
    history: historyStore(),
    comments: commentStore(),
    channels: channelStore(),
    deliveries: deliveryStore(),
    policies: policyStore(),
    schedules: scheduleStore(),
    decisions: decisionStore(),
    diagnoses: diagnosisStore(),
    logs: logStore(),
    beginReading: plainReading,
    marks: markStore(),
    savedViews: savedViewStore(),
    windows: windowStore(),
    stretches: stretchStore(),
    members: memberStore(),
    regions: regionStore(),
    pageReads: pageReadStore(),
    pageAsker: { ask: async () => undefined },
    events,
    hub: openEventHub({ databaseUrl, events, onError: (error) => failures.push(error) }),
    asker: { ask: async (checks) => void asked.push(...checks) },
    deliveryQueue: { send: async (job) => void sent.push(job) },
    alerts: recordingPlanner().planner,
    spoken: async () => null,
    receipts: { settle: async () => 'unknown' },
    keyring: parseKeyring(Buffer.alloc(32, 7).toString('base64')),
    mailer: {
      send: async (mail) => {
        mails.push(mail);
        return { kind: 'delivered', answer: '250 OK' };
      },
    },
    config: {
      publicUrl: 'https://watch.test',
      secret: 'only-for-tests-0123456789abcdef',
      twilio: undefined,
      telegram: undefined,
    },
    dialRules: parseDialRules('127.0.0.0/8'),
    limits: { ...defaultModuleLimits, ...limits },
  };
  return { db, deps };
};

type Overrides = Readonly<{
  requestsPerMinute?: number;
  limits?: Partial<ModuleLimits>;
  deps?: Partial<ModuleDeps>;
  pace?: StreamPace;
}>;

const buildApi = async (
  deps: ModuleDeps,
  credentials: Credentials,
  { pace, requestsPerMinute = 1_000_000 }: Overrides,
) => {
  const app = fastify({ genReqId: requestId, bodyLimit: 256 * 1_024, routerOptions: { maxParamLength: 1_000 } });
  const findCaller = async ({ headers }: { headers: { authorization?: string | undefined } }) =>
    credentials.get((headers.authorization ?? '').replace(/^Bearer /u, '')) ?? null;
  useErrors(app);
  useValidation(app);
  await app.register(answers);
  await app.register(bodies);
  await app.register(rateLimits, { requestsPerMinute });
  await app.register(accessControl, { findCaller, trustedOrigins: [] });
  await app.register(moduleRoutes, { ...deps, findCaller, ...(pace === undefined ? {} : { pace }) });
  await app.ready();
  return app;
};

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
export type Answer = Readonly<{
  status: number;
  headers: Readonly<Record<string, unknown>>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what came, whatever its shape
  body: any;
}>;
const callerOf =
  (app: FastifyInstance) =>
  async (authorization: string, method: Method, url: string, options: CallOptions = {}): Promise<Answer> => {
    const { body, headers = {} } = options;
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await app.inject({ method, url, headers: { authorization, ...type, ...headers }, ...payload });
    const json = String(answer.headers['content-type']).includes('json') && answer.payload !== '';
    const parsed: unknown = json && !answer.payload.includes('}\n') ? answer.json() : null;
    return { status: answer.statusCode, headers: answer.headers, text: answer.payload, body: parsed };
  };
export type CallOptions = Readonly<{ body?: unknown; headers?: Readonly<Record<string, string>> }>;

/** The API's modules on a database of their own, with two organisations and two regions; queues are lists. */
export const startApi = async (options: Overrides = {}) => {
  const { limits = {}, deps: overrides = {} } = options;
  const database = await freshDatabase();
  const asked: ConfirmCheck[] = [];
  const sent: unknown[] = [];
  const mails: Mail[] = [];
  const credentials: Credentials = new Map();
  const made = modulesOf(database.url, limits, asked, sent, mails);
  const deps = { ...made.deps, ...overrides };
  const { sql } = made.db;
  const regions = Object.entries(regionTokens).map(([id, token]) => ({ id, token }));
  await made.db.transaction((tx) => deps.regions.configure(tx, regions));
  for (const { id, token } of regions) credentials.set(token, { kind: 'probe', region: id });
  const mine = await makeOrganisation(sql, credentials, 'mine');
  const other = await makeOrganisation(sql, credentials, 'other');
  const app = await buildApi(deps, credentials, options);
  await deps.hub.ready(10_000);
  return {
    app,
    deps,
    sql,
    db: made.db,
    database,
    asked,
    sent,
    mails,
    credentials,
    mine,
    other,
    call: callerOf(app),
    /** As if the monitor had been made at that moment (epoch ms): what was seen of it since counts. */
    madeAt: (monitorId: string, at: number): Promise<void> =>
      made.db.transaction(async (tx) => {
        await tx.query('UPDATE monitor SET created_at = to_timestamp($2::float8 / 1000) WHERE id = $1', [
          monitorId,
          at,
        ]);
        await deps.monitors.resetState(tx, monitorId, { incident: null, begins: true, now: new Date(at) });
      }),
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await deps.hub.close();
      await made.db.close();
      await database[Symbol.asyncDispose]();
    },
  };
};
export type Api = Awaited<ReturnType<typeof startApi>>;
