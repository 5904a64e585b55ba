import type { IncidentView, MonitorView } from '@farwatch/contracts';
import type { CheckResult } from '@farwatch/domain';
import type { Answer, Outage } from './sites.ts';

/** One call of the webhook, by what it says. */
export type Call = Readonly<{ at: number; identity: string; type: string; incidentId: string }>;
/** A probe that was killed, when (epoch ms). */
export type Kill = Readonly<{ region: string; at: number }>;
export type Watched = Readonly<{ site: string; monitor: MonitorView }>;

/**
 * What an outsider knows of a run: what the public API answers, what the sites did and wrote down, what the webhook took,
 * and which probes were killed. Every slot from `from` to `until` (epoch ms) is to be accounted for.
 */
export type History = Readonly<{
  from: number;
  until: number;
  watched: readonly Watched[];
  results: readonly CheckResult[];
  incidents: readonly IncidentView[];
  answers: readonly Answer[];
  outages: readonly Outage[];
  calls: readonly Call[];
  kills: readonly Kill[];
  /** Of everything, probes included. */
  killCount: number;
}>;

/** What a checker found: what to count, and what must not be. */
export type Findings = Readonly<{ counts: Readonly<Record<string, number>>; faults: readonly string[] }>;

export const time = (at: number): string => new Date(at).toISOString().slice(11, 23);
