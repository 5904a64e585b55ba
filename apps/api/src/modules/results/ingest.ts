import type { CheckReport } from '@farwatch/contracts';
import { type CheckResult, votesIn } from '@farwatch/domain';
import type { Db, Sql } from '../../db.ts';
import { noteEvidence } from '../diagnosis/due.ts';
import type { ApplyDeps } from '../incidents/apply.ts';
import { hasWaited, newestEnd } from '../incidents/backlog.ts';
import { type Clock, type FollowUp, judge } from '../incidents/judge.ts';
import { insertCertificateMarks } from '../marks/certificate-marks.ts';
import { type CertificateChange, findExceptions, lockStates, saveCertificates } from '../monitors/state-store.ts';
import { certificateChanges, certificatesReplaced, endsSeen } from './certificate.ts';
import { insertEvidence, insertResults, votesOf } from './record-store.ts';

/** Results older than this have no partition left to go to, or will soon lose it; newer ones than a minute come from a wrong clock. */
const oldestMs = 26 * 3_600_000;
const newestMs = 60_000;

/** `fresh`: the results that were not there before. */
export type Ingested = FollowUp & Readonly<{ fresh: readonly CheckResult[]; dropped: number }>;

const nothingNew: Ingested = { asks: [], deliveryIds: [], fresh: [], dropped: 0 };

/** A good look of a monitor that is all well: it enters the log and changes nothing else. */
const changesNothing = ({ outcome: { verdict } }: CheckResult, restless: boolean): boolean =>
  verdict === 'missed' || verdict === 'inconclusive' || (verdict === 'up' && !restless);

const groupByMonitor = (results: readonly CheckResult[]): ReadonlyMap<string, readonly CheckResult[]> =>
  Map.groupBy(results, ({ monitorId }) => monitorId);

/** The monitors of which a failure came with what it looked like. */
const explained = (results: readonly CheckResult[]): readonly string[] => {
  const telling = results.filter(
    ({ outcome, evidence, details }) => outcome.verdict === 'down' && (evidence !== undefined || details !== undefined),
  );
  return [...new Set(telling.map(({ monitorId }) => monitorId))].toSorted();
};

/** When the first of each monitor's looks ended, those without a vote included. */
const oldestOf = (results: readonly CheckResult[]): ReadonlyMap<string, number> => {
  const oldest = new Map<string, number>();
  for (const { monitorId, startedAt, totalMs } of results) {
    const endedAt = startedAt + totalMs;
    const known = oldest.get(monitorId);
    if (known === undefined || endedAt < known) oldest.set(monitorId, endedAt);
  }
  return oldest;
};

const judgeTouched = async (
  deps: Omit<ApplyDeps, 'votesOf'>,
  tx: Sql,
  touched: ReadonlyMap<string, readonly CheckResult[]>,
  clock: Clock,
): Promise<FollowUp> => {
  const states = await lockStates(tx, [...touched.keys()]);
  const wanted = states.map((held) => ({ held, looks: votesIn(touched.get(held.watched.monitorId) ?? []) }));
  return judge({ ...deps, votesOf }, tx, wanted, clock);
};

/** Another certificate is a mark in the charts. */
const keepCertificates = async (tx: Sql, changes: readonly CertificateChange[], now: number): Promise<void> => {
  const saved = await saveCertificates(tx, changes);
  const replaced = certificatesReplaced(changes, now).filter(({ monitorId }) => saved.has(monitorId));
  if (replaced.length > 0) await insertCertificateMarks(tx, replaced, now);
};

/**
 * Takes one batch through one transaction: log, evidence, state, spans, incident, events, pending deliveries and the
 * certificate's end, all or nothing; the same batch twice is the same as once. Results of monitors that were deleted or
 * paused, and of moments that can't be, are dropped and counted.
 */
export const ingest =
  (deps: Omit<ApplyDeps, 'votesOf'> & Readonly<{ db: Pick<Db, 'transaction'>; now: () => number }>) =>
  ({ batchId, results: reported, sentAt, clockOffsetMs }: CheckReport): Promise<Ingested> =>
    deps.db.transaction(async (tx) => {
      const now = deps.now();
      const results: readonly CheckResult[] =
        clockOffsetMs === undefined ? reported : reported.map((result) => ({ ...result, clockOffsetMs }));
      const { gone, restless, certificates } = await findExceptions(tx, oldestOf(results), endsSeen(results, now));
      const timely = ({ scheduledAt }: CheckResult): boolean =>
        scheduledAt > now - oldestMs && scheduledAt < now + newestMs;
      const wanted = results.filter((result) => !gone.has(result.monitorId) && timely(result));
      const fresh = await insertResults(tx, batchId, wanted);
      if (fresh === null) return nothingNew;
      await insertEvidence(tx, fresh);
      const touched = fresh.filter((result) => !changesNothing(result, restless.has(result.monitorId)));
      const work = await judgeTouched(deps, tx, groupByMonitor(touched), {
        ...{ now, asOf: Math.min(now, sentAt) },
        unsure: hasWaited(newestEnd(results), now),
      });
      await noteEvidence(tx, explained(fresh), now); // no event is recorded after it
      // Last: it locks rows of `monitor`, whose owner holds them before the locks that the judgement waits for.
      await keepCertificates(tx, certificateChanges(certificates, fresh, now), now);
      return { ...work, fresh, dropped: results.length - wanted.length };
    });
