import { defaultPolicy, type EscalationPolicy } from '@farwatch/domain';
import { v7 as newId } from 'uuid';
import type { Actor } from '../alerts/planner.ts';
import { startSilence } from '../alerts/silence.fixture.ts';
import { eventStore } from '../events/store.ts';
import { acknowledgeIncident, snoozeIncident, unacknowledgeIncident } from '../incidents/act.ts';
import { commentStore } from '../incidents/comment-store.ts';
import { incidentStore } from '../incidents/store.ts';
import { windowStore } from '../maintenance/store.ts';
import { knownOf, replayIn } from './rules.ts';
import { readWorld } from './world-store.ts';

export const minute = 60_000;
const day = 86_400_000;

export type Counts = Readonly<{
  messages: number;
  /** Messages that say that something is down, by channel. */
  alerts: Readonly<Record<string, number>>;
}>;

/** For tests: a worker whose clock jumps from one due moment to the next, and the replay of what it did. */
export const startAgreement = async (smtpUrl: string, given: Partial<EscalationPolicy> = {}) => {
  const silent = await startSilence(smtpUrl);
  const { world, now, pass, planner: alerts } = silent;
  const { db, organisationId } = world;
  const began = now();
  const policy: EscalationPolicy = { ...defaultPolicy, ...given };
  silent.setPolicy(policy);
  const deeds = {
    ...{ db, alerts, incidents: incidentStore(), comments: commentStore(), events: eventStore() },
    deliveryQueue: { send: async () => undefined },
    log: { warn: () => undefined },
  };
  const by: Actor = { accountId: null, name: 'Bob', via: 'page' };
  const deed = (incidentId: string) => ({ organisationId, incidentId, by, now: now() });
  const nextDue = async (): Promise<number | null> => {
    const { rows } = await db.sql.query<{ at: Date | null }>(
      `SELECT least(
         (SELECT min(next_attempt_at) FROM delivery WHERE status = 'pending' AND next_attempt_at > to_timestamp($1::float8 / 1000)),
         (SELECT min(greatest(least(due_at, remind_at), held_until)) FROM escalation
          WHERE greatest(least(due_at, remind_at), held_until) > to_timestamp($1::float8 / 1000))) AS at`,
      [now()],
    );
    return rows[0]?.at?.getTime() ?? null;
  };
  /** Lets so many minutes pass; the worker is there at every moment at which something is due. */
  const play = async (minutes: number): Promise<void> => {
    const end = now() + minutes * minute;
    for (let next = await nextDue(); next !== null && next < end; next = await nextDue()) {
      pass(next - now());
      await silent.work();
    }
    pass(end - now());
    await silent.work();
  };
  const fail = async (monitorId: string, lastsMs: number): Promise<void> => {
    await silent.setRegion(monitorId, 'down');
    await db.sql.query(
      `INSERT INTO span (monitor_id, region, started_at, code, failure, last_seen_at, ended_at)
       VALUES ($1, 'local', to_timestamp($2::float8 / 1000), '502', '{"kind":"status","status":502}',
         to_timestamp($2::float8 / 1000), to_timestamp($3::float8 / 1000))`,
      [monitorId, now(), now() + lastsMs],
    );
  };
  const sent = async (): Promise<Counts> => {
    const { rows } = await db.sql.query<{ channel: string; isAlert: boolean }>(
      `SELECT channel_id AS channel, bool_or(event IN ('incident.opened', 'incident.escalated', 'incident.reminder')) AS "isAlert"
       FROM delivery WHERE status = 'delivered' GROUP BY channel_id, coalesce(bundle_id, id)`,
    );
    const by = Map.groupBy(
      rows.filter(({ isAlert }) => isAlert),
      ({ channel }) => channel,
    );
    return { messages: rows.length, alerts: Object.fromEntries([...by].map(([id, all]) => [id, all.length])) };
  };
  const replayed = async (): Promise<Counts> => {
    await db.sql.query('UPDATE incident SET told_at = opened_at, end_told_at = resolved_at'); // the judgement does that
    const since = began - day;
    const read = await readWorld({ windows: windowStore() }, db.sql, { organisationId, since, most: 1_000 });
    const candidate = { ...policy, id: newId(), isDefault: true, tags: [], createdAt: 0 };
    const known = knownOf({ since, now: now(), stillTime: () => undefined });
    const { alerts: told, messages } = await replayIn({ ...read, policies: [candidate] }, known);
    return { messages, alerts: Object.fromEntries(told) };
  };
  return {
    ...{ ...silent, play, fail, sent, replayed },
    acknowledge: (incidentId: string) => acknowledgeIncident(deeds, deed(incidentId)),
    giveBack: (incidentId: string) => unacknowledgeIncident(deeds, deed(incidentId)),
    snooze: (incidentId: string, minutes: number | null) =>
      snoozeIncident(deeds, deed(incidentId), minutes === null ? null : now() + minutes * minute),
    addMail: (name: string, columns: Readonly<Record<string, unknown>> = {}) =>
      world.addTarget({ kind: 'email', address: `${name}@x.test` }, columns),
  };
};
export type Agreement = Awaited<ReturnType<typeof startAgreement>>;
