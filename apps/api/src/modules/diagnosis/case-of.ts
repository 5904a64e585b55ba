import { type Before, type Case, type LogReading, seenLook } from '@farwatch/diagnosis';
import type { CheckResult } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import type { IncidentRow } from '../incidents/view.ts';
import type { MarkStore } from '../marks/store.ts';
import type { ResultStore } from '../results/store.ts';
import { incidentsBefore, keptLooks, keptOfLook, keyText, shownBetween } from './look-store.ts';
import { mergeLogs } from './merge-logs.ts';
import { otherLook, pickLook } from './pick-look.ts';
import { changesBefore, paceBefore } from './seen-before.ts';

export type CaseDeps = Readonly<{ results: Pick<ResultStore, 'list'>; marks: Pick<MarkStore, 'list'> }>;

/** An incident, and how its monitor asks. */
export type AskedIncident = IncidentRow & Readonly<{ method: string }>;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** What a diagnosis is made of lies at the incident's beginning. */
const beginningMs = 10 * 60_000;
const mostLooks = 500;
const mostGood = 1_000;
const mostOthers = 300;
/** What was marked so long before an incident may have to do with it. */
const marksMs = 30 * 60_000;
const mostMarks = 50;

const anyLook = { statuses: null, regions: null };

/** The looks of an incident's beginning, oldest first: before it, a look says nothing of it; after its end neither. */
const looksOf = async ({ results }: CaseDeps, sql: Sql, { monitorId, startedAt, resolvedAt }: IncidentRow) => {
  const from = startedAt.getTime();
  const to = Math.min(resolvedAt?.getTime() ?? Number.POSITIVE_INFINITY, from + beginningMs);
  const range = { monitorId, from, to: Math.max(to, from + 1), verdicts: ['up', 'degraded', 'down'] as const };
  const oldestFirst = { direction: 'previous' as const, keys: [String(from - 1), '', 'any'] };
  const found = await results.list(sql, { ...range, ...anyLook }, { position: oldestFirst, rows: mostLooks });
  return found.map(({ result }) => result).toSorted((a, b) => a.scheduledAt - b.scheduledAt);
};

/** The look that explains it, with what was kept of it; null when the log knows of none any more. */
const chosenLook = async (sql: Sql, { cause }: IncidentRow, looks: readonly CheckResult[]) => {
  const failing = looks.filter(({ outcome }) => outcome.verdict === 'down');
  const [first] = failing;
  const last = failing.at(-1);
  if (first === undefined || last === undefined) return null;
  const range = { monitorId: first.monitorId, from: first.scheduledAt, until: last.scheduledAt };
  const kept = await keptLooks(sql, range);
  const none = { answered: false, twin: false };
  const result = pickLook(
    failing.map((one) => ({ result: one, ...(kept.get(keyText(one)) ?? none) })),
    cause,
  );
  if (result === null) return null;
  const { evidence, details } = await keptOfLook(sql, result);
  return { ...result, ...(evidence === null ? {} : { evidence }), ...(details === null ? {} : { details }) };
};

const beforeOf = async (
  { results, marks }: CaseDeps,
  sql: Sql,
  { organisationId, monitorId, startedAt }: IncidentRow,
): Promise<Before> => {
  const start = startedAt.getTime();
  const good = { monitorId, from: start - hourMs, to: start, verdicts: ['up', 'degraded'] as const, ...anyLook };
  const looks = await results.list(sql, good, { position: null, rows: mostGood });
  const marked = { organisationId, monitorId, kinds: null, from: start - marksMs, to: start + 1 };
  const found = await marks.list(sql, marked, { position: null, rows: mostMarks });
  return {
    incidents: await incidentsBefore(sql, { monitorId, from: start - dayMs, until: start }),
    marks: found.map(({ at, kind, text }) => ({ at: at.getTime(), kind, text })).toReversed(),
    ...paceBefore(
      looks.map(({ result }) => result),
      start,
    ),
    // A day: one look in full is kept every six hours, so there is something to compare with.
    ...changesBefore(await shownBetween(sql, { monitorId, from: start - dayMs, until: start }), start),
  };
};

/** An incident of which no look is left in the log: what opened it is known still. */
const bareLook = ({ cause, regions, startedAt, url }: IncidentRow, method: string) => ({
  ...{ url, method, failure: cause, degraded: null, totalMs: null, phases: null, hops: [], findings: [], twin: null },
  ref: { region: regions[0] ?? '', family: 'any' as const, at: startedAt.getTime() },
  answer:
    cause.kind === 'status'
      ? { status: cause.status, reason: null, httpVersion: null, headers: [], body: '', bodyBytes: null }
      : null,
});

/** What is known of an incident now, for its diagnosis. */
export const caseOf = async (
  deps: CaseDeps,
  sql: Sql,
  incident: AskedIncident,
  { logs, now }: Readonly<{ logs: readonly LogReading[]; now: number }>,
): Promise<Case> => {
  const looks = await looksOf(deps, sql, incident);
  const chosen = await chosenLook(sql, incident, looks);
  const { url, method, startedAt, resolvedAt } = incident;
  const ref = chosen === null ? null : { region: chosen.region, family: chosen.family, at: chosen.scheduledAt };
  return {
    host: URL.parse(url)?.hostname ?? '',
    look:
      chosen === null
        ? bareLook(incident, method)
        : seenLook(chosen, { ref, method, url: chosen.details?.hops[0]?.url ?? chosen.evidence?.url ?? url }),
    others: looks.flatMap((look) => otherLook(look) ?? []).slice(0, mostOthers),
    before: await beforeOf(deps, sql, incident),
    log: mergeLogs(logs),
    downForMs: Math.max(0, (resolvedAt?.getTime() ?? now) - startedAt.getTime()),
  };
};
