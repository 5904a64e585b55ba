import type { ChannelKind, DiagnosisBrief, SpanView, WebhookBody } from '@farwatch/contracts';
import { explain } from '@farwatch/domain';
import { cut, type Fact, type Message, oneLine } from '@farwatch/notifiers';
import { type IncidentRow, incidentView, lengthText, wordList } from '../incidents/view.ts';
import { linkUrl, signLink } from '../links/token.ts';
import { diagnosisLines } from './diagnosis-words.ts';
import { type By, type IncidentEvent, long, nameIn, wordsOf } from './incident-words.ts';
import { momentText } from './moment.ts';
import { texts } from './texts.ts';

/** What is said, and to whom: the same for every attempt of a delivery. */
export type Envelope = Readonly<{
  /** The delivery whose id the message carries. */
  deliveryId: string;
  createdAt: Date;
  channel: Readonly<{ id: string | null; kind: ChannelKind; name: string; target: string; timeZone: string }>;
  publicUrl: string;
  /** Signs the links. */
  secret: string;
}>;

/** The part of a message that its event decides. */
export type Content = Readonly<
  Pick<
    Message,
    'mood' | 'subject' | 'heading' | 'lines' | 'facts' | 'link' | 'threadId' | 'amendsFirst' | 'brief' | 'spoken'
  > & {
    body: WebhookBody | object;
    acknowledgeable: boolean;
    footer?: string;
  }
>;

/** More spans than this are counted, not listed. */
const maxSpans = 10;

/** One press in the mail program ends it, without a page (RFC 8058). */
const unsubscribeUrl = ({ channel: { id, kind, target }, publicUrl, secret }: Envelope): string | null =>
  kind === 'email' && id !== null
    ? `${publicUrl}/v1/unsubscribe/${signLink(secret, { purpose: 'unsubscribe', channelId: id, target })}`
    : null;

/** Content with what every message has: ids, links that are signed, and lengths that are kept. */
export const seal = (content: Content, envelope: Envelope): Message => {
  const { deliveryId, publicUrl, secret } = envelope;
  const { acknowledgeable, footer = texts.footer, body, ...rest } = content;
  const acknowledgeUrl = linkUrl(publicUrl, secret, {
    purpose: 'acknowledge',
    deliveryId,
    target: envelope.channel.target,
  });
  return {
    ...rest,
    id: deliveryId,
    subject: cut(oneLine(content.subject), 200),
    brief: cut(oneLine(content.brief), 200),
    acknowledge: acknowledgeable ? { text: texts.acknowledge, url: acknowledgeUrl } : null,
    unsubscribeUrl: unsubscribeUrl(envelope),
    previous: null,
    footer,
    body,
  };
};

const spanLines = (spans: readonly SpanView[], resolvedAt: Date): readonly string[] => {
  const lines = spans
    .slice(0, maxSpans)
    .map(({ code, region, startedAt, endedAt }) =>
      texts.span(long(code), region, startedAt, endedAt ?? resolvedAt.toISOString()),
    );
  return spans.length > maxSpans ? [...lines, texts.more(spans.length - maxSpans)] : lines;
};

const factsOf = (incident: IncidentRow, spans: readonly SpanView[], zone: string): readonly Fact[] => {
  const { startedAt, resolvedAt, regions, cause, acknowledgedBy, partOf } = incident;
  const end: readonly Fact[] =
    resolvedAt === null
      ? []
      : [
          [texts.facts.until, momentText(resolvedAt, zone)],
          [texts.facts.length, lengthText(resolvedAt.getTime() - startedAt.getTime())],
        ];
  return [
    [texts.facts.monitor, nameIn(incident.monitorName)],
    [texts.facts.url, incident.url],
    [texts.facts.since, momentText(startedAt, zone)],
    ...end,
    [texts.facts.regions, wordList(regions) || texts.noRegion],
    [texts.facts.failure, long(explain(cause))],
    ...(partOf === null ? [] : ([[texts.facts.partOf, texts.partOf(nameIn(partOf.name), partOf.shared)]] as const)),
    ...(acknowledgedBy === null ? [] : ([[texts.facts.has, nameIn(acknowledgedBy.name)]] as const)),
    ...(resolvedAt === null || spans.length === 0
      ? []
      : ([[texts.facts.spans, spanLines(spans, resolvedAt)]] as const)),
  ];
};

/** An incident's news with what only this event knows. */
export type IncidentNews = Readonly<{
  event: IncidentEvent;
  incident: IncidentRow;
  spans: readonly SpanView[];
  /** Who broke it and why; null = it can't be said. */
  diagnosis: DiagnosisBrief | null;
  by: By | null;
  round: number;
  step: number;
  now: Date;
}>;

const bodyOf = (
  { event, incident, diagnosis, by, round, step }: IncidentNews,
  createdAt: Date,
  incidentUrl: string,
): WebhookBody => {
  const timestamp = createdAt.toISOString();
  const data = { incident: incidentView(incident), incidentUrl, ...(diagnosis === null ? {} : { diagnosis }) };
  switch (event) {
    case 'incident.escalated':
      return { type: event, timestamp, data: { ...data, round, step } };
    case 'incident.acknowledged':
      return { type: event, timestamp, data: { ...data, acknowledgedBy: by ?? { name: '', via: '' } } };
    case 'incident.opened':
    case 'incident.reminder':
    case 'incident.resolved':
      return { type: event, timestamp, data };
  }
};

/** What was so when it happened, however late it goes out: every attempt is the same message. */
const asItWas = (news: IncidentNews): IncidentNews =>
  news.event === 'incident.resolved'
    ? news
    : {
        ...news,
        incident: {
          ...news.incident,
          resolvedAt: null,
          endReason: null,
          ...(news.event === 'incident.opened' ? { acknowledgedAt: null, acknowledgedBy: null } : {}),
        },
      };

/** One incident's news, complete. */
export const incidentContent = (told: IncidentNews, { channel, createdAt, publicUrl }: Envelope): Content => {
  const news = asItWas(told);
  const { event, incident, spans, diagnosis } = news;
  const words = wordsOf(event, { ...news, zone: channel.timeZone });
  const url = `${publicUrl}/incidents/${incident.id}`;
  return {
    mood: words.mood,
    subject: words.subject,
    heading: words.heading,
    lines: [words.line, ...diagnosisLines(event, diagnosis, channel.kind)],
    facts: factsOf(incident, event === 'incident.resolved' ? spans : [], channel.timeZone),
    link: { text: texts.incidentLink, url },
    acknowledgeable: words.mood === 'down' && incident.acknowledgedAt === null,
    threadId: `incident.${incident.id}`,
    amendsFirst: event === 'incident.acknowledged' || event === 'incident.resolved',
    brief: words.brief,
    spoken: words.spoken,
    body: bodyOf(news, createdAt, url),
  };
};
