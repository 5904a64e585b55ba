import type { CheckReport } from '@farwatch/contracts';
import { type Advance, advance, type CheckResult, type Effect } from '@farwatch/domain';
import type { Db, Sql } from '../../db.ts';
import { type ApplyDeps, applyJudgement, type FollowUp } from '../incidents/apply.ts';
import { findExceptions, type Locked, lockStates, saveCertificates } from '../monitors/state-store.ts';
import { certificateChanges, endsSeen } from './certificate.ts';
import { insertEvidence, insertResults, type VotesFrom, votesOf } from './record-store.ts';

/** Results older than this have no partition left to go to, or will soon lose it; newer ones than a minute come from a wrong clock. */
const oldestMs = 26 * 3_600_000;
const newestMs = 60_000;

/** `fresh`: the results that were not there before. */
export type Ingested = FollowUp & Readonly<{ fresh: readonly CheckResult[]; dropped: number }>;

/** A good look of a monitor that is all well: it enters the log and changes nothing else. */
const changesNothing = ({ outcome, trigger }: CheckResult, restless: boolean): boolean => {
  const { verdict } = outcome;
  if (verdict === 'missed' || verdict === 'inconclusive') return true;
  return !restless && trigger === 'schedule' && verdict !== 'down';
};

const groupByMonitor = (results: readonly CheckResult[]): ReadonlyMap<string, readonly CheckResult[]> =>
  Map.groupBy(results, ({ monitorId }) => monitorId);

/** Folds a monitor's results in the order of their slots. */
const fold = ({ watched, state }: Locked, results: readonly CheckResult[], now: number): Advance =>
  results.reduce<Advance>(
    ([before, effects], result) => {
      const [next, more] = advance(before, result, watched.policy, now);
      return [next, [...effects, ...more]];
    },
    [state, [] as readonly Effect[]],
  );

/**
 * From where on a monitor's log is folded: from the batch's own results, and from the last look of each failing region.
 * Good looks that came while the monitor was all well, in another batch or beside this one, are in the log alone; those
 * that were folded before change nothing.
 */
const foldFrom = ({ watched, state }: Locked, results: readonly CheckResult[]): VotesFrom => {
  const failing = Object.values(state.regions).filter(({ verdict }) => verdict === 'down');
  const moments = [...results.map(({ scheduledAt }) => scheduledAt), ...failing.map(({ newest }) => newest)];
  return { monitorId: watched.monitorId, from: Math.min(...moments) };
};

const judge = async (
  deps: ApplyDeps,
  tx: Sql,
  touched: ReadonlyMap<string, readonly CheckResult[]>,
  now: number,
): Promise<FollowUp> => {
  const works: FollowUp[] = [];
  const held = await lockStates(tx, [...touched.keys()]);
  const votes =
    held.length === 0
      ? null
      : await votesOf(
          tx,
          held.map((locked) => foldFrom(locked, touched.get(locked.watched.monitorId) ?? [])),
        );
  for (const locked of held) {
    const results = votes?.get(locked.watched.monitorId) ?? [];
    const at = results.at(-1)?.scheduledAt ?? now;
    const judged = fold(locked, results, now);
    works.push(await applyJudgement(deps, tx, { watched: locked.watched, before: locked.state }, judged, { at, now }));
  }
  return { asks: works.flatMap(({ asks }) => asks), deliveryIds: works.flatMap((work) => work.deliveryIds) };
};

/**
 * Takes one batch through one transaction: log, evidence, state, spans, incident, events, pending deliveries and the
 * certificate's end, all or nothing; the same batch twice is the same as once. Results of monitors that were deleted or
 * paused, and of moments that can't be, are dropped and counted.
 */
export const ingest =
  (deps: ApplyDeps & Readonly<{ db: Pick<Db, 'transaction'>; now: () => number }>) =>
  ({ results }: CheckReport): Promise<Ingested> =>
    deps.db.transaction(async (tx) => {
      const now = deps.now();
      const ids = [...new Set(results.map(({ monitorId }) => monitorId))];
      const { gone, restless, certificates } = await findExceptions(tx, ids, endsSeen(results, now));
      const timely = ({ scheduledAt }: CheckResult): boolean =>
        scheduledAt > now - oldestMs && scheduledAt < now + newestMs;
      const wanted = results.filter((result) => !gone.has(result.monitorId) && timely(result));
      const fresh = await insertResults(tx, wanted);
      await insertEvidence(tx, fresh);
      const touched = fresh.filter((result) => !changesNothing(result, restless.has(result.monitorId)));
      const work = await judge(deps, tx, groupByMonitor(touched), now);
      // Last: it locks rows of `monitor`, whose owner holds them before the locks that the judgement waits for.
      await saveCertificates(tx, certificateChanges(certificates, fresh, now));
      return { ...work, fresh, dropped: results.length - wanted.length };
    });
