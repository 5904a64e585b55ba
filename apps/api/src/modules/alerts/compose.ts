import type { Message } from '@farwatch/notifiers';
import type { Config } from '../../config.ts';
import type { Db, Sql } from '../../db.ts';
import type { TellDiagnosis } from '../diagnosis/tell.ts';
import { findIncident, findIncidents } from '../incidents/find.ts';
import type { IncidentStore } from '../incidents/store.ts';
import { type IncidentRow, spanView } from '../incidents/view.ts';
import type { Parcel } from './claim.ts';
import {
  AcknowledgedDetail,
  BrokenDetail,
  CertificateDetail,
  detailReader,
  EscalatedDetail,
  FlappingDetail,
  HeldBackDetail,
  ReportDetail,
  StoppedDetail,
} from './detail.ts';
import type { IncidentEvent } from './incident-words.ts';
import { type Content, type Envelope, type IncidentNews, incidentContent, seal } from './message.ts';
import {
  brokenContent,
  certificateContent,
  flappingContent,
  heldBackContent,
  reportContent,
  stoppedContent,
  testContent,
} from './notice-message.ts';
import { type Item, severalContent } from './several-message.ts';
import { type Claimed, firstReceipt } from './store.ts';

export type ComposeDeps = Readonly<{
  db: Pick<Db, 'sql'>;
  incidents: Pick<IncidentStore, 'spans'>;
  config: Pick<Config, 'publicUrl' | 'secret'>;
  diagnosisOf: TellDiagnosis;
}>;

const readAcknowledged = detailReader(AcknowledgedDetail);
const readEscalated = detailReader(EscalatedDetail);
const readCertificate = detailReader(CertificateDetail);
const readStopped = detailReader(StoppedDetail);
const readFlapping = detailReader(FlappingDetail);
const readBroken = detailReader(BrokenDetail);
const readHeldBack = detailReader(HeldBackDetail);
const readReport = detailReader(ReportDetail);

const newsOf = async (
  { db, incidents, diagnosisOf }: ComposeDeps,
  { event, incidentId, detail, createdAt }: Claimed & { event: IncidentEvent },
): Promise<IncidentNews | null> => {
  const incident = incidentId === null ? null : await findIncident(db.sql, incidentId);
  if (incident === null) return null;
  const spans = event === 'incident.resolved' ? await incidents.spans(db.sql, incident) : [];
  const acknowledged = event === 'incident.acknowledged' ? readAcknowledged(detail) : null;
  const { round, step } = event === 'incident.escalated' ? readEscalated(detail) : { round: 0, step: 0 };
  return {
    event,
    incident,
    spans: spans.map((span) => spanView(span, incident)),
    // As it was when the news was planned: every attempt says the same.
    diagnosis: await diagnosisOf(incident.id, createdAt),
    by: acknowledged?.by ?? null,
    round,
    step,
    now: acknowledged === null ? createdAt : new Date(acknowledged.at),
  };
};

const isIncidentEvent = (claimed: Claimed): claimed is Claimed & { event: IncidentEvent } =>
  claimed.event.startsWith('incident.');

/** Null: what it is about was deleted. */
const contentOf = async (deps: ComposeDeps, claimed: Claimed, envelope: Envelope): Promise<Content | null> => {
  if (isIncidentEvent(claimed)) {
    const news = await newsOf(deps, claimed);
    return news === null ? null : incidentContent(news, envelope);
  }
  switch (claimed.event) {
    case 'certificate.expiring':
      return certificateContent(readCertificate(claimed.detail), claimed.monitorId ?? '', envelope);
    case 'monitoring.stopped':
    case 'monitoring.resumed':
      return stoppedContent(claimed.event, readStopped(claimed.detail), envelope);
    case 'monitor.flapping':
    case 'monitor.calm':
      return flappingContent(claimed.event, claimed.monitorId ?? '', readFlapping(claimed.detail), envelope);
    case 'channel.broken':
      return brokenContent(readBroken(claimed.detail), envelope);
    case 'channel.held-back':
      return heldBackContent(readHeldBack(claimed.detail), envelope);
    case 'report.weekly':
      return reportContent(readReport(claimed.detail), envelope);
    case 'channel.test':
      return testContent(envelope);
    default:
      throw new Error(`contentOf: no message for ${claimed.event}`);
  }
};

const itemOf = async (
  deps: ComposeDeps,
  claimed: Claimed,
  envelope: Envelope,
  incidents: ReadonlyMap<string, IncidentRow>,
): Promise<Item | null> => {
  if (isIncidentEvent(claimed) && claimed.event !== 'incident.acknowledged') {
    const incident = claimed.incidentId === null ? undefined : incidents.get(claimed.incidentId);
    if (incident === undefined) return null;
    return { tone: claimed.event === 'incident.resolved' ? 'up' : 'down', incident, text: '' };
  }
  const content = await contentOf(deps, claimed, envelope);
  return content === null ? null : { tone: 'other', incident: null, text: content.heading };
};

const envelopeOf = ({ config }: ComposeDeps, { channel, deliveries: [lead] }: Parcel): Envelope => ({
  deliveryId: lead.deliveryId,
  createdAt: lead.createdAt,
  channel: { ...channel, id: lead.channelId },
  publicUrl: config.publicUrl,
  secret: config.secret,
});

/** What later news about one incident refer to; a message that told of others too is answered and never changed. */
const inThread = async (
  sql: Sql,
  { channelId, incidentId, event, kind }: Claimed,
  message: Message,
): Promise<Message> => {
  const isFirst = event === 'incident.opened' || kind === 'webhook' || kind === 'sms' || kind === 'voice';
  const first =
    channelId === null || incidentId === null || isFirst ? null : await firstReceipt(sql, channelId, incidentId);
  if (first === null) return { ...message, amendsFirst: false };
  return { ...message, previous: first.receipt, amendsFirst: message.amendsFirst && !first.shared };
};

/** Of several news about one incident the last says all: it is counted once. What was acknowledged is its own news. */
const onePerIncident = (deliveries: readonly Claimed[]): readonly Claimed[] => {
  const isState = ({ event }: Claimed): boolean => event !== 'incident.acknowledged' && event.startsWith('incident.');
  const last = new Map(deliveries.filter(isState).map((one) => [one.incidentId, one]));
  return deliveries.filter((one) => !isState(one) || last.get(one.incidentId) === one);
};

/** The message of a parcel; null when all it was about has been deleted meanwhile. */
export const compose = async (deps: ComposeDeps, parcel: Parcel): Promise<Message | null> => {
  const envelope = envelopeOf(deps, parcel);
  const [lead, ...others] = parcel.deliveries;
  if (others.length === 0) {
    const content = await contentOf(deps, lead, envelope);
    return content === null ? null : inThread(deps.db.sql, lead, seal(content, envelope));
  }
  const ids = parcel.deliveries.flatMap(({ incidentId }) => incidentId ?? []);
  const incidents = await findIncidents(deps.db.sql, ids);
  const items: Item[] = [];
  for (const claimed of onePerIncident(parcel.deliveries)) {
    const item = await itemOf(deps, claimed, envelope, incidents);
    if (item !== null) items.push(item);
  }
  if (items.length === 0) return null;
  return seal(severalContent(items, envelope), envelope);
};
