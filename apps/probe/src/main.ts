import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pingQueue } from '@farwatch/queue';
import { type ProbeConfig, readConfig } from './config.ts';
import { type Log, openLog } from './log.ts';
import { openProbe, type Probe } from './probe.ts';

const queueWaitMs = 5_000;
const reportEveryMs = 60_000;

const fail = (error: unknown): never => {
  console.error(`farwatch probe: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
};

/**
 * A queue that is away at the very first start is most likely a wrong setting. A probe that has worked before goes on: it
 * looks, and its batches wait on disk.
 */
const findQueue = async ({ queue, dataDir }: ProbeConfig, log: Log): Promise<void> => {
  try {
    await pingQueue(queue, queueWaitMs);
  } catch (error) {
    if (!existsSync(join(dataDir, 'assignments.json'))) throw error;
    log.warn({ err: error }, 'working on with stored assignments');
  }
};

const start = async (config: ProbeConfig): Promise<Probe> => {
  const log = openLog(config.logLevel, config.region);
  await findQueue(config, log);
  const probe = await openProbe(config, log).catch((error: unknown) => {
    throw new Error(`FARWATCH_DATA: ${error instanceof Error ? error.message : String(error)}`);
  });
  setInterval(() => log.info({ counts: probe.counts() }, 'so far'), reportEveryMs).unref();
  return probe;
};

const main = async (): Promise<void> => {
  const probe = await start(readConfig(process.env));
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    probe.close().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop); // the parent is gone
  process.send?.('ready');
};

main().catch(fail);
