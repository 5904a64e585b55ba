import type { ChannelKind } from '@farwatch/contracts';
import type { MaintenanceWindow, PastIncident, PolicyCandidate, QuietHours, Schedule } from '@farwatch/domain';
import type { Ancestors } from './ancestor-store.ts';

/** A monitor as alerting looks at it. */
export type Monitored = Readonly<{ id: string; name: string; tags: readonly string[]; policyId: string | null }>;
export type Incident = PastIncident & Readonly<{ monitor: Monitored; resolvedAt: number | null }>;

/** A channel with its own quiet hours and its person's; the own ones go first. */
export type Channel = Readonly<{
  channelId: string;
  accountId: string | null;
  name: string;
  kind: ChannelKind;
  ownQuiet: QuietHours | null;
  personQuiet: QuietHours | null;
}>;

/** All the rules of an organisation by which people are told, and what there was to tell. */
export type World = Readonly<{
  incidents: readonly Incident[];
  channels: readonly Channel[];
  policies: readonly PolicyCandidate[];
  schedules: ReadonlyMap<string, Schedule>;
  windows: readonly MaintenanceWindow[];
  ancestors: Ancestors;
}>;
