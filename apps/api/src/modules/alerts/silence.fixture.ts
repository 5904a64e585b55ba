import { v7 as newId } from 'uuid';
import { eventStore } from '../events/store.ts';
import { decisionStore } from '../incidents/decision-store.ts';
import { decisionView } from '../incidents/decision-view.ts';
import { settleWindow, sweepMaintenance } from '../maintenance/settle.ts';
import { windowStore } from '../maintenance/store.ts';
import { stretchStore } from '../maintenance/stretch-store.ts';
import { type Alerting, startAlerting } from './alerting.fixture.ts';

export const second = 1_000;
export const minute = 60 * second;

/** For tests: alerting, with windows, parents and the story of why it was silent. */
export const startSilence = async (smtpUrl: string) => {
  const alerting: Alerting = await startAlerting({ smtpUrl });
  const { world, planner, now, pass } = alerting;
  const { db, organisationId } = world;
  const windows = windowStore();
  const deps = { db, windows, stretches: stretchStore(), events: eventStore(), alerts: planner };
  const onError = (error: unknown): never => {
    throw error;
  };
  const sweep = () => sweepMaintenance({ ...deps, onError })(now());
  /** All that a worker does by itself, once. */
  const work = async (): Promise<void> => {
    await sweep();
    await alerting.escalate();
    await alerting.settle();
  };
  return {
    ...alerting,
    work,
    /** Lets time pass, the worker working every few seconds of it. */
    wait: async (ms: number, everyMs = 5 * second): Promise<void> => {
      for (let left = ms; left > 0; left -= everyMs) {
        pass(Math.min(left, everyMs));
        await work();
      }
    },
    addWindow: async (fromMs: number, durationMs: number, monitorIds: readonly string[] | null = null) => {
      const id = newId();
      await db.transaction(async (tx) => {
        await windows.insert(
          tx,
          { organisationId, id },
          {
            ...{ name: 'Updates', note: null, timeZone: 'UTC', durationMs, rule: null, countsAs: 'excluded' },
            startsAt: new Date(now() + fromMs).toISOString(),
            appliesTo: monitorIds === null ? { kind: 'all' } : { kind: 'monitors', monitorIds },
          },
          100,
        );
        const row = await windows.find(tx, { organisationId, id });
        if (row !== null) await settleWindow(deps, tx, row, now());
      });
      return id;
    },
    endWindow: (id: string) =>
      db.transaction(async (tx) => {
        await windows.cut(tx, id, now());
        const row = await windows.find(tx, { organisationId, id });
        if (row !== null) await settleWindow(deps, tx, row, now());
      }),
    /** A monitor of its own host, below these. */
    addMonitor: async (name: string, parents: readonly string[] = [], url = `https://${name}.example/`) => {
      const id = await world.addMonitor();
      await db.sql.query('UPDATE monitor SET name = $2, url = $3 WHERE id = $1', [id, name, url]);
      for (const parent of parents)
        await db.sql.query('INSERT INTO monitor_parent (monitor_id, parent_id) VALUES ($1, $2)', [id, parent]);
      return id;
    },
    /** What the judgement knows of a monitor's only region. */
    setRegion: (monitorId: string, verdict: 'up' | 'down') =>
      db.sql.query(`UPDATE monitor_state SET state = jsonb_set(state, '{regions}', $2::jsonb) WHERE monitor_id = $1`, [
        monitorId,
        JSON.stringify({
          local: { verdict, streak: 1, since: now(), newest: now(), before: null, cause: null, span: null },
        }),
      ]),
    /** The codes of an incident's decisions, in order. */
    decisions: async (incidentId: string): Promise<readonly string[]> => {
      const rows = await decisionStore().list(db.sql, { incidentId, position: null, limit: 100 });
      return rows.map((row) => decisionView(row).code);
    },
    events: async (monitorId: string): Promise<readonly string[]> => {
      const { rows } = await db.sql.query<{ told: string }>(
        `SELECT type || coalesce(' ' || (data->>'status'), '') AS told FROM event
         WHERE monitor_id = $1 AND type IN ('maintenance.started', 'maintenance.ended', 'monitor.status-changed') ORDER BY id`,
        [monitorId],
      );
      return rows.map(({ told }) => told);
    },
  };
};
export type Silent = Awaited<ReturnType<typeof startSilence>>;
