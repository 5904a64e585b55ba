import type { ChildProcess } from 'node:child_process';
import type { Log } from './log.ts';
import { pause } from './pause.ts';
import { nameOfShare, type Share, sharesOf } from './share.ts';

/** `steadyMs`: after running this long, earlier deaths are forgotten. */
export type BackOff = Readonly<{ firstMs: number; mostMs: number; steadyMs: number }>;
const usualBackOff: BackOff = { firstMs: 200, mostMs: 10_000, steadyMs: 60_000 };

/** A process that has not ended by then is killed: whoever stops this one has no more patience than 20 s. */
const usualDrainMs = 18_000;

export type ProcessesSettings = Readonly<{
  count: number;
  /** Starts the process of a share; it says `ready` once it is at work. */
  start: (share: Share) => ChildProcess;
  log: Log;
  backOff?: BackOff;
  drainMs?: number;
}>;

export type Processes = Readonly<{
  /** Each ends what it is at; resolves once they are all gone. */
  close: () => Promise<void>;
}>;

/** How it ended, once it is gone. */
const endOf = async (child: ChildProcess): Promise<string> => {
  if (child.pid === undefined) return 'could not be started';
  if (child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => {
      child.once('exit', resolve);
    });
  return child.signalCode ?? `exit code ${child.exitCode}`;
};

const stop = async (child: ChildProcess, drainMs: number): Promise<void> => {
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), drainMs);
  await endOf(child);
  clearTimeout(hard);
};

/**
 * Keeps one process at work on each share: one that dies is started again, ever more slowly while it keeps dying. Rejects
 * when one dies before all have been ready once: that is a wrong setting, which it has told of itself.
 */
export const openProcesses = async (settings: ProcessesSettings): Promise<Processes> => {
  const { count, start, log, backOff = usualBackOff, drainMs = usualDrainMs } = settings;
  const stopping = new AbortController();
  const children = new Map<number, ChildProcess>();
  let allWereReady = false;

  /** What one has to say to the others. */
  const relay = (from: ChildProcess, word: unknown): void => {
    if (word === 'ready') return;
    for (const child of children.values()) if (child !== from && child.connected) child.send(String(word));
  };
  const begin = (share: Share): ChildProcess => {
    const child = start(share);
    child.on('error', (error) => log.error({ err: error, process: nameOfShare(share) }, 'a process has trouble'));
    child.on('message', (word) => relay(child, word));
    children.set(share.index, child);
    return child;
  };
  const keep = async (share: Share, first: ChildProcess): Promise<void> => {
    let deaths = 0;
    for (let child = first; ; child = begin(share)) {
      const bornAt = performance.now();
      const how = await endOf(child);
      if (stopping.signal.aborted) return;
      deaths = performance.now() - bornAt > backOff.steadyMs ? 1 : deaths + 1;
      const waitMs = Math.min(backOff.mostMs, backOff.firstMs * 2 ** (deaths - 1));
      log.error({ process: nameOfShare(share), how, againInMs: waitMs }, 'a process of the probe ended unexpectedly');
      await pause(waitMs, stopping.signal);
      if (stopping.signal.aborted) return;
    }
  };
  const ready = async (share: Share, child: ChildProcess): Promise<void> => {
    const said = new Promise<void>((resolve) => {
      child.on('message', (word) => word === 'ready' && resolve());
    });
    const died = endOf(child).then((how) => {
      if (!allWereReady && !stopping.signal.aborted) throw new Error(`process ${nameOfShare(share)}: ${how}`);
    });
    await Promise.race([said, died]);
  };
  const close = async (): Promise<void> => {
    stopping.abort();
    await Promise.all([...children.values()].map((child) => stop(child, drainMs)));
  };
  const firsts = sharesOf(count).map((share) => ({ share, child: begin(share) }));
  try {
    await Promise.all(firsts.map(({ share, child }) => ready(share, child)));
  } catch (error) {
    await close();
    throw error;
  }
  allWereReady = true;
  const kept = firsts.map(({ share, child }) => keep(share, child));
  return {
    close: async () => {
      await close();
      await Promise.all(kept);
    },
  };
};
