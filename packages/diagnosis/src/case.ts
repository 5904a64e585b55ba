import type { AddressFamily, Failure, Finding, Hop, HttpVersion, Phases, TwinAnswer } from '@farwatch/domain';
import type { LogReading } from './logs/reading.ts';

/** An answer as it came: who wrote it is read from this alone. */
export type Answer = Readonly<{
  status: number | null;
  /** The reason phrase; null over HTTP/2 or when there was none. */
  reason: string | null;
  httpVersion: HttpVersion | null;
  /** In the order and case in which they came. */
  headers: readonly (readonly [name: string, value: string])[];
  /** The body's start, decoded, as text; at most 64 KiB are looked at. */
  body: string;
  /** Decoded bytes of the whole body, as far as known. */
  bodyBytes: number | null;
}>;

/** Names one check, so that each item of evidence can be linked to it. `at` is its `scheduledAt`, epoch ms. */
export type LookRef = Readonly<{ region: string; family: AddressFamily; at: number }>;

/** One look to be explained. */
export type SeenLook = Readonly<{
  ref: LookRef | null;
  /** What was asked for, secrets removed. */
  url: string;
  method: string;
  /** Null = the look was not judged (a pasted page) or was good. */
  failure: Failure | null;
  /** Why it counts as degraded, in words; null = it doesn't. */
  degraded: string | null;
  totalMs: number | null;
  phases: Phases | null;
  hops: readonly Hop[];
  findings: readonly Finding[];
  twin: TwinAnswer | null;
  answer: Answer | null;
}>;

/** What another region, family or moment saw; only what agreement is judged by. */
export type OtherLook = Readonly<{
  ref: LookRef;
  verdict: 'good' | 'bad';
  /** `502`, `timeout`, `dns:ENOTFOUND`; null when good. */
  code: string | null;
  address: string | null;
  totalMs: number;
}>;

/** What came before the failure. Moments are epoch ms. */
export type Before = Readonly<{
  /** Beginnings and ends of earlier incidents within a day, oldest first. */
  incidents: readonly Readonly<{ startedAt: number; resolvedAt: number | null; code: string }>[];
  /** Marks within 30 minutes: deploys and kin. */
  marks: readonly Readonly<{ at: number; kind: string; text: string }>[];
  /** Good looks' total time, median: of the hour before, and of the last five minutes before; null = not known. */
  usualMs: number | null;
  lastMs: number | null;
  /** The certificate or the address changed within an hour before. */
  certificateChangedAt: number | null;
  addressChangedAt: number | null;
}>;

/** Everything that is known when a diagnosis is made. */
export type Case = Readonly<{
  /** The monitor's host: the only one that visitors may be told. */
  host: string;
  look: SeenLook;
  /** Looks of other regions, families and moments around the failure, at most some hundreds. */
  others: readonly OtherLook[];
  before: Before | null;
  log: LogReading | null;
  /** How long it has been down by now; null = not an incident. */
  downForMs: number | null;
}>;
