import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';

const ticksMs = 10; // USER_HZ is 100

/** CPU time of user and system that a process has used since it started, ms, to 10 ms; by Linux's /proc. */
export const cpuMsOf = async (pid: number): Promise<number> => {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * ticksMs;
};

/** Resident memory of a process, MiB: as it is, or the most it ever was (since `forgetPeak`). */
export const residentMiB = async (pid: number, which: 'VmRSS' | 'VmHWM' = 'VmRSS'): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${which}:\\s+(\\d+)`, 'u').exec(status)?.[1]) / 1_024;
};

/** The most resident memory is counted anew from now on. */
export const forgetPeak = (pid: number): Promise<void> => writeFile(`/proc/${pid}/clear_refs`, '5');

type Core = Readonly<{ busyMs: number; allMs: number }>;
const sumOf = (): Core =>
  cpus().reduce(
    ({ busyMs, allMs }, { times }) => {
      const busy = times.user + times.nice + times.sys + times.irq;
      return { busyMs: busyMs + busy, allMs: allMs + busy + times.idle };
    },
    { busyMs: 0, allMs: 0 },
  );

/** Answers how busy all cores of the machine were since, % of them: a figure in a full house says little. */
export const watchMachine = (): (() => number) => {
  const before = sumOf();
  return () => {
    const now = sumOf();
    return (100 * (now.busyMs - before.busyMs)) / (now.allMs - before.allMs);
  };
};
