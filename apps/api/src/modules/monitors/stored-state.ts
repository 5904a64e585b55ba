import { initialState, type MonitorState, type Policy, type PolicySettings, policyOf } from '@farwatch/domain';

/** As it is stored; what an older row lacks is as in the beginning. */
export type StoredState = Partial<MonitorState>;
export const stateOf = (stored: StoredState): MonitorState => ({ ...initialState, ...stored });

/** A monitor's policy as `policyColumns` reads it. */
export type PolicyRow = Readonly<{
  regions: readonly string[];
  intervalMs: number;
  timeoutMs: number;
  agree: string;
  failuresToOpen: number | null;
  successesToResolve: number | null;
  degradedAfter: number;
  graceMs: number;
}>;

/** The columns of a `PolicyRow`, from a `monitor` called `m`. */
export const policyColumns = `m.regions, m.interval_ms AS "intervalMs", m.timeout_ms AS "timeoutMs", m.agree,
  m.failures_to_open AS "failuresToOpen", m.successes_to_resolve AS "successesToResolve",
  m.degraded_after AS "degradedAfter", m.grace_ms AS "graceMs"`;

/** `any`, `majority`, `all`, or a number as text: a column's check keeps it so. */
const agreeOf = (text: string): PolicySettings['agree'] =>
  text === 'any' || text === 'majority' || text === 'all' ? text : Number(text);

export const settingsOf = (row: PolicyRow): PolicySettings => ({
  agree: agreeOf(row.agree),
  failuresToOpen: row.failuresToOpen,
  successesToResolve: row.successesToResolve,
  degradedAfter: row.degradedAfter,
  graceMs: row.graceMs,
});
export const policyOfRow = (row: PolicyRow): Policy =>
  policyOf(settingsOf(row), { regions: row.regions, intervalMs: row.intervalMs, timeoutMs: row.timeoutMs });
