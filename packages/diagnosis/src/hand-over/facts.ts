import type { SeenLook } from '../case.ts';
import type { Diagnosis } from '../diagnosis.ts';

/** Between which looks something began and ended, epoch ms; null = no such look is known (yet). */
export type HandOverBounds = Readonly<{
  lastGoodAt: number | null;
  firstBadAt: number | null;
  lastBadAt: number | null;
  firstGoodAt: number | null;
}>;

/** One unbroken run of the same failure in one region, epoch ms. */
export type HandOverSpan = Readonly<{
  region: string;
  /** `502`, `timeout`, `dns:ENOTFOUND`. */
  code: string;
  startedAt: number;
  lastSeenAt: number;
  /** The first check that saw something else; null = it goes on. */
  endedAt: number | null;
}>;

/** What is known of an incident when it is handed over to whoever runs the server. Moments are epoch ms. */
export type HandOverFacts = Readonly<{
  incidentId: string;
  monitorName: string;
  /** The monitor's URL, secrets removed. */
  url: string;
  /** When this is made. */
  madeAt: number;
  startedAt: number;
  /** Null = it goes on. */
  resolvedAt: number | null;
  bounds: HandOverBounds;
  /** Every region's spans. */
  spans: readonly HandOverSpan[];
  /** Failing checks with what they saw, the most telling first; the first one's page and certificate are shown, the addresses and request ids of all. */
  looks: readonly SeenLook[];
  diagnosis: Diagnosis | null;
}>;
