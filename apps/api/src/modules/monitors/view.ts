import type { Connection, MonitorView } from '@farwatch/contracts';
import type { Assertion, CheckResult, PolicySettings } from '@farwatch/domain';
import { checkResultView } from '../results/view.ts';
import type { ShownAuth } from './auth.ts';
import { connectionColumn } from './connection.ts';
import { runningStretch } from './in-maintenance.ts';

/** A `monitor` row with its state and open incident, as `monitorColumns` reads it. */
export type MonitorRow = Readonly<{
  id: string;
  organisationId: string;
  name: string;
  url: string;
  method: MonitorView['method'];
  intervalMs: number;
  timeoutMs: number;
  maxRedirects: number;
  expectedStatuses: string;
  regions: readonly string[];
  tags: readonly string[];
  policyId: string | null;
  alertAfterMs: number;
  policy: PolicySettings;
  parents: readonly string[];
  headers: Readonly<Record<string, string>>;
  body: string | null;
  verifyTls: boolean;
  auth: ShownAuth | null;
  authSealed: string | null;
  assertions: readonly Assertion[];
  degradedAboveMs: number | null;
  connection: Connection;
  pausedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  status: 'pending' | 'up' | 'degraded' | 'down' | 'unknown' | 'flapping';
  statusSince: Date;
  incidentId: string | null;
  /** Of the maintenance windows it is in now: since when, and until when. */
  maintenanceSince: Date | null;
  maintenanceUntil: Date | null;
}>;

/** The columns of a `MonitorRow`, from a `monitor` called `m` joined with its `monitor_state`, called `s`. */
export const monitorColumns = `
  m.id, m.organisation_id AS "organisationId", m.name, m.url, m.method, m.interval_ms AS "intervalMs",
  m.timeout_ms AS "timeoutMs", m.max_redirects AS "maxRedirects", m.expected_statuses AS "expectedStatuses",
  m.headers, m.body, m.verify_tls AS "verifyTls", m.auth, m.auth_sealed AS "authSealed", m.assertions, m.degraded_above_ms AS "degradedAboveMs", m.regions, m.tags, m.policy_id AS "policyId", m.alert_after_ms AS "alertAfterMs",
  jsonb_build_object('agree', CASE WHEN m.agree ~ '^[0-9]' THEN to_jsonb(m.agree::int) ELSE to_jsonb(m.agree) END,
    'failuresToOpen', m.failures_to_open, 'successesToResolve', m.successes_to_resolve,
    'degradedAfter', m.degraded_after, 'graceMs', m.grace_ms) AS policy,
  ${connectionColumn}, m.paused_at AS "pausedAt", m.created_at AS "createdAt", m.updated_at AS "updatedAt",
  s.status, s.status_since AS "statusSince",
  (SELECT i.id FROM incident i WHERE i.monitor_id = m.id AND i.resolved_at IS NULL) AS "incidentId",
  ARRAY(SELECT p.parent_id FROM monitor_parent p JOIN monitor pm ON pm.id = p.parent_id
    WHERE p.monitor_id = m.id AND pm.organisation_id = m.organisation_id ORDER BY p.parent_id) AS parents,
  (SELECT min(x.started_at) FROM ${runningStretch}) AS "maintenanceSince",
  (SELECT max(x.until) FROM ${runningStretch}) AS "maintenanceUntil"`;

/** SQL: the word that is shown for a monitor called `m` with its state called `s`. */
export const shownStatus = `CASE WHEN m.paused_at IS NOT NULL THEN 'paused'
  WHEN EXISTS (SELECT 1 FROM ${runningStretch}) THEN 'maintenance' ELSE s.status::text END`;

export type LastResult = Readonly<{ result: CheckResult; hasEvidence: boolean }>;

/** What is shown: a pause before planned work, planned work before what the checks say. */
const shownOf = ({ pausedAt, maintenanceSince, status, statusSince }: MonitorRow) => {
  if (pausedAt !== null) return { status: 'paused' as const, statusSince: pausedAt.toISOString() };
  if (maintenanceSince !== null) return { status: 'maintenance' as const, statusSince: maintenanceSince.toISOString() };
  return { status, statusSince: statusSince.toISOString() };
};

export const monitorView = (row: MonitorRow, last: LastResult | null): MonitorView => ({
  id: row.id,
  name: row.name,
  url: row.url,
  method: row.method,
  intervalMs: row.intervalMs,
  timeoutMs: row.timeoutMs,
  maxRedirects: row.maxRedirects,
  expectedStatuses: row.expectedStatuses,
  regions: [...row.regions],
  tags: [...row.tags],
  policyId: row.policyId,
  alertAfterMs: row.alertAfterMs,
  policy: { ...row.policy },
  parents: [...row.parents],
  headers: { ...row.headers },
  body: row.body,
  verifyTls: row.verifyTls,
  auth: row.auth,
  assertions: [...row.assertions],
  degradedAboveMs: row.degradedAboveMs,
  connection: row.connection,
  ...shownOf(row),
  incidentId: row.incidentId,
  lastResult: last === null ? null : checkResultView(last.result, last.hasEvidence),
  pausedAt: row.pausedAt?.toISOString() ?? null,
  maintenanceUntil: row.maintenanceUntil?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
