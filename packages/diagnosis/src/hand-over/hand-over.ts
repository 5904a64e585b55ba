/** A moment as a ticket wants it: ISO 8601 in UTC. */
type Instant = string;

/** One failing check, as the ticket tells it. */
export type HandOverCheck = Readonly<{
  at: Instant | null;
  region: string | null;
  method: string;
  url: string;
  status: number | null;
  reason: string | null;
  address: string | null;
  httpVersion: string | null;
  totalMs: number | null;
  phases: readonly Readonly<{ phase: string; ms: number }>[];
  headers: readonly (readonly [name: string, value: string])[];
}>;

export type HandOverCertificate = Readonly<{
  subject: string;
  issuer: string;
  names: readonly string[];
  startsAt: Instant | null;
  endsAt: Instant | null;
  serial: string;
  sha256: string;
  /** Why it can't be believed; null = it can. */
  error: string | null;
}>;

/** What a hosting provider needs to find an outage in its own logs. JSON as it is. */
export type HandOver = Readonly<{
  version: 1;
  incidentId: string;
  monitor: string;
  url: string;
  madeAt: Instant;
  startedAt: Instant;
  resolvedAt: Instant | null;
  durationMs: number;
  /** The start lies between the last good and the first failing check, the clear between the last failing and the first good one. */
  startBetween: readonly [Instant | null, Instant | null];
  clearBetween: readonly [Instant | null, Instant | null];
  codes: readonly Readonly<{
    code: string;
    region: string;
    startedAt: Instant;
    lastSeenAt: Instant;
    endedAt: Instant | null;
  }>[];
  requestIds: readonly Readonly<{ name: string; value: string; at: Instant | null; region: string | null }>[];
  addresses: readonly string[];
  certificate: HandOverCertificate | null;
  checks: readonly HandOverCheck[];
  /** The start of the error page, as text; null = there was no page. */
  page: string | null;
  diagnosis: Readonly<{
    summary: string;
    certainty: string;
    wroteBy: string;
    causes: readonly Readonly<{ cause: string; words: string; confidence: number }>[];
    evidence: readonly string[];
    firstFix: string;
    nextCheck: string;
  }> | null;
}>;
