import { join } from 'node:path';
import {
  aheadOf,
  type CoreAnswer,
  clockToleranceMs,
  hearCore,
  measuredAhead,
  nowOf,
  readClock,
  startClock,
} from '@farwatch/domain';
import { readJson, writeJson } from './json-file.ts';
import type { Log } from './log.ts';
import { type Machine, machineReader, thisMachine } from './machine.ts';
import type { Clock } from './tick.ts';

/** The probe's idea of now. */
export type Time = Clock &
  Readonly<{
    /** Milliseconds on a clock that nobody sets. */
    steady: () => number;
    /** How far the machine's wall clock is ahead of `now`, ms; 0 while it is right. */
    aheadMs: () => number;
    /** How far it is ahead of the core's by measurement; null before there was one. */
    measuredAheadMs: () => number | null;
    /** The core has said what time it is. */
    hear: (answer: CoreAnswer) => void;
    /** Calls back, once for each time, when the wall clock was set. */
    onSet: (act: () => void) => void;
  }>;

export type TimeSettings = Readonly<{ dataDir: string; log: Log; machine?: Machine }>;

const readAhead = async (file: string): Promise<number | null> => {
  const stored: unknown = await readJson(file);
  const ahead = typeof stored === 'object' && stored !== null && 'aheadMs' in stored ? stored.aheadMs : null;
  return typeof ahead === 'number' && Number.isFinite(ahead) ? ahead : null;
};

/** Keeps what was learnt of the core's time in `clock.json`, so that a restart while the API is away goes by it. */
export const openTime = async ({ dataDir, log, machine = thisMachine }: TimeSettings): Promise<Time> => {
  const file = join(dataDir, 'clock.json');
  const read = machineReader(machine);
  let kept = await readAhead(file);
  let clock = startClock(read(), kept);
  let onSet = (): void => undefined;

  const look = (): number => {
    const reading = read();
    const before = clock;
    clock = readClock(clock, reading);
    if (Math.abs(clock.wallOffset - before.wallOffset) > clockToleranceMs) {
      log.warn({ byMs: Math.round(clock.wallOffset - before.wallOffset) }, 'the wall clock was set');
      onSet();
    }
    return reading.steady;
  };
  const keep = (): void => {
    const ahead = aheadOf(clock);
    if (kept !== null && Math.abs(ahead - kept) < 100) return;
    if (ahead !== 0 || (kept ?? 0) !== 0)
      log.info({ aheadMs: ahead }, ahead === 0 ? 'the wall clock is right' : 'the wall clock is off and corrected');
    kept = ahead;
    void writeJson(file, { aheadMs: ahead }).catch((error: unknown) =>
      log.error({ err: error }, 'the clock’s offset cannot be written to FARWATCH_DATA'),
    );
  };
  return {
    now: () => {
      const steady = look();
      return nowOf(clock, steady);
    },
    after: (ms, wake) => {
      const timer = setTimeout(wake, ms);
      return () => clearTimeout(timer);
    },
    steady: look,
    aheadMs: () => {
      look();
      return aheadOf(clock);
    },
    measuredAheadMs: () => {
      look();
      return measuredAhead(clock);
    },
    hear: (answer) => {
      look();
      clock = hearCore(clock, answer);
      keep();
    },
    onSet: (act) => {
      onSet = act;
    },
  };
};
