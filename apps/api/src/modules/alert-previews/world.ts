import type { ChannelKind } from '@farwatch/contracts';
import type {
  MaintenanceWindow,
  PastAncestor,
  PastIncident,
  PolicyCandidate,
  QuietHours,
  Schedule,
} from '@farwatch/domain';

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
  /** What is above a monitor, by its id. */
  ancestors: ReadonlyMap<string, readonly PastAncestor[]>;
}>;
