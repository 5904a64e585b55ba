import { join } from 'node:path';
import { look, nameResolves } from '@farwatch/checker';
import { type ConfirmCheck, checkReports, confirmChecks } from '@farwatch/contracts';
import type { CheckResult } from '@farwatch/domain';
import { type Consumer, openConsumer, openProducer } from '@farwatch/queue';
import { v7 as uuidv7 } from 'uuid';
import { openAliveMark } from './alive.ts';
import { type AssignmentMap, type Assignments, openAssignments } from './assignments.ts';
import { openBatches } from './batches.ts';
import { type Bursts, openBursts } from './bursts.ts';
import { missedResult, openCheck } from './check.ts';
import type { ProbeConfig } from './config.ts';
import { confirmHandler } from './confirm.ts';
import { describeSelf } from './describe-self.ts';
import { hostOf, openHostLimits } from './host-limits.ts';
import { type Counts, openLedger } from './ledger.ts';
import type { Log } from './log.ts';
import { openPageReads } from './page-reads.ts';
import { pause } from './pause.ts';
import { openReceipts } from './receipts.ts';
import { openRequestLane } from './request-lane.ts';
import { openRun, type Run } from './run.ts';
import { openRunner } from './runner.ts';
import { ofShare, wholeRegion } from './share.ts';
import { openSight } from './sight.ts';
import { openSignsOfLife } from './sign-of-life.ts';
import { openSpool } from './spool.ts';
import { openStreaks } from './streaks.ts';
import { openTick } from './tick.ts';
import { openTime, type Time } from './time.ts';
import { openTimetable, type Slot } from './timetable.ts';

/** Looks out of turn are few and must not wait behind the others: they have room of their own. */
const confirmConcurrency = 50;
/** Those that people asked for run beside the confirmations, which must not wait behind them either. */
const requestConcurrency = 25;
/** Bursts get this share of the places that slots have. */
const burstShare = 0.1;
/**
 * All processes of a region have one budget of requests at the API: many of them ask less often by themselves. What has
 * changed, they hear with the next sign of life.
 */
const pullEveryMs = (processes: number): number => 5_000 * Math.ceil(processes / 8);
/** Looks still running when the probe is told to stop get this long; the rest is missed, and said so after the start. */
const drainMs = 5_000;

/** What one process of a region has to say to the others: it is blind, or it pulled something new. */
export type Word = 'blind' | 'changed';

export type Probe = Readonly<{
  counts: () => Counts;
  /** Another process said so: whether it is so for this one too, it sees for itself. */
  hear: (word: Word) => void;
  close: () => Promise<void>;
}>;

const atMost = async (ms: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, limit]).finally(() => clearTimeout(timer));
};

type OutOfTurn = Readonly<{ config: ProbeConfig; assignments: Assignments; time: Time; run: Run; bursts: Bursts }>;
/** Takes what the worker asks for: one look, or a burst of them. */
const openOutOfTurn = ({ config, assignments, time, run, bursts }: OutOfTurn, onError: (error: Error) => void) => {
  const { region, queue } = config;
  const closing = new AbortController();
  const sleep = (ms: number): Promise<void> => pause(ms, closing.signal);
  const answer = confirmHandler({ region, assignments, now: time.now, sleep, run });
  const lane = openRequestLane(answer, { places: requestConcurrency, onError });
  const handle = (check: ConfirmCheck): Promise<void> =>
    check.burst === undefined || check.region !== region
      ? lane.handle(check)
      : bursts.handle(check.monitorId, check.burst);
  const consumer: Consumer = openConsumer(confirmChecks(region), queue, handle, {
    concurrency: confirmConcurrency,
    onError,
  });
  return {
    abort: () => closing.abort(),
    close: async () => void (await Promise.all([consumer.close(), lane.close()])),
  };
};

/** What looks: the runner of the slots, the bursts, and what both report through. */
const openLooking = async (config: ProbeConfig, log: Log, probeId: string, onError: (error: Error) => void) => {
  const { region, dataDir, queue } = config;
  const time = await openTime({ dataDir, log });
  const ledger = openLedger();
  const streaks = openStreaks();
  const sight = openSight(config.controlUrls, (host) => nameResolves(host, config.dialRules));
  const spool = await openSpool(join(dataDir, 'spool'), config.spoolBytes, log);
  const producer = openProducer(checkReports, queue, onError);
  const batches = openBatches({
    ...{ probeId, spool, log, steady: time.steady, aheadMs: time.aheadMs, onSettled: ledger.settled },
    send: (report) => producer.send(report),
  });
  const receipts = openReceipts({ spool, log, steady: time.steady, resend: batches.drain });
  const report = (seen: CheckResult): void => {
    const { result, urgent } = streaks.observe(seen);
    batches.add(result, urgent);
  };
  const { userAgent, dialRules } = config;
  const check = openCheck({ region, userAgent, dialRules, look, now: time.now, ...sight });
  const limits = openHostLimits<Slot>(config.hostConcurrency);
  const { run, isBeingLookedAt } = openRun(check, (seen, { url }) => {
    limits.heard(hostOf(url), seen.remoteAddress);
    report(seen);
  });
  const missed: Parameters<typeof openRunner>[0]['missed'] = ({ monitorId, at: scheduledAt, families }, reason) => {
    for (const family of families) report(missedResult({ monitorId, region, scheduledAt, family }, reason, time.now()));
  };
  const runner = openRunner({
    ...{ concurrency: config.concurrency, limits, now: time.now, ledger, missed },
    run: (assignment, { at, families }) => run(assignment, at, 'schedule', families),
  });
  return { time, ledger, streaks, sight, producer, batches, receipts, run, isBeingLookedAt, runner };
};

type Looking = Awaited<ReturnType<typeof openLooking>>;

type Tell = (word: Word) => void;
/** What the core tells and hears: assignments, and signs of life, which bring the time. */
const openCore = async (config: ProbeConfig, log: Log, probeId: string, looking: Looking, tell: Tell) => {
  const { time, ledger, streaks, sight, receipts, run, runner, isBeingLookedAt } = looking;
  const tick = openTick(openTimetable(config.region), runner, time);
  const share = config.share ?? wholeRegion;
  let bursts: Bursts | null = null;
  const onChange = (wanted: AssignmentMap): void => {
    // Who adds a monitor has it looked at out of turn, so the first process knows of it at once.
    if (share.index === 0) tell('changed');
    streaks.keepOnly(new Set(wanted.keys()));
    tick.assign(ofShare(share, wanted));
    bursts?.assign(wanted);
  };
  const assignments = await openAssignments({ ...config, log, onChange, pullEveryMs: pullEveryMs(share.of) });
  bursts = openBursts({
    ...{ region: config.region, clock: time, assignments, isBeingLookedAt },
    places: Math.max(1, Math.floor(config.concurrency * burstShare)),
    run: (assignment, scheduledAt) => run(assignment, scheduledAt, 'confirmation'),
  });
  const life = openSignsOfLife({
    ...{ ...config, log, steady: time.steady, hear: time.hear },
    say: describeSelf({ probeId, time, sight, ledger, assignments, receipts, onBlind: () => tell('blind') }),
    hearStored: receipts.hear,
    onChange: () => void assignments.pull(),
  });
  time.onSet(() => setImmediate(() => void life.now()));
  return { tick, assignments, bursts, life, mine: () => ofShare(share, assignments.current()) };
};

/**
 * The whole probe at work, or one process of several: pulls, looks, reports. `tell` is for the others to hear. Rejects
 * when the data folder can't be used.
 */
export const openProbe = async (config: ProbeConfig, log: Log, tell: Tell = () => undefined): Promise<Probe> => {
  const { region, dataDir, share } = config;
  const probeId = `${region}.${uuidv7()}`;
  const quiet = saysOnce(log);
  const mark = await openAliveMark(dataDir, log);
  const looking = await openLooking(config, log, probeId, quiet);
  const { time, ledger, sight, producer, batches, run } = looking;
  const { tick, assignments, bursts, life, mine } = await openCore(config, log, probeId, looking, tell);
  await life.start(); // by its answer, what an earlier run left is in the database, or to be sent
  batches.drain();
  tick.start(mine(), mark.before ?? time.now());
  mark.start(() => ledger.settledUntil(tick.takenUntil()));
  await assignments.pull();
  assignments.start();
  // Of several processes the first alone: a burst's begin and end must come to the same one.
  const takesTheQueue = (share ?? wholeRegion).index === 0;
  const outOfTurn = takesTheQueue ? openOutOfTurn({ config, assignments, time, run, bursts }, quiet) : null;
  const pages = takesTheQueue ? openPageReads({ ...config, now: time.now }, config.queue, quiet) : null;
  log.info({ monitors: mine().size, probeId }, 'the probe is looking');
  return {
    counts: ledger.counts,
    hear: (word) => void (word === 'blind' ? sight.isLost(performance.now()) : assignments.pull()),
    close: async () => {
      outOfTurn?.abort();
      bursts.close();
      await Promise.all([life.stop(), assignments.stop()]);
      await atMost(drainMs, Promise.all([outOfTurn?.close(), pages?.close(), tick.stop()]));
      await batches.close();
      await mark.stop();
      await atMost(drainMs, Promise.all([producer.close(), sight.close()]));
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
