import type { Failure } from '@farwatch/domain';
import { type Mailer, openMailer } from '@farwatch/notifiers';
import { v7 as newId } from 'uuid';
import { startWorld, type World } from '../../world.fixture.ts';
import { eventStore } from '../events/store.ts';
import { openIncident, resolveIncident } from '../incidents/record-store.ts';
import { incidentStore } from '../incidents/store.ts';
import { type DeliverDeps, deliver } from './deliver.ts';
import { alertStore, type Due } from './store.ts';
import { sweepDeliveries } from './sweep.ts';

export const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

type Row = Readonly<{
  id: string;
  event: string;
  status: string;
  channelId: string | null;
  attempts: readonly Readonly<{ outcome: string; answer: string }>[] | null;
}>;

/** For tests: an organisation with channels, a clock that is moved by hand, and a queue that is a list. */
export type Alerting = AsyncDisposable &
  Readonly<{
    world: World;
    /** What a worker has; `over` replaces parts. */
    worker: (over?: Partial<DeliverDeps>) => (due: Due) => Promise<void>;
    sweep: () => Promise<readonly Due[]>;
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

export const startAlerting = async (smtpUrl = 'smtp://127.0.0.1:1'): Promise<Alerting> => {
  const world = await startWorld();
  const { db, organisationId } = world;
  const alerts = alertStore();
  const mailer: Mailer = openMailer({ smtpUrl, from: 'Farwatch <alerts@watch.test>' });
  let clock = Date.now();
  const now = (): number => clock;
  const deps: DeliverDeps = {
    db,
    alerts,
    incidents: incidentStore(),
    events: eventStore(),
    mailer,
    dialRules: { allowCidrs: ['127.0.0.0/8'] },
    config: { publicUrl: 'https://watch.test' },
    log: {
      error: ({ err }) => {
        throw err;
      },
    },
  };
  const plan = (incidentId: string, event: 'incident.opened' | 'incident.resolved') =>
    db.transaction(async (tx) => first(await alerts.plan(tx, { organisationId, incidentId, event, now: clock })));
  return {
    world,
    now,
    pass: (ms) => {
      clock += ms;
    },
    worker: (over = {}) => deliver({ ...deps, ...over }, { now, random: () => 0 }),
    sweep: async () => {
      const sent: Due[] = [];
      const deliveryQueue = { send: async (due: Due) => void sent.push(due) };
      await sweepDeliveries({ db, alerts, deliveryQueue }, now)();
      return sent;
    },
    open: async (cause = { kind: 'status', status: 502 }, known = undefined) => {
      const monitorId = known ?? (await world.addMonitor());
      const incidentId = newId();
      const incident = { id: incidentId, organisationId, monitorId, cause, regions: ['local'] };
      await openIncident(db.sql, { ...incident, startedAt: clock - 2_000, openedAt: clock });
      return { incidentId, monitorId, due: await plan(incidentId, 'incident.opened') };
    },
    resolve: async (monitorId, incidentId) => {
      await resolveIncident(db.sql, monitorId, clock);
      return plan(incidentId, 'incident.resolved');
    },
    deliveries: async (incidentId) => {
      const { rows } = await db.sql.query<Row>(
        `SELECT d.id, d.event, d.status, d.channel_id AS "channelId",
           (SELECT json_agg(json_build_object('outcome', a.outcome, 'answer', a.answer) ORDER BY a.at, a.id)
            FROM delivery_attempt a WHERE a.delivery_id = d.id) AS attempts
         FROM delivery d WHERE d.incident_id = $1 ORDER BY d.event, d.id`,
        [incidentId],
      );
      return rows;
    },
    events: async (deliveryId) => {
      const { rows } = await db.sql.query<{ told: string }>(
        `SELECT type || ' ' || (data->>'status') AS told FROM event WHERE data->>'deliveryId' = $1 ORDER BY id`,
        [deliveryId],
      );
      return rows.map(({ told }) => told);
    },
    [Symbol.asyncDispose]: async () => {
      await mailer.close();
      await world[Symbol.asyncDispose]();
    },
  };
};
