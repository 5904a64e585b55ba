import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pingQueue } from '@farwatch/queue';
import { type ProbeConfig, readConfig } from './config.ts';
import { becomeLean, leanEnv } from './lean.ts';
import { type Log, openLog } from './log.ts';
import { openProbe, type Word } from './probe.ts';
import { openProcesses } from './processes.ts';
import { nameOfShare } from './share.ts';
import { hasWorked, takeOver } from './take-over.ts';

const queueWaitMs = 5_000;
const reportEveryMs = 60_000;

type Work = Readonly<{ close: () => Promise<void> }>;

const fail = (error: unknown): never => {
  console.error(`farwatch probe: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
};
const failByDisk = (error: unknown): never => {
  throw new Error(`FARWATCH_DATA: ${error instanceof Error ? error.message : String(error)}`);
};

/**
 * A queue that is away at the very first start is most likely a wrong setting. A probe that has worked before goes on: it
 * looks, and its batches wait on disk.
 */
const findQueue = async ({ queue, regionDir }: ProbeConfig, log: Log): Promise<void> => {
  try {
    await pingQueue(queue, queueWaitMs);
  } catch (error) {
    if (!(await hasWorked(regionDir).catch(() => false))) throw error;
    log.warn({ err: error }, 'working on with stored assignments');
  }
};

const look = async (config: ProbeConfig, log: Log): Promise<Work> => {
  const tellOthers = (word: Word): void => void process.send?.(word);
  const probe = await openProbe(config, log, config.share === null ? undefined : tellOthers).catch(failByDisk);
  process.on('message', (word) => (word === 'blind' || word === 'changed') && probe.hear(word));
  setInterval(() => log.info({ counts: probe.counts() }, 'so far'), reportEveryMs).unref();
  return probe;
};

const entry = fileURLToPath(import.meta.url);
const share = ({ processes: count }: ProbeConfig, log: Log): Promise<Work> =>
  openProcesses({
    ...{ count, log },
    start: (one) => {
      const name = nameOfShare(one);
      return fork(entry, [name], { env: { ...leanEnv(process.env), FARWATCH_PROBE_SHARE: name } }); // the argument is for whoever reads `ps`
    },
  }).catch((error: unknown) => {
    log.error({ err: error }, 'the probe could not start'); // the process that ended has said why
    process.exit(1);
  });

/**
 * One of several whose parent was killed ends at once, as if killed too: the next parent starts all of them anew, and two
 * processes must not work on one folder.
 */
const endWithParent = (): void => {
  process.on('disconnect', () => process.exit(1));
  if (!process.connected) process.exit(1);
};

/** The probe alone, or the process that keeps the others going. */
const start = async (config: ProbeConfig, log: Log): Promise<Work> => {
  await findQueue(config, log);
  await takeOver(config.regionDir, config.processes, log).catch(failByDisk);
  return config.processes === 1 ? look(config, log) : share(config, log);
};

const main = async (): Promise<void> => {
  becomeLean();
  const config = readConfig(process.env);
  const one = config.share;
  const log = openLog(config.logLevel, config.region, one === null ? undefined : nameOfShare(one));
  if (one !== null) endWithParent();
  const work = await (one === null ? start(config, log) : look(config, log));
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    work.close().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop); // the parent is gone
  process.send?.('ready');
};

main().catch(fail);
