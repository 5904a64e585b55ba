import type { DialRules } from '@farwatch/checker';
import type { deliveries } from '@farwatch/contracts';
import type { Producer } from '@farwatch/queue';
import type { FastifyBaseLogger } from 'fastify';
import type { Db, Sql } from '../db.ts';
import type { ChannelStore } from './channels/store.ts';
import type { ChannelRow } from './channels/view.ts';
import type { DeliveryStore } from './deliveries/store.ts';
import type { EventHub } from './events/hub.ts';
import type { EventStore } from './events/store.ts';
import type { IncidentStore } from './incidents/store.ts';
import type { MonitorStore } from './monitors/store.ts';
import type { Asker } from './probes/ask.ts';
import type { RegionStore } from './probes/store.ts';
import type { ResultStore } from './results/store.ts';

/** How much one organisation may have and ask for. */
export type ModuleLimits = Readonly<{
  monitorsPerOrganisation: number;
  channelsPerOrganisation: number;
  /** Event streams that are open at once in one process. */
  streamsPerOrganisation: number;
  /** The longest that one read of the response log may take; whoever asks for more must not hold the others' connections. */
  logReadMs: number;
}>;
export const defaultModuleLimits: ModuleLimits = {
  monitorsPerOrganisation: 1_000,
  channelsPerOrganisation: 100,
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
  channels: ChannelStore;
  deliveries: DeliveryStore;
  regions: RegionStore;
  events: EventStore;
  hub: EventHub;
  asker: Pick<Asker, 'ask'>;
  /** Where deliveries that are due are sent to. */
  deliveryQueue: Pick<Producer<typeof deliveries.payload>, 'send'>;
  alerts: Readonly<{
    /** Writes the pending delivery of a test message and answers its id. */
    planTest: (tx: Sql, channel: ChannelRow, now: number) => Promise<string>;
  }>;
  dialRules: DialRules;
  limits: ModuleLimits;
}>;
