import type { SpanView, WebhookBody } from '@farwatch/contracts';
import { explain } from '@farwatch/domain';
import { cut, type Letter, type Message, oneLine, renderLetter } from '@farwatch/notifiers';
import { type IncidentRow, incidentView, lengthText, wordList } from '../incidents/view.ts';
import { texts } from './texts.ts';

/** What people must hear. */
export type Alert =
  | Readonly<{ event: 'incident.opened'; incident: IncidentRow }>
  | Readonly<{ event: 'incident.resolved'; incident: IncidentRow; spans: readonly SpanView[] }>
  | Readonly<{ event: 'channel.test'; channelName: string }>;

export type AlertFacts = Readonly<{ deliveryId: string; createdAt: Date; alert: Alert; publicUrl: string }>;

/** More spans than this are counted, not listed. */
const maxSpans = 10;
const nameIn = (text: string): string => cut(oneLine(text), 120);
const long = (text: string): string => cut(oneLine(text), 500);

const days = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
/** `Mon, 23 Nov 2026, 14:02:07 UTC (2026-11-23T14:02:07.120Z)`: for people, and exact. */
export const momentText = (at: Date): string =>
  `${days.format(at)}, ${at.toISOString().slice(11, 19)} UTC (${at.toISOString()})`;

const spanLines = (spans: readonly SpanView[], resolvedAt: Date): readonly string[] => {
  const lines = spans
    .slice(0, maxSpans)
    .map(({ code, region, startedAt, endedAt }) =>
      texts.span(long(code), region, startedAt, endedAt ?? resolvedAt.toISOString()),
    );
  return spans.length > maxSpans ? [...lines, texts.more(spans.length - maxSpans)] : lines;
};

type Facts = Letter['facts'];
const incidentFacts = (incident: IncidentRow, spans: readonly SpanView[]): Facts => {
  const { startedAt, resolvedAt, regions, cause } = incident;
  const before: Facts = [
    [texts.facts.monitor, nameIn(incident.monitorName)],
    [texts.facts.url, incident.url],
    [texts.facts.since, momentText(startedAt)],
  ];
  const end: Facts =
    resolvedAt === null
      ? []
      : [
          [texts.facts.until, momentText(resolvedAt)],
          [texts.facts.length, lengthText(resolvedAt.getTime() - startedAt.getTime())],
        ];
  const seen: Facts = [
    [texts.facts.regions, wordList(regions) || texts.noRegion],
    [texts.facts.failure, long(explain(cause))],
  ];
  const answers: Facts =
    resolvedAt === null || spans.length === 0 ? [] : [[texts.facts.spans, spanLines(spans, resolvedAt)]];
  return [...before, ...end, ...seen, ...answers];
};

type Built = Readonly<{ subject: string; letter: Letter; threadId: string | null; body: WebhookBody }>;

const aboutIncident = (
  { createdAt, publicUrl }: AlertFacts,
  event: 'incident.opened' | 'incident.resolved',
  incident: IncidentRow,
  spans: readonly SpanView[],
): Built => {
  const name = nameIn(incident.monitorName);
  const view = incidentView(incident);
  const url = `${publicUrl}/incidents/${incident.id}`;
  const length = lengthText(view.durationMs ?? 0);
  const opened = event === 'incident.opened';
  return {
    subject: opened
      ? texts.opened.subject(name, cut(oneLine(explain(incident.cause)), 60))
      : texts.resolved.subject(name, length),
    letter: {
      heading: opened ? texts.opened.heading(name) : texts.resolved.heading(name),
      lines: [view.summary],
      facts: incidentFacts(incident, spans),
      link: { text: texts.incidentLink, url },
      footer: texts.footer,
      tone: opened ? 'bad' : 'good',
    },
    threadId: `incident.${incident.id}`,
    body: { type: event, timestamp: createdAt.toISOString(), data: { incident: view, incidentUrl: url } },
  };
};

const aboutTest = ({ createdAt, publicUrl }: AlertFacts, channelName: string): Built => {
  const line = texts.test.line(nameIn(channelName));
  return {
    subject: texts.test.subject(nameIn(channelName)),
    letter: {
      heading: texts.test.heading,
      lines: [line],
      facts: [],
      link: { text: texts.test.link, url: `${publicUrl}/` },
      footer: texts.footer,
      tone: 'plain',
    },
    threadId: null,
    body: { type: 'channel.test', timestamp: createdAt.toISOString(), data: { message: line } },
  };
};

const build = (facts: AlertFacts): Built => {
  const { alert } = facts;
  switch (alert.event) {
    case 'incident.opened':
      // It says what was so when it was opened, however late it goes out: every attempt is the same message.
      return aboutIncident(facts, alert.event, { ...alert.incident, resolvedAt: null, endReason: null }, []);
    case 'incident.resolved':
      return aboutIncident(facts, alert.event, alert.incident, alert.spans);
    case 'channel.test':
      return aboutTest(facts, alert.channelName);
  }
};

/** One alert in all its forms, the same for every channel; each notifier takes what it can carry. */
export const alertMessage = (facts: AlertFacts): Message => {
  const { subject, letter, threadId, body } = build(facts);
  return { id: facts.deliveryId, subject, ...renderLetter(letter), threadId, body };
};
