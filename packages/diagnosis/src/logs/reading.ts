import type { Cause } from '../causes.ts';

export type LogFormat = 'nginx' | 'apache' | 'haproxy' | 'php-fpm' | 'caddy' | 'system';

/** One line (or entry of several lines) that was understood, redacted. */
export type LogEntry = Readonly<{
  /** Which line of the text it began on, from 1. */
  line: number;
  format: LogFormat;
  /** Epoch ms after the time-zone shift; null = it bears no time. */
  at: number | null;
  cause: Cause | null;
  /** Where the gateway was going: `127.0.0.1:9000`, `unix:/run/php/php8.2-fpm.sock`; null = not said. */
  upstream: string | null;
  /** Whether it lies within the incident; null = there is no incident to compare with. */
  within: boolean | null;
  /** The regions whose failing checks it stands beside, to the second. */
  regions: readonly string[];
  /** The line without client addresses, cookies and query strings. */
  text: string;
}>;

export type CauseCount = Readonly<{
  cause: Cause;
  upstream: string | null;
  count: number;
  /** Of these, inside the incident; equal to `count` when there is none to compare with. */
  within: number;
  firstAt: number | null;
  lastAt: number | null;
  /** Causes that such lines can't be told from; left out = none. */
  alike?: readonly Cause[];
  /** One such line, redacted. */
  example: string;
}>;

/** What a log says, read against an incident's times. */
export type LogReading = Readonly<{
  formats: readonly LogFormat[];
  lines: number;
  /** Lines that were parsed but say nothing of an upstream, and those that were not understood. */
  others: number;
  unknown: number;
  unknownExamples: readonly string[];
  /** What was added to the log's clock to reach UTC, found by comparison; 0 = none, or nothing to compare with. */
  shiftMs: number;
  /** Most within the incident first. */
  counts: readonly CauseCount[];
  /** At most 200, those beside failing checks first, in the order of time. */
  entries: readonly LogEntry[];
}>;
