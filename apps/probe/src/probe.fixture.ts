import type { Assignment } from '@farwatch/contracts';
import type { CheckResult, Outcome } from '@farwatch/domain';
import type { AssignmentMap } from './assignments.ts';
import type { Log } from './log.ts';
import type { Clock } from './tick.ts';

/** For tests: a UUIDv7-shaped id made of a number. */
export const monitorId = (n: number): string => `01932c5e-7b1a-7c3e-9d55-${n.toString(16).padStart(12, '0')}`;

export const assignment = (n: number, given: Partial<Assignment> = {}): Assignment => ({
  monitorId: monitorId(n),
  url: 'http://127.0.0.1/',
  method: 'GET',
  intervalMs: 30_000,
  timeoutMs: 10_000,
  maxRedirects: 10,
  expectedStatuses: '200-399',
  regions: ['fra'],
  ...given,
});
export const assignmentMap = (assignments: readonly Assignment[]): AssignmentMap =>
  new Map(assignments.map((one) => [one.monitorId, one]));

export const up: Outcome = { verdict: 'up' };
export const down = (status: number): Outcome => ({ verdict: 'down', failure: { kind: 'status', status } });

export const result = (
  n: number,
  scheduledAt: number,
  outcome: Outcome = up,
  given: Partial<CheckResult> = {},
): CheckResult => ({
  ...{
    monitorId: monitorId(n),
    region: 'fra',
    family: 'any',
    trigger: 'schedule',
    scheduledAt,
    startedAt: scheduledAt,
  },
  ...{ totalMs: 12.5, outcome, status: 200, bytes: 3, remoteAddress: '127.0.0.1' },
  phases: { dnsMs: null, connectMs: 1, tlsMs: null, firstByteMs: 10, downloadMs: 1.5 },
  ...given,
});

export const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export type FakeClock = Clock & Readonly<{ advance: (ms: number) => void; set: (now: number) => void }>;
/** A clock that stands still until told; what it calls back runs in order of time. */
export const fakeClock = (start: number): FakeClock => {
  let now = start;
  let timers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    after: (ms, wake) => {
      const timer = { at: now + ms, wake };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (ms) => {
      const end = now + ms;
      for (;;) {
        const next = timers.toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined || next.at > end) break;
        timers = timers.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.wake();
      }
      now = end;
    },
    set: (to) => {
      timers = timers.map(({ at, wake }) => ({ at: at - now + to, wake })); // real timers do not see the wall clock
      now = to;
    },
  };
};
