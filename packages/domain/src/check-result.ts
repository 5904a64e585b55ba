import type { LookDetails } from './look-details.ts';

/** Why a look failed. The vocabulary is closed: a new word is a decision, not a string. */
export type Failure =
  | Readonly<{ kind: 'network'; phase: 'dns' | 'connect' | 'tls' | 'protocol'; code: string }>
  | Readonly<{ kind: 'timeout'; afterMs: number }>
  | Readonly<{ kind: 'status'; status: number }>
  | Readonly<{ kind: 'assertion'; expected: string; got: string }>;

/** The same with its fields in the order in which they stand above: a database's JSON keeps no order. */
export const inFieldOrder = (failure: Failure): Failure => {
  switch (failure.kind) {
    case 'network':
      return { kind: failure.kind, phase: failure.phase, code: failure.code };
    case 'timeout':
      return { kind: failure.kind, afterMs: failure.afterMs };
    case 'status':
      return { kind: failure.kind, status: failure.status };
    case 'assertion':
      return { kind: failure.kind, expected: failure.expected, got: failure.got };
  }
};

/** Why a look that was due did not happen. */
export type MissedReason = 'overload' | 'probe-offline' | 'restart' | 'region-dark';

/** What came of one look. Checks due = the sum of these five verdicts. */
export type Outcome =
  | Readonly<{ verdict: 'up' }>
  | Readonly<{ verdict: 'degraded'; reason: string }>
  | Readonly<{ verdict: 'down'; failure: Failure }>
  | Readonly<{ verdict: 'inconclusive'; reason: string }>
  | Readonly<{ verdict: 'missed'; reason: MissedReason }>;

export type Verdict = Outcome['verdict'];
export const verdicts = ['up', 'degraded', 'down', 'inconclusive', 'missed'] as const satisfies readonly Verdict[];

/** Milliseconds with three decimals, from a monotonic clock, added up over redirects; null = the phase was not reached. */
export type Phases = Readonly<{
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  firstByteMs: number | null;
  downloadMs: number | null;
}>;

/** The first failing answer as it came, secrets removed, frozen before any retry. */
export type Evidence = Readonly<{
  /** The URL that gave this answer, after redirects. */
  url: string;
  status: number | null;
  reason: string | null;
  headers: readonly (readonly [name: string, value: string])[];
  /** The first 64 KiB as they came over the wire, base64. */
  bodyBase64: string;
  bodyTruncated: boolean;
  /** The same decoded, base64, where it came with a content coding. */
  decodedBase64?: string;
}>;

/** Which address family a look was held to; part of a result's key. */
export type AddressFamily = 'any' | 'ipv4' | 'ipv6';

/** Why this look happened: its slot, a confirmation the worker asked for, or a person's request. */
export type CheckTrigger = 'schedule' | 'confirmation' | 'request';

/** One look and what came of it. Unique by (monitorId, region, family, scheduledAt). Moments are epoch milliseconds. */
export type CheckResult = Readonly<{
  monitorId: string;
  region: string;
  family: AddressFamily;
  trigger: CheckTrigger;
  /** The slot, or, out of turn, the moment it was asked for. */
  scheduledAt: number;
  startedAt: number;
  /** Length of the whole look. */
  totalMs: number;
  outcome: Outcome;
  status: number | null;
  /** Bytes of body read, decoded. */
  bytes: number | null;
  remoteAddress: string | null;
  /** When the certificate of the last hop ends; null = it showed none that could be believed. Older probes don't say. */
  certificateEndsAt?: number | null;
  phases: Phases;
  /** What the moments were corrected by because the region's clock was off: the raw moment is the shown one plus this. */
  clockOffsetMs?: number;
  evidence?: Evidence;
  details?: LookDetails;
}>;

/** One plain sentence fragment, without a full stop. */
export const explain = (failure: Failure): string => {
  switch (failure.kind) {
    case 'network':
      return `${failure.phase} error (${failure.code})`;
    case 'timeout':
      return `no answer after ${failure.afterMs} ms`;
    case 'status':
      return `HTTP ${failure.status}`;
    case 'assertion':
      return `expected ${failure.expected}, got ${failure.got}`;
  }
};

/** The word under which equal failures count as one span: `502`, `timeout`, `dns:ENOTFOUND`, `assertion`. */
export const failureCode = (failure: Failure): string => {
  switch (failure.kind) {
    case 'network':
      return `${failure.phase}:${failure.code}`;
    case 'timeout':
      return 'timeout';
    case 'status':
      return String(failure.status);
    case 'assertion':
      return 'assertion';
  }
};
