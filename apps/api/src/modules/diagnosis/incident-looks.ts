import { type SeenLook, seenLook } from '@farwatch/diagnosis';
import type { CheckResult } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { type IncidentRow, incidentColumns } from '../incidents/view.ts';
import type { ResultStore } from '../results/store.ts';
import { keptLooks, keptOfLook, keyText } from './look-store.ts';
import { byTelling } from './pick-look.ts';

/** An incident, and how its monitor asks. */
export type AskedIncident = IncidentRow & Readonly<{ method: string }>;

/** Of any organisation; null when it is gone. */
export const findAsked = async (sql: Sql, id: string): Promise<AskedIncident | null> => {
  const { rows } = await sql.query<AskedIncident>(
    `SELECT ${incidentColumns}, m.method::text AS method FROM incident i JOIN monitor m ON m.id = i.monitor_id WHERE i.id = $1`,
    [id],
  );
  return rows[0] ?? null;
};

/** What a diagnosis is made of lies at the incident's beginning. */
const beginningMs = 10 * 60_000;
const mostLooks = 500;

/** The looks of an incident's beginning, oldest first: before it, a look says nothing of it; after its end neither. */
export const looksOf = async (
  { results }: Readonly<{ results: Pick<ResultStore, 'list'> }>,
  sql: Sql,
  { monitorId, startedAt, resolvedAt }: IncidentRow,
): Promise<readonly CheckResult[]> => {
  const from = startedAt.getTime();
  const to = Math.min(resolvedAt?.getTime() ?? Number.POSITIVE_INFINITY, from + beginningMs);
  const verdicts = ['up', 'degraded', 'down'] as const;
  const filter = { monitorId, from, to: Math.max(to, from + 1), verdicts, statuses: null, regions: null };
  const oldestFirst = { direction: 'previous' as const, keys: [String(from - 1), '', 'any'] };
  const found = await results.list(sql, filter, { position: oldestFirst, rows: mostLooks });
  return found.map(({ result }) => result).toSorted((a, b) => a.scheduledAt - b.scheduledAt);
};

/** The failing ones, the most telling first. */
export const failingOf = async (
  sql: Sql,
  { cause }: Pick<IncidentRow, 'cause'>,
  looks: readonly CheckResult[],
): Promise<readonly CheckResult[]> => {
  const failing = looks.filter(({ outcome }) => outcome.verdict === 'down');
  const [first] = failing;
  const last = failing.at(-1);
  if (first === undefined || last === undefined) return [];
  const range = { monitorId: first.monitorId, from: first.scheduledAt, until: last.scheduledAt };
  const kept = await keptLooks(sql, range);
  const none = { answered: false, twin: false };
  return byTelling(
    failing.map((result) => ({ result, ...(kept.get(keyText(result)) ?? none) })),
    cause,
  );
};

/** A look with what was kept of it, as the diagnosis reads it. */
export const readLook = async (sql: Sql, { url, method }: AskedIncident, look: CheckResult): Promise<SeenLook> => {
  const { evidence, details } = await keptOfLook(sql, look);
  const told = {
    ...look,
    ...(evidence === null ? {} : { evidence }),
    ...(details === null ? {} : { details }),
  };
  const ref = { region: look.region, family: look.family, at: look.scheduledAt };
  return seenLook(told, { ref, method, url: details?.hops[0]?.url ?? evidence?.url ?? url });
};

/** Of an incident of which no look is left in the log: what opened it is known still. */
export const bareLook = ({ cause, regions, startedAt, url, method }: AskedIncident): SeenLook => ({
  ...{ url, method, failure: cause, degraded: null, totalMs: null, phases: null, hops: [], findings: [], twin: null },
  ref: { region: regions[0] ?? '', family: 'any', at: startedAt.getTime() },
  answer:
    cause.kind === 'status'
      ? { status: cause.status, reason: null, httpVersion: null, headers: [], body: '', bodyBytes: null }
      : null,
});
