import type { Listener } from './alert-order.ts';
import type { EscalationPolicy } from './escalation.ts';
import type { Maintained } from './maintenance.ts';
import type { QuietHours } from './quiet-hours.ts';
import type { OnCall, Reachable } from './recipients.ts';
import type { Severity } from './severity.ts';
import type { AttachmentSeen } from './silence.ts';

/** What somebody did about an incident, and when (epoch ms). */
export type PastDeed =
  | Readonly<{ kind: 'acknowledged' | 'unacknowledged'; at: number }>
  | Readonly<{ kind: 'snoozed'; at: number; until: number | null }>;

/** The other incident with which it shared its cause: when that opened, and until when this one was part of it. */
export type PastShare = Readonly<{
  incidentId: string;
  because: Exclude<AttachmentSeen['because'], 'parent'>;
  openedAt: number;
  until: number | null;
}>;

/** An incident as it was; moments are epoch ms, null = it didn't come to that. */
export type PastIncident = Readonly<{
  id: string;
  monitorId: string;
  severity: Severity;
  openedAt: number;
  /** When its beginning and its end were news. */
  toldAt: number;
  overAt: number | null;
  /** `paused`: it ended, and that is news for nobody. */
  ended: 'recovered' | 'paused' | null;
  /** Of its monitor. */
  alertAfterMs: number;
  intervalMs: number;
  timeoutMs: number;
  /** Oldest first. */
  deeds: readonly PastDeed[];
  share: PastShare | null;
}>;

type Lasting = Readonly<{ from: number; until: number | null }>;
/** A monitor above another one: when it was down, and when a region saw it fail. */
export type PastAncestor = Readonly<{
  monitorId: string;
  depth: number;
  timeoutMs: number;
  incidents: readonly (Lasting & Readonly<{ id: string }>)[];
  failing: readonly Lasting[];
}>;

export type PastChannel = Reachable & Readonly<{ listener: Listener; quiet: QuietHours | null }>;

/** The rules by which one incident is told. */
export type AlertRules = Readonly<{
  policy: EscalationPolicy;
  onCall: OnCall;
  /** The planned work its monitor is in. */
  maintenance: readonly Maintained[];
}>;

/** What there was to tell, to whom, and by which rules. */
export type PastWorld = Readonly<{
  incidents: readonly PastIncident[];
  channels: readonly PastChannel[];
  rulesOf: (incident: PastIncident) => AlertRules;
  ancestorsOf: (monitorId: string) => readonly PastAncestor[];
}>;

export type UntoldReason =
  | 'maintenance'
  | 'parent-suspected'
  | 'parent-down'
  | 'shared-cause'
  | 'quiet-hours'
  | 'gathered'
  | 'snoozed'
  | 'acknowledged'
  | 'over-first'
  | 'nobody-reached';
