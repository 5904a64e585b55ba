import { join } from 'node:path';
import { look } from '@farwatch/checker';
import { type Assignment, checkReports, confirmChecks } from '@farwatch/contracts';
import type { CheckResult, CheckTrigger } from '@farwatch/domain';
import { type Consumer, openConsumer, openProducer } from '@farwatch/queue';
import { v7 as uuidv7 } from 'uuid';
import { openAliveMark } from './alive.ts';
import { type AssignmentMap, openAssignments } from './assignments.ts';
import { openBatches } from './batches.ts';
import { missedResult, openCheck } from './check.ts';
import type { ProbeConfig } from './config.ts';
import { confirmHandler } from './confirm.ts';
import { type Counts, openLedger } from './ledger.ts';
import type { Log } from './log.ts';
import { pause } from './pause.ts';
import { openRequestLane } from './request-lane.ts';
import { openRunner } from './runner.ts';
import { openSpool } from './spool.ts';
import { openStreaks } from './streaks.ts';
import { openTick, wallClock } from './tick.ts';
import { openTimetable } from './timetable.ts';

/** Looks out of turn are few and must not wait behind the others: they have room of their own. */
const confirmConcurrency = 50;
/** Those that people asked for run beside the confirmations, which must not wait behind them either. */
const requestConcurrency = 25;
/** Looks still running when the probe is told to stop get this long; the rest is missed, and said so after the start. */
const drainMs = 5_000;

export type Probe = Readonly<{ counts: () => Counts; close: () => Promise<void> }>;

const atMost = async (ms: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, limit]).finally(() => clearTimeout(timer));
};

/** The whole probe at work: pulls, looks, reports. Rejects when the data folder can't be used. */
export const openProbe = async (config: ProbeConfig, log: Log): Promise<Probe> => {
  const { region, dataDir, queue } = config;
  const closing = new AbortController();
  const ledger = openLedger();
  const streaks = openStreaks();
  const mark = await openAliveMark(dataDir, log);
  const spool = await openSpool(join(dataDir, 'spool'), config.spoolBytes, log);
  const quiet = saysOnce(log);
  const producer = openProducer(checkReports, queue, quiet);
  const probeId = `${region}.${uuidv7()}`;
  const batches = openBatches({
    probeId,
    send: (report) => producer.send(report),
    spool,
    log,
    onSettled: ledger.settled,
  });
  const check = openCheck({ region, userAgent: config.userAgent, dialRules: config.dialRules, look });

  const report = (seen: CheckResult): void => {
    const { result, urgent } = streaks.observe(seen);
    batches.add(result, urgent);
  };
  const run = async (assignment: Assignment, scheduledAt: number, trigger: CheckTrigger = 'schedule'): Promise<void> =>
    report(await check(assignment, scheduledAt, trigger));
  const missed: Parameters<typeof openRunner>[0]['missed'] = ({ monitorId }, scheduledAt, reason) =>
    report(missedResult({ monitorId, region, scheduledAt }, reason, Date.now()));

  const runner = openRunner({ concurrency: config.concurrency, now: Date.now, ledger, run, missed });
  const tick = openTick(openTimetable(region), runner, wallClock);
  const onChange = (wanted: AssignmentMap): void => {
    streaks.keepOnly(new Set(wanted.keys()));
    tick.assign(wanted);
  };
  const assignments = await openAssignments({ ...config, log, onChange });
  tick.start(assignments.current(), mark.before ?? Date.now());
  mark.start(() => ledger.settledUntil(tick.takenUntil()));
  await assignments.pull();
  assignments.start();
  const answer = confirmHandler({ region, assignments, now: Date.now, sleep: (ms) => pause(ms, closing.signal), run });
  const outOfTurn = openRequestLane(answer, { places: requestConcurrency, onError: quiet });
  const confirms: Consumer = openConsumer(confirmChecks(region), queue, outOfTurn.handle, {
    concurrency: confirmConcurrency,
    onError: quiet,
  });
  log.info({ monitors: assignments.current().size, probeId }, 'the probe is looking');
  return {
    counts: ledger.counts,
    close: async () => {
      closing.abort();
      await assignments.stop();
      await atMost(drainMs, Promise.all([confirms.close(), outOfTurn.close(), tick.stop()]));
      await batches.close();
      await mark.stop();
      await atMost(drainMs, producer.close());
      log.info({ counts: ledger.counts() }, 'the probe has stopped');
    },
  };
};

/** A queue that is away fails many times a second: each kind of trouble is said once a minute. */
const saysOnce = (log: Log): ((error: Error) => void) => {
  const said = new Map<string, number>();
  return (error) => {
    const now = performance.now();
    if (now - (said.get(error.message) ?? Number.NEGATIVE_INFINITY) < 60_000) return;
    if (said.size > 100) said.clear();
    said.set(error.message, now);
    log.warn({ err: error }, 'the queue has trouble');
  };
};
