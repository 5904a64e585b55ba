import type { WebhookType } from '@farwatch/contracts';
import { lengthText, wordList } from '../incidents/view.ts';
import type {
  BrokenDetail,
  CertificateDetail,
  FlappingDetail,
  HeldBackDetail,
  ReportDetail,
  StoppedDetail,
} from './detail.ts';
import { nameIn } from './incident-words.ts';
import type { Content, Envelope } from './message.ts';
import { dateText, momentText } from './moment.ts';
import { texts } from './texts.ts';

// Messages that are about no incident.

type Simple = Readonly<{
  mood: Content['mood'];
  subject: string;
  heading: string;
  lines: readonly string[];
  facts?: Content['facts'];
  link: Content['link'];
  body: object;
  footer?: string;
}>;

const plain = ({ facts = [], footer, ...rest }: Simple): Content => ({
  ...rest,
  facts,
  threadId: null,
  amendsFirst: false,
  acknowledgeable: false,
  brief: `${rest.heading}.`,
  spoken: `${rest.heading}. ${rest.lines[0] ?? ''}`,
  ...(footer === undefined ? {} : { footer }),
});

const bodyOf = (type: WebhookType | 'channel.held-back' | 'report.weekly', { createdAt }: Envelope, data: object) => ({
  type,
  timestamp: createdAt.toISOString(),
  data,
});

export const testContent = (envelope: Envelope): Content => {
  const line = texts.test.line(nameIn(envelope.channel.name));
  return plain({
    mood: 'info',
    subject: texts.test.subject(nameIn(envelope.channel.name)),
    heading: texts.test.heading,
    lines: [line],
    link: { text: texts.test.link, url: `${envelope.publicUrl}/` },
    body: bodyOf('channel.test', envelope, { message: line }),
  });
};

export const certificateContent = (detail: CertificateDetail, monitorId: string, envelope: Envelope): Content => {
  const name = nameIn(detail.monitorName);
  const left = texts.certificate.left(detail.daysLeft);
  const ends = new Date(detail.endsAt);
  const at = momentText(ends, envelope.channel.timeZone);
  const { url, daysLeft } = detail;
  return plain({
    mood: detail.daysLeft < 3 ? 'down' : 'degraded',
    subject: texts.certificate.subject(name, left),
    heading: texts.certificate.heading(name, left),
    lines: [texts.certificate.line(left, at)],
    facts: [
      [texts.facts.monitor, name],
      [texts.facts.url, url],
      [texts.facts.expires, at],
    ],
    link: { text: texts.monitorLink, url: `${envelope.publicUrl}/monitors/${monitorId}` },
    body: bodyOf('certificate.expiring', envelope, {
      monitorId,
      monitorName: detail.monitorName,
      url,
      expiresAt: ends.toISOString(),
      daysLeft,
    }),
  });
};

export const stoppedContent = (
  event: 'monitoring.stopped' | 'monitoring.resumed',
  detail: StoppedDetail,
  envelope: Envelope,
): Content => {
  const { regions, monitors, since, silent } = detail;
  const names = silent === undefined ? null : wordList(silent.map(nameIn));
  const began = momentText(new Date(since), envelope.channel.timeZone);
  const stopped = event === 'monitoring.stopped';
  const ofMonitors = (them: string): string =>
    stopped ? texts.silent.line(monitors, them, began) : texts.silent.resumed(them, began);
  const ofRegions = stopped
    ? texts.stopped.line(monitors, wordList(regions), began)
    : texts.resumed.line(wordList(regions), began);
  return plain({
    mood: stopped ? 'degraded' : 'up',
    subject: stopped ? texts.stopped.subject(monitors) : texts.resumed.subject(monitors),
    heading: stopped ? texts.stopped.heading : texts.resumed.heading,
    lines: [names === null ? ofRegions : ofMonitors(names)],
    link: { text: texts.test.link, url: `${envelope.publicUrl}/` },
    body: bodyOf(event, envelope, { regions, monitors, since: new Date(since).toISOString() }),
  });
};

export const flappingContent = (
  event: 'monitor.flapping' | 'monitor.calm',
  monitorId: string,
  detail: FlappingDetail,
  envelope: Envelope,
): Content => {
  const flaps = event === 'monitor.flapping';
  const { monitorName, url, since } = detail;
  const name = nameIn(monitorName);
  const words = flaps ? texts.flapping : texts.calm;
  return plain({
    mood: flaps ? 'degraded' : 'up',
    subject: words.subject(name),
    heading: words.heading(name),
    lines: [words.line(name, momentText(new Date(since), envelope.channel.timeZone))],
    link: { text: texts.test.link, url: `${envelope.publicUrl}/monitors/${monitorId}` },
    body: bodyOf(event, envelope, { monitorId, monitorName, url, since: new Date(since).toISOString() }),
  });
};

export const brokenContent = (detail: BrokenDetail, envelope: Envelope): Content => {
  const name = nameIn(detail.channelName);
  const { channelId, channelName, reason, missed } = detail;
  return plain({
    mood: 'degraded',
    subject: texts.broken.subject(name),
    heading: texts.broken.heading(name),
    lines: [texts.broken.line(name, reason)],
    facts: missed.length === 0 ? [] : [[texts.broken.missed, missed]],
    link: { text: texts.alertingLink, url: `${envelope.publicUrl}/alerting` },
    body: bodyOf('channel.broken', envelope, { channelId, channelName, reason }),
  });
};

export const heldBackContent = (detail: HeldBackDetail, envelope: Envelope): Content => {
  const more = detail.count - detail.items.length;
  return plain({
    mood: 'degraded',
    subject: texts.heldBack.subject(detail.count),
    heading: texts.heldBack.heading,
    lines: [texts.heldBack.line(detail.cap, momentText(new Date(detail.until), envelope.channel.timeZone))],
    facts: [[texts.heldBack.list, more > 0 ? [...detail.items, texts.more(more)] : detail.items]],
    link: { text: texts.incidentsLink, url: `${envelope.publicUrl}/incidents` },
    body: bodyOf('channel.held-back', envelope, { count: detail.count, until: new Date(detail.until).toISOString() }),
  });
};

/** `99.982 %`; never 100 % when something was down. */
const percent = (share: number): string =>
  `${(Math.floor(share * 100_000) / 1_000).toFixed(3).replace(/\.?0+$/u, '')} %`;

export const reportContent = (detail: ReportDetail, envelope: Envelope): Content => {
  const { timeZone } = envelope.channel;
  const uptime = percent(detail.uptime);
  const day = (at: number): string => dateText(new Date(at), timeZone);
  const { from, until, monitors, incidents, worst } = detail;
  return plain({
    mood: incidents === 0 ? 'up' : 'info',
    subject: texts.report.subject(day(from), day(until - 1), uptime),
    heading: texts.report.heading(nameIn(detail.organisation)),
    lines: [texts.report.line(monitors, incidents, uptime), ...(worst.length === 0 ? [texts.report.none] : [])],
    facts:
      worst.length === 0
        ? []
        : [[texts.report.worst, worst.map(({ name, downMs }) => `${nameIn(name)}: ${lengthText(downMs)}`)]],
    link: { text: texts.report.link, url: `${envelope.publicUrl}/incidents` },
    footer: texts.report.footer,
    body: bodyOf('report.weekly', envelope, detail),
  });
};
