import type { Before, Case, LogReading } from '@farwatch/diagnosis';
import type { Sql } from '../../db.ts';
import type { IncidentRow } from '../incidents/view.ts';
import type { MarkStore } from '../marks/store.ts';
import type { ResultStore } from '../results/store.ts';
import { type AskedIncident, bareLook, failingOf, looksOf, readLook } from './incident-looks.ts';
import { incidentsBefore, shownBetween } from './look-store.ts';
import { mergeLogs } from './merge-logs.ts';
import { otherLook } from './pick-look.ts';
import { changesBefore, paceBefore } from './seen-before.ts';

export type CaseDeps = Readonly<{ results: Pick<ResultStore, 'list'>; marks: Pick<MarkStore, 'list'> }>;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const mostGood = 1_000;
const mostOthers = 300;
/** What was marked so long before an incident may have to do with it. */
const marksMs = 30 * 60_000;
const mostMarks = 50;
/** What people said; that the certificate changed is known from the evidence. */
const said = ['deploy', 'config', 'note'];

const anyLook = { statuses: null, regions: null };

const beforeOf = async (
  { results, marks }: CaseDeps,
  sql: Sql,
  { organisationId, monitorId, startedAt }: IncidentRow,
): Promise<Before> => {
  const start = startedAt.getTime();
  const good = { monitorId, from: start - hourMs, to: start, verdicts: ['up', 'degraded'] as const, ...anyLook };
  const looks = await results.list(sql, good, { position: null, rows: mostGood });
  const marked = { organisationId, monitorId, kinds: said, from: start - marksMs, to: start + 1 };
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

/** What is known of an incident now, for its diagnosis. */
export const caseOf = async (
  deps: CaseDeps,
  sql: Sql,
  incident: AskedIncident,
  { logs, now }: Readonly<{ logs: readonly LogReading[]; now: number }>,
): Promise<Case> => {
  const looks = await looksOf(deps, sql, incident);
  const [telling] = await failingOf(sql, incident, looks);
  const { url, startedAt, resolvedAt } = incident;
  return {
    host: URL.parse(url)?.hostname ?? '',
    look: telling === undefined ? bareLook(incident) : await readLook(sql, incident, telling),
    others: looks.flatMap((look) => otherLook(look) ?? []).slice(0, mostOthers),
    before: await beforeOf(deps, sql, incident),
    log: mergeLogs(logs),
    downForMs: Math.max(0, (resolvedAt?.getTime() ?? now) - startedAt.getTime()),
  };
};
