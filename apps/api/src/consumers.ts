import { checkReports, deliveries, pageAnswers } from '@farwatch/contracts';
import type { CheckResult } from '@farwatch/domain';
import { openConsumer } from '@farwatch/queue';
import type { Deps } from './deps.ts';
import { every, type Recurring } from './every.ts';
import { type AtOnce, openAtOnce } from './modules/alerts/at-once.ts';
import { warnOfCertificates } from './modules/alerts/certificates.ts';
import { watchRegions } from './modules/alerts/dark-regions.ts';
import { deliver, deliveriesAtOnce } from './modules/alerts/deliver.ts';
import { escalateDue } from './modules/alerts/escalate.ts';
import { operatorTeller } from './modules/alerts/operator.ts';
import { settleUnconfirmed } from './modules/alerts/receipts.ts';
import { watchSilence } from './modules/alerts/silent-monitors.ts';
import type { Due } from './modules/alerts/store.ts';
import { sweepDeliveries } from './modules/alerts/sweep.ts';
import { planReports } from './modules/alerts/weekly-report.ts';
import { sweepDiagnoses } from './modules/diagnosis/sweep.ts';
import { tellDiagnosis } from './modules/diagnosis/tell.ts';
import { interestKey, readInterest } from './modules/events/interest.ts';
import { tidy } from './modules/housekeeping/tidy.ts';
import { newestEnd, openBacklog } from './modules/incidents/backlog.ts';
import { expireConfirmations } from './modules/incidents/expire.ts';
import type { FollowUp } from './modules/incidents/judge.ts';
import { sweepMaintenance } from './modules/maintenance/settle.ts';
import { forgetDeleted } from './modules/monitors/delete.ts';
import { organisationsOf } from './modules/monitors/state-store.ts';
import { noteEveryMs } from './modules/probes/core-watch.ts';
import { sweepDarkRegions } from './modules/probes/dark-sweep.ts';
import { signsOfReports } from './modules/probes/signs-of-reports.ts';
import { logJobs } from './modules/results/background.ts';
import { ingest } from './modules/results/ingest.ts';
import { patiently } from './modules/results/patient.ts';
import { votesOf } from './modules/results/record-store.ts';
import { checkResultView } from './modules/results/view.ts';

/** What was just planned is tried without the way through the queue, so many at a time. */
const atOnceMost = 16;
const expireEveryMs = 500;
const sweepEveryMs = 2_000;
const tidyEveryMs = 3_600_000;
const interestEveryMs = 1_000;
const escalateEveryMs = 1_000;
const regionsEveryMs = 15_000;
const silenceEveryMs = 30_000;
const maintenanceEveryMs = 1_000;
const slowEveryMs = 600_000;
const diagnoseEveryMs = 1_000;

type Tell = (error: unknown) => void;
const telling =
  ({ log }: Pick<Deps, 'log'>) =>
  (what: string): Tell =>
  (error) =>
    log.warn({ err: error }, `${what} could not be queued; the sweep will find them`);

/** Sends deliveries that are due to the queue. One that it does not take is found by the sweep. */
const wakeWith = ({ log, deliveryQueue }: Pick<Deps, 'log' | 'deliveryQueue'>) => {
  const tell = telling({ log })('deliveries');
  return async (due: readonly Due[]): Promise<void> => {
    await Promise.all(due.map((one) => deliveryQueue.send(one))).catch(tell);
  };
};
const firstOf = (ids: readonly string[]): readonly Due[] => ids.map((deliveryId) => ({ deliveryId, attempt: 1 }));

/**
 * What goes out after a commit, people and confirmations first: a burst begins with its next look. Nothing is lost when it
 * fails: a delivery that is due is found by the sweep, a confirmation by its deadline, so a failure here is told and the
 * batch still counts as taken.
 */
const followUpWith = ({ log, asker }: Pick<Deps, 'log' | 'asker'>, tryNow: AtOnce['send']) => {
  const tell = telling({ log })('looks');
  const ask = async (asks: FollowUp['asks']): Promise<void> => {
    if (asks.length > 0) await asker.ask(asks).catch(tell);
  };
  return async ({ asks, deliveryIds }: FollowUp): Promise<void> => {
    await Promise.all([tryNow(firstOf(deliveryIds)), ask(asks.filter(({ burst }) => burst === undefined))]);
    await ask(asks.filter(({ burst }) => burst !== undefined));
  };
};

/** What alerting looks for by itself, again and again. */
const alertingJobs = (
  deps: Deps,
  send: (ids: readonly string[]) => Promise<void>,
  onError: (what: string) => (error: unknown) => void,
): readonly Recurring[] => {
  const tellOperator = operatorTeller(deps);
  const regions = watchRegions({ ...deps, tellOperator, send });
  const silence = watchSilence({ ...deps, send });
  const certificates = warnOfCertificates({ ...deps, send, onError: onError('a certificate could not be told') });
  const reports = planReports({ ...deps, send, onError: onError('a weekly report could not be planned') });
  const ladders = escalateDue({ ...deps, send, onError: onError('a ladder could not be climbed') });
  const maintenance = sweepMaintenance({ ...deps, onError: onError('a maintenance window could not be settled') });
  const unconfirmed = settleUnconfirmed(deps);
  return [
    every(sweepEveryMs, sweepDeliveries(deps), onError('the delivery sweep failed')),
    every(escalateEveryMs, () => ladders(Date.now()), onError('the escalation sweep failed')),
    every(maintenanceEveryMs, () => maintenance(Date.now()), onError('the maintenance sweep failed')),
    every(regionsEveryMs, () => regions(Date.now()), onError('silent regions could not be told')),
    every(silenceEveryMs, () => silence(Date.now()), onError('silent monitors could not be told')),
    every(slowEveryMs, () => certificates(Date.now()), onError('the certificate sweep failed')),
    every(slowEveryMs, () => reports(Date.now()), onError('the weekly reports failed')),
    every(slowEveryMs, () => unconfirmed(Date.now()), onError('unconfirmed messages could not be settled')),
  ];
};

/** Tells looks live to the organisations that somebody watches; a page that missed one reads the log. */
const liveTeller = ({ db, events }: Pick<Deps, 'db' | 'events'>) => {
  let watched: ReadonlySet<number> = new Set();
  return {
    look: async (): Promise<void> => {
      watched = await readInterest(db.sql);
    },
    tell: async (fresh: readonly CheckResult[]): Promise<void> => {
      if (watched.size === 0 || fresh.length === 0) return;
      const organisations = await organisationsOf(db.sql, [...new Set(fresh.map(({ monitorId }) => monitorId))]);
      const checks = fresh.flatMap((result) => {
        const organisationId = organisations.get(result.monitorId);
        const seen = organisationId !== undefined && watched.has(interestKey(organisationId));
        return seen ? [{ organisationId, check: checkResultView(result) }] : [];
      });
      await events.announceChecks(db.sql, checks);
    },
  };
};

/** Starts every consumer and sweep of a worker; `close` drains all at once: what one would hand to another waits in the queue. */
export const startConsumers = (deps: Deps): Readonly<{ close: () => Promise<void> }> => {
  const { log, db, queue } = deps;
  const onError = (what: string) => (error: unknown) => log.error({ err: error }, what);
  const wake = wakeWith(deps);
  const send = (ids: readonly string[]): Promise<void> => wake(firstOf(ids));
  const diagnose = sweepDiagnoses(deps);
  const deliverOne = deliver({ ...deps, diagnosisOf: tellDiagnosis(deps), send, wake: (due) => wake([due]) });
  const failed = onError('a delivery failed');
  const atOnce = openAtOnce({ deliver: deliverOne, most: atOnceMost, queue: wake, onError: failed });
  const followUp = followUpWith(deps, atOnce.send);
  const live = liveTeller(deps);
  const closing = new AbortController();
  const take = patiently(ingest({ ...deps, now: Date.now }), closing.signal);
  const expire = expireConfirmations({ ...deps, votesOf, followUp });
  const backlog = openBacklog(Date.now());
  const signs = signsOfReports(deps);
  const darkness = sweepDarkRegions({ ...deps, take });
  const reports = openConsumer(
    checkReports,
    queue,
    async (report) => {
      // Before its looks are judged: or the sweep, which still takes the region for dark, could undo what they said.
      await signs(report, Date.now()).catch(onError('a region’s sign of life could not be noted'));
      const { fresh, dropped, ...work } = await take(report);
      backlog.took(newestEnd(report.results), Date.now());
      await followUp(work);
      await live.tell(fresh).catch(onError('looks could not be told live'));
      if (dropped > 0) log.info({ probeId: report.probeId, dropped }, 'results nobody waits for were dropped');
    },
    { concurrency: 4, onError: onError('a batch of results failed') },
  );
  const sending = openConsumer(deliveries, queue, deliverOne, { concurrency: deliveriesAtOnce, onError: failed });
  const pages = openConsumer(
    pageAnswers,
    queue,
    ({ readId, answer }) => deps.pageReads.answered(db.sql, readId, answer),
    {
      ...{ concurrency: 2, onError: onError('what a probe read could not be kept') },
    },
  );
  const jobs: readonly Recurring[] = [
    every(
      expireEveryMs,
      async () => (backlog.isBehind(Date.now()) ? 0 : expire(Date.now())),
      onError('the deadline sweep failed'),
    ),
    every(noteEveryMs, () => darkness(Date.now()), onError('the sweep of dark regions failed')),
    every(diagnoseEveryMs, () => diagnose(Date.now()), onError('an incident could not be diagnosed')),
    ...alertingJobs(deps, send, onError),
    ...logJobs(deps, onError),
    every(interestEveryMs, live.look, onError('who watches could not be read')),
    every(tidyEveryMs, () => tidy(db.sql), onError('housekeeping failed')),
    every(tidyEveryMs, () => forgetDeleted(deps), onError('deleted monitors could not be forgotten')),
  ];
  return {
    close: async () => {
      closing.abort();
      await Promise.all([reports.close(), sending.close(), pages.close(), ...jobs.map((job) => job.stop())]);
      await atOnce.close();
    },
  };
};
