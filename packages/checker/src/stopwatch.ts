import type { Phases } from '@farwatch/domain';

export type Phase = 'dns' | 'connect' | 'tls' | 'firstByte' | 'download';

export type Stopwatch = Readonly<{
  /** Time from here on belongs to this phase; a phase entered again (a redirect) goes on adding. */
  enter: (phase: Phase) => void;
  current: () => Phase;
  /** Lengths so far; the phases add up to the total. */
  read: () => Readonly<{ totalMs: number; phases: Phases }>;
}>;

const round = (ms: number): number => Math.round(ms * 1_000) / 1_000;

/** Monotonic: a jump of the wall clock changes no length. */
export const stopwatch = (): Stopwatch => {
  const begun = performance.now();
  const spent: Record<Phase, number | null> = { dns: null, connect: null, tls: null, firstByte: null, download: null };
  let phase: Phase | null = null;
  let since = begun;
  const enter = (next: Phase): void => {
    const now = performance.now();
    const gains = phase ?? next; // what came before the first phase counts to it
    spent[gains] = (spent[gains] ?? 0) + (now - since);
    spent[next] ??= 0;
    since = now;
    phase = next;
  };
  const length = (which: Phase): number | null => {
    const ms = spent[which];
    return ms === null ? null : round(ms);
  };
  return {
    enter,
    current: () => phase ?? 'connect',
    read: () => {
      if (phase !== null) enter(phase);
      const total = phase === null ? performance.now() - begun : since - begun;
      const phases = {
        dnsMs: length('dns'),
        connectMs: length('connect'),
        tlsMs: length('tls'),
        firstByteMs: length('firstByte'),
        downloadMs: length('download'),
      };
      return { totalMs: round(total), phases };
    },
  };
};
