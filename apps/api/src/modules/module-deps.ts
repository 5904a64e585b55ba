import type { DialRules } from '@farwatch/checker';
import type { deliveries } from '@farwatch/contracts';
import type { Mailer } from '@farwatch/notifiers';
import type { Producer } from '@farwatch/queue';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config.ts';
import type { Db } from '../db.ts';
import type { Keyring } from '../keyring.ts';
import type { MemberStore } from './accounts/member-store.ts';
import type { AlertPlanner } from './alerts/planner.ts';
import type { ChannelStore } from './channels/store.ts';
import type { DeliveryStore } from './deliveries/store.ts';
import type { BeginReading } from './diagnosis/log-reading.ts';
import type { LogStore } from './diagnosis/log-store.ts';
import type { DiagnosisStore } from './diagnosis/store.ts';
import type { PolicyStore } from './escalations/policy-store.ts';
import type { ScheduleStore } from './escalations/schedule-store.ts';
import type { EventHub } from './events/hub.ts';
import type { EventStore } from './events/store.ts';
import type { HistoryStore } from './history/store.ts';
import type { SettleReceipt, SpokenOf } from './inbound/receipts.ts';
import type { CommentStore } from './incidents/comment-store.ts';
import type { DecisionStore } from './incidents/decision-store.ts';
import type { IncidentStore } from './incidents/store.ts';
import type { WindowStore } from './maintenance/store.ts';
import type { StretchStore } from './maintenance/stretch-store.ts';
import type { MarkStore } from './marks/store.ts';
import type { MonitorStore } from './monitors/store.ts';
import type { Asker } from './probes/ask.ts';
import type { PageAsker } from './probes/ask-page.ts';
import type { PageReadStore } from './probes/page-read-store.ts';
import type { RegionStore } from './probes/store.ts';
import type { ResultStore } from './results/store.ts';
import type { SavedViewStore } from './saved-views/store.ts';

/** How much one organisation may have and ask for. */
export type ModuleLimits = Readonly<{
  monitorsPerOrganisation: number;
  channelsPerOrganisation: number;
  policiesPerOrganisation: number;
  schedulesPerOrganisation: number;
  windowsPerOrganisation: number;
  /** Event streams that are open at once in one process. */
  streamsPerOrganisation: number;
  /** The longest that one read of the response log may take; whoever asks for more must not hold the others' connections. */
  logReadMs: number;
}>;
export const defaultModuleLimits: ModuleLimits = {
  monitorsPerOrganisation: 1_000,
  channelsPerOrganisation: 100,
  policiesPerOrganisation: 100,
  schedulesPerOrganisation: 100,
  windowsPerOrganisation: 100,
  streamsPerOrganisation: 100,
  logReadMs: 8_000,
};

/** What the routes of the modules are built from; each takes the part it needs. */
export type ModuleDeps = Readonly<{
  db: Pick<Db, 'sql' | 'transaction'>;
  log: Pick<FastifyBaseLogger, 'warn'>;
  monitors: MonitorStore;
  results: ResultStore;
  incidents: IncidentStore;
  history: HistoryStore;
  comments: CommentStore;
  channels: ChannelStore;
  deliveries: DeliveryStore;
  policies: PolicyStore;
  schedules: ScheduleStore;
  decisions: DecisionStore;
  diagnoses: DiagnosisStore;
  logs: LogStore;
  /** Reads a log's lines against an incident. */
  beginReading: BeginReading;
  marks: MarkStore;
  savedViews: SavedViewStore;
  windows: WindowStore;
  stretches: StretchStore;
  members: MemberStore;
  regions: RegionStore;
  events: EventStore;
  hub: EventHub;
  asker: Pick<Asker, 'ask'>;
  /** Has what a person typed read by a probe. */
  pageAsker: Pick<PageAsker, 'ask'>;
  pageReads: PageReadStore;
  /** Where deliveries that are due are sent to. */
  deliveryQueue: Pick<Producer<typeof deliveries.payload>, 'send'>;
  alerts: AlertPlanner;
  /** What providers tell of messages that they had taken. */
  receipts: Readonly<{ settle: SettleReceipt }>;
  spoken: SpokenOf;
  /** Seals and opens channel secrets. */
  keyring: Keyring;
  mailer: Pick<Mailer, 'send'>;
  config: Pick<Config, 'publicUrl' | 'secret' | 'twilio' | 'telegram'>;
  dialRules: DialRules;
  limits: ModuleLimits;
}>;
