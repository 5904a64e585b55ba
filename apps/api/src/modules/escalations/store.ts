import {
  choosePolicy,
  defaultPolicy,
  type EscalationPolicy,
  type PolicyCandidate,
  type Schedule,
} from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { type PolicyRow, policyColumns } from './policy-store.ts';
import { type ScheduleRow, scheduleColumns } from './schedule-store.ts';
import { scheduleOf } from './schedule-view.ts';

/** A policy as the rules know it; `id` null = nobody has made one. */
export type ChosenPolicy = EscalationPolicy & Readonly<{ id: string | null }>;

type Monitored = Readonly<{ policyId: string | null; monitorTags: readonly string[] }>;

/** A stored policy as the choice of one looks at it. */
export const candidateOf = (row: PolicyRow): PolicyCandidate => ({ ...row, createdAt: row.createdAt.getTime() });

/** What the worker asks when something has happened: who hears, and who is on call. */
export const escalationStore = () => ({
  /** The monitor's own policy; else the oldest that has one of its tags; else the default one; else ours. */
  policyFor: async (
    tx: Sql,
    { organisationId, monitorId }: Readonly<{ organisationId: string; monitorId: string }>,
  ): Promise<ChosenPolicy> => {
    const { rows } = await tx.query<PolicyRow & Monitored>(
      `SELECT ${policyColumns}, m.policy_id AS "policyId", m.tags AS "monitorTags"
       FROM escalation_policy p JOIN monitor m ON m.id = $2
       WHERE p.organisation_id = $1 AND (p.id = m.policy_id OR p.tags && m.tags OR p.is_default)`,
      [organisationId, monitorId],
    );
    const [first] = rows;
    if (first === undefined) return { ...defaultPolicy, id: null };
    const monitor = { policyId: first.policyId, tags: first.monitorTags };
    const chosen = choosePolicy(rows.map(candidateOf), monitor);
    if (chosen === null) return { ...defaultPolicy, id: null };
    const { id, steps, repeatTimes, repeatAfterMs, remindEveryMs } = chosen;
    return { id, steps, repeatTimes, repeatAfterMs, remindEveryMs };
  },

  /** Null when it is gone. */
  scheduleOf: async (tx: Sql, organisationId: string, scheduleId: string): Promise<Schedule | null> => {
    const { rows } = await tx.query<ScheduleRow>(
      `SELECT ${scheduleColumns} FROM on_call_schedule WHERE organisation_id = $1 AND id = $2`,
      [organisationId, scheduleId],
    );
    return rows[0] === undefined ? null : scheduleOf(rows[0]);
  },
});
export type EscalationStore = ReturnType<typeof escalationStore>;
