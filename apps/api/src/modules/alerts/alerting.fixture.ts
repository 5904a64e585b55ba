import { parseDialRules } from '@farwatch/checker';
import {
  defaultPolicy,
  type EscalationPolicy,
  type Failure,
  type FoldedIncident,
  type Schedule,
} from '@farwatch/domain';
import { type Mailer, openMailer } from '@farwatch/notifiers';
import { v7 as newId } from 'uuid';
import { type Config, parseConfig } from '../../config.ts';
import { startWorld, testMasterKey, type World } from '../../world.fixture.ts';
import { eventStore } from '../events/store.ts';
import { insertIncident, updateIncident } from '../incidents/record-store.ts';
import { incidentStore } from '../incidents/store.ts';
import { alertPlanner } from './alert-planner.ts';
import { type DeliverDeps, deliver } from './deliver.ts';
import { escalateDue } from './escalate.ts';
import type { IncidentAlertDeps } from './incident-alerts.ts';
import type { Due } from './store.ts';
import { sweepDeliveries } from './sweep.ts';

export const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

export type Row = Readonly<{
  id: string;
  event: string;
  status: string;
  reason: string | null;
  channelId: string | null;
  bundleId: string | null;
  attempts: readonly Readonly<{ outcome: string; answer: string }>[] | null;
}>;
type Plannable = 'incident.opened' | 'incident.resolved';

/** For tests: an organisation with channels, a clock that is moved by hand, and a queue that is a list. */
export type Alerting = AsyncDisposable &
  Readonly<{
    world: World;
    planner: ReturnType<typeof alertPlanner>;
    /** What a worker has; `over` replaces parts. */
    worker: (over?: Partial<DeliverDeps>) => (due: Due) => Promise<void>;
    sweep: () => Promise<readonly Due[]>;
    /** Climbs what is due of the ladders; answers the deliveries that are due by it. */
    escalate: () => Promise<readonly Due[]>;
    /** One worker that sends all that is due now, until nothing is. */
    settle: (over?: Partial<DeliverDeps>) => Promise<void>;
    setPolicy: (policy: Partial<EscalationPolicy>) => void;
    setSchedule: (schedule: Schedule) => void;
    pass: (ms: number) => void;
    now: () => number;
    /** Opens an incident, for a new monitor unless one is named, and answers the first attempts that are due by it. */
    open: (
      cause?: Failure,
      monitorId?: string,
    ) => Promise<Readonly<{ incidentId: string; monitorId: string; due: readonly Due[] }>>;
    resolve: (monitorId: string, incidentId: string) => Promise<readonly Due[]>;
    deliveries: (incidentId: string) => Promise<readonly Row[]>;
    events: (deliveryId: string) => Promise<readonly string[]>;
  }>;

const first = (ids: readonly string[]): readonly Due[] => ids.map((deliveryId) => ({ deliveryId, attempt: 1 }));

const configOf = (env: Readonly<Record<string, string>>): Config =>
  parseConfig({
    DATABASE_URL: 'postgres://x@127.0.0.1/x',
    FARWATCH_SECRET: 'a-secret-for-tests-of-32-characters-and-more',
    FARWATCH_MASTER_KEY: testMasterKey,
    FARWATCH_URL: 'https://watch.test',
    ...env,
  });

const rowsOf = async ({ db }: World, incidentId: string): Promise<readonly Row[]> => {
  const { rows } = await db.sql.query<Row>(
    `SELECT d.id, d.event, d.status, d.reason, d.channel_id AS "channelId", d.bundle_id AS "bundleId",
       (SELECT json_agg(json_build_object('outcome', a.outcome, 'answer', a.answer) ORDER BY a.at, a.id)
        FROM delivery_attempt a WHERE a.delivery_id = d.id) AS attempts
     FROM delivery d WHERE d.incident_id = $1 ORDER BY d.rank, d.event, d.id`,
    [incidentId],
  );
  return rows;
};

const eventsOf = async ({ db }: World, deliveryId: string): Promise<readonly string[]> => {
  const { rows } = await db.sql.query<{ told: string }>(
    `SELECT type || ' ' || (data->>'status') AS told FROM event WHERE data->>'deliveryId' = $1 ORDER BY id`,
    [deliveryId],
  );
  return rows.map(({ told }) => told);
};

type Options = Readonly<{ smtpUrl?: string; env?: Readonly<Record<string, string>> }>;

export const startAlerting = async ({ smtpUrl = 'smtp://127.0.0.1:1', env = {} }: Options = {}): Promise<Alerting> => {
  const world = await startWorld();
  const { db, organisationId, keyring } = world;
  const mailer: Mailer = openMailer({ smtpUrl, from: 'Farwatch <alerts@watch.test>' });
  let clock = Date.now();
  let policy: EscalationPolicy = defaultPolicy;
  let schedule: Schedule | null = null;
  const opened = new Map<string, FoldedIncident>();
  const now = (): number => clock;
  const escalations: IncidentAlertDeps['escalations'] = {
    policyFor: async () => ({ ...policy, id: null }),
    scheduleOf: async () => schedule,
  };
  const planner = alertPlanner({ escalations });
  const deps: DeliverDeps = {
    ...{ db, keyring, mailer, incidents: incidentStore(), events: eventStore() },
    dialRules: parseDialRules('127.0.0.0/8'),
    config: configOf(env),
    diagnosisOf: async () => null,
    send: async () => undefined,
    wake: async () => undefined,
    log: {
      error: ({ err }, text) => {
        throw err ?? new Error(text);
      },
    },
  };
  const plan = (incidentId: string, event: Plannable) =>
    db.transaction(async (tx) => first(await planner.plan(tx, { organisationId, incidentId, event, now: clock })));
  const worker: Alerting['worker'] = (over = {}) => deliver({ ...deps, ...over }, { now, random: () => 0 });
  const sweep = async (): Promise<readonly Due[]> => {
    const sent: Due[] = [];
    await sweepDeliveries({ db, deliveryQueue: { send: async (due) => void sent.push(due) } }, now)();
    return sent;
  };
  return {
    ...{ world, planner, worker, sweep, now },
    setPolicy: (changed) => {
      policy = { ...policy, ...changed };
    },
    setSchedule: (changed) => {
      schedule = changed;
    },
    pass: (ms) => {
      clock += ms;
    },
    escalate: async () => {
      const sent: string[] = [];
      const onError = (error: unknown): never => {
        throw error;
      };
      await escalateDue({ db, escalations, onError, send: async (ids) => void sent.push(...ids) })(clock);
      return first(sent);
    },
    settle: async (over = {}) => {
      const send = worker(over);
      for (let due = await sweep(); due.length > 0; due = await sweep()) await Promise.all(due.map(send));
    },
    open: async (cause = { kind: 'status', status: 502 }, known = undefined) => {
      const monitorId = known ?? (await world.addMonitor());
      const incidentId = newId();
      const incident = { cause, regions: ['local'], startedAt: clock - 2_000, resolvedAt: null, endKnownAt: null };
      opened.set(incidentId, incident);
      await insertIncident(db.sql, { organisationId, monitorId }, incidentId, incident, clock);
      return { incidentId, monitorId, due: await plan(incidentId, 'incident.opened') };
    },
    resolve: async (_monitorId, incidentId) => {
      const incident = opened.get(incidentId);
      if (incident === undefined) throw new Error(`the incident ${incidentId} was not opened here`);
      await updateIncident(db.sql, incidentId, { ...incident, resolvedAt: clock, endKnownAt: clock });
      return plan(incidentId, 'incident.resolved');
    },
    deliveries: (incidentId) => rowsOf(world, incidentId),
    events: (deliveryId) => eventsOf(world, deliveryId),
    [Symbol.asyncDispose]: async () => {
      await mailer.close();
      await world[Symbol.asyncDispose]();
    },
  };
};
