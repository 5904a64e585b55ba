import { type Diagnosis, diagnose } from '@farwatch/diagnosis';
import type { Sql } from '../../db.ts';
import { canonicalJson } from '../../storable-json.ts';
import { type EventStore, holdEventOrder } from '../events/store.ts';
import { type IncidentRow, incidentView } from '../incidents/view.ts';
import { type CaseDeps, caseOf } from './case-of.ts';
import { type Due, findDue, settleDue, type Why } from './due.ts';
import { findAsked } from './incident-looks.ts';
import type { LogStore } from './log-store.ts';
import type { DiagnosisStore, FullVersion } from './store.ts';

export type RenewDeps = CaseDeps &
  Readonly<{
    diagnoses: Pick<DiagnosisStore, 'find' | 'insert'>;
    logs: Pick<LogStore, 'list'>;
    events: Pick<EventStore, 'record'>;
  }>;

const minuteMs = 60_000;
/** So long after its beginning an incident is looked at again, though nothing was told: others have looked by then, and a long outage has other words. */
const againMs = [130_000, 10 * minuteMs, 60 * minuteMs, 6 * 60 * minuteMs, 24 * 60 * minuteMs, 48 * 60 * minuteMs];
const dayMs = 24 * 60 * minuteMs;

const nextAt = ({ startedAt, resolvedAt }: IncidentRow, now: number): number | null => {
  if (resolvedAt !== null) return null;
  const start = startedAt.getTime();
  const next = againMs.find((ms) => start + ms > now);
  return next === undefined ? now + dayMs : start + next;
};

/** Any number: it keeps this lock apart from others'. */
const lockSpace = 7_203_771;

/** One at a time: whoever waited finds what the other has made. */
const holdDiagnosis = async (tx: Sql, incidentId: string): Promise<void> => {
  await tx.query('SELECT pg_advisory_xact_lock($1::int4, hashtext($2))', [lockSpace, incidentId]);
};

const store = async (deps: RenewDeps, tx: Sql, incident: IncidentRow, made: FullVersion): Promise<void> => {
  const { id, organisationId, monitorId } = incident;
  await holdEventOrder(tx); // before any row that others write after their events
  await deps.diagnoses.insert(tx, id, made);
  await deps.events.record(tx, { organisationId, monitorId, type: 'incident.updated', data: incidentView(incident) });
};

const versionOf = (diagnosis: Diagnosis, before: FullVersion | null, why: Why, now: number): FullVersion => {
  const [first] = diagnosis.causes;
  if (first === undefined) throw new Error('renew: a diagnosis without a cause');
  const version = (before?.version ?? 0) + 1;
  return { version, madeAt: new Date(now), why, diagnosis, cause: first.cause, confidence: first.confidence };
};

type Asked = Readonly<{
  incidentId: string;
  now: number;
  /** Why it is made, where somebody asks for it; else what made it due. */
  why?: Why;
  /** Whether it need be made once this one's turn has come. */
  wanted?: (due: Due | null, newest: FullVersion | null) => boolean;
}>;

/**
 * Diagnoses an incident as it is known now, keeps that as a version if it says something new, and answers the newest;
 * null: the incident is gone. Part of the caller's transaction, which may hold no events' order yet, or hold it.
 */
export const renew = async (deps: RenewDeps, tx: Sql, asked: Asked): Promise<FullVersion | null> => {
  const { incidentId, now, wanted = () => true } = asked;
  await holdDiagnosis(tx, incidentId);
  const due = await findDue(tx, incidentId);
  const newest = await deps.diagnoses.find(tx, incidentId, null);
  if (!wanted(due, newest)) return newest;
  const incident = await findAsked(tx, incidentId);
  if (incident === null) return null;
  const logs = (await deps.logs.list(tx, incidentId)).map(({ reading }) => reading);
  const diagnosis = diagnose(await caseOf(deps, tx, incident, { logs, now }));
  const same = newest !== null && canonicalJson(newest.diagnosis) === canonicalJson(diagnosis);
  const made = same ? newest : versionOf(diagnosis, newest, asked.why ?? due?.why ?? 'opened', now);
  if (!same) await store(deps, tx, incident, made);
  if (due !== null) await settleDue(tx, due, nextAt(incident, now));
  return made;
};
