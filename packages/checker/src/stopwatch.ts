import type { HopPhases, Phases } from '@farwatch/domain';

export type Phase = 'dns' | 'connect' | 'tls' | 'request' | 'firstByte' | 'download';

export type Stopwatch = Readonly<{
  /** Time from here on belongs to this phase; a phase entered again goes on adding. */
  enter: (phase: Phase) => void;
  current: () => Phase;
  /** Ends a hop and answers its phases. */
  lap: () => HopPhases;
  /** Lengths over all hops so far, an unfinished one too; the phases add up to the total, the request counts to the first byte. */
  read: () => Readonly<{ totalMs: number; phases: Phases }>;
}>;

type Spent = Record<Phase, number | null>;
const unspent = (): Spent => ({
  ...{ dns: null, connect: null, tls: null },
  ...{ request: null, firstByte: null, download: null },
});

const round = (ms: number | null): number | null => (ms === null ? null : Math.round(ms * 1_000) / 1_000);
const plus = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : a + b);

const hopPhases = (spent: Spent): HopPhases => ({
  dnsMs: round(spent.dns),
  connectMs: round(spent.connect),
  tlsMs: round(spent.tls),
  requestMs: round(spent.request),
  firstByteMs: round(spent.firstByte),
  downloadMs: round(spent.download),
});

/** Monotonic: a jump of the wall clock changes no length. */
export const stopwatch = (): Stopwatch => {
  const begun = performance.now();
  const past = unspent();
  let spent = unspent();
  let phase: Phase | null = null;
  let since = begun;
  const spend = (which: Phase): void => {
    const now = performance.now();
    spent[which] = (spent[which] ?? 0) + (now - since);
    since = now;
  };
  const enter = (next: Phase): void => {
    spend(phase ?? next); // what came before the first phase counts to it
    spent[next] ??= 0;
    phase = next;
  };
  const lap = (): HopPhases => {
    if (phase !== null) spend(phase);
    const hop = hopPhases(spent);
    for (const each of Object.keys(past) as Phase[]) past[each] = plus(past[each], spent[each]); // keys of a Spent
    spent = unspent();
    phase = null;
    return hop;
  };
  return {
    enter,
    current: () => phase ?? 'connect',
    lap,
    read: () => {
      if (phase !== null) lap();
      const total = Object.values(past).some((ms) => ms !== null) ? since - begun : performance.now() - begun;
      const phases = {
        dnsMs: round(past.dns),
        connectMs: round(past.connect),
        tlsMs: round(past.tls),
        firstByteMs: round(plus(past.request, past.firstByte)),
        downloadMs: round(past.download),
      };
      return { totalMs: round(total) ?? 0, phases };
    },
  };
};
