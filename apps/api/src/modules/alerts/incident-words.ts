import type { AlertEvent, DiagnosisBrief } from '@farwatch/contracts';
import { explain } from '@farwatch/domain';
import { cut, type Mood, oneLine } from '@farwatch/notifiers';
import { type IncidentRow, lengthText, wordList } from '../incidents/view.ts';
import { withCause } from './diagnosis-words.ts';
import { momentText, spokenTime, timeText } from './moment.ts';
import { texts } from './texts.ts';

/** Events that are about one incident. */
export type IncidentEvent = Extract<AlertEvent, `incident.${string}`>;
export type By = Readonly<{ name: string; via: string }>;

/** The sentences of one piece of news. */
export type Words = Readonly<{
  mood: Mood;
  subject: string;
  heading: string;
  line: string;
  brief: string;
  spoken: string;
}>;

/** Names in a message: one line, not longer than people read. */
export const nameIn = (text: string): string => cut(oneLine(text), 120) || texts.noName;
/** What a site answered, as far as people read it. */
export const long = (text: string): string => cut(oneLine(text), 500);

type Told = Readonly<{
  incident: IncidentRow;
  diagnosis: DiagnosisBrief | null;
  by: By | null;
  now: Date;
  zone: string;
}>;

/** The parts that sentences are made of. */
const partsOf = ({ incident, now, zone }: Told) => {
  const { startedAt, resolvedAt, cause, regions, acknowledgedBy } = incident;
  const name = nameIn(incident.monitorName);
  const reason = cut(oneLine(explain(cause)), 60);
  const seen = regions.length === 0 ? '' : texts.seen(wordList(regions));
  const ended = resolvedAt ?? now;
  const from = momentText(startedAt, zone);
  return {
    ...{ name, reason, seen, from, zone },
    since: timeText(startedAt, zone),
    cause: long(explain(cause)),
    to: momentText(ended, zone),
    length: lengthText(ended.getTime() - startedAt.getTime()),
    line: texts.opened.line(name, from, long(explain(cause)), seen),
    spoken: texts.opened.spoken(name, spokenTime(startedAt, zone), reason),
    holder: acknowledgedBy === null ? null : nameIn(acknowledgedBy.name),
  };
};
type Parts = ReturnType<typeof partsOf>;

const opened = ({ name, reason, since, line, spoken }: Parts): Words => ({
  ...{ mood: 'down', line, spoken },
  subject: texts.opened.subject(name, reason),
  heading: texts.opened.heading(name),
  brief: texts.opened.brief(name, since, reason),
});

const escalated = ({ name, reason, since, line, spoken }: Parts): Words => ({
  ...{ mood: 'down', line },
  subject: texts.escalated.subject(name, reason),
  heading: texts.escalated.heading(name),
  brief: texts.escalated.brief(name, since, reason),
  spoken: `${spoken} ${texts.escalated.nobody}`,
});

const reminded = ({ name, reason, since, line, length, spoken, holder }: Parts): Words => ({
  ...{ mood: 'down', spoken },
  subject: texts.reminder.subject(name, length),
  heading: texts.reminder.heading(name),
  line: holder === null ? line : `${line} ${texts.reminder.has(holder)}`,
  brief: texts.reminder.brief(name, since, reason),
});

const acknowledged = ({ name, spoken, zone }: Parts, { by, now }: Told): Words => {
  const who = nameIn(by?.name ?? '');
  return {
    ...{ mood: 'info', spoken },
    subject: texts.acknowledged.subject(name, who),
    heading: texts.acknowledged.heading(name, who),
    line: texts.acknowledged.line(who, momentText(now, zone), by?.via ?? ''),
    brief: texts.acknowledged.brief(name, who),
  };
};

const resolved = ({ name, length, from, to, cause, seen, spoken }: Parts, { incident }: Told): Words => ({
  ...{ mood: 'up', spoken },
  subject: texts.resolved.subject(name, length),
  heading: texts.resolved.heading(name),
  line:
    incident.endReason === 'paused'
      ? texts.resolved.paused(name, length, from, cause)
      : texts.resolved.line(name, length, from, to, cause, seen),
  brief: texts.resolved.brief(name, length),
});

/** What is said of an incident, in the listener's zone. `now`: the moment the news is of (its length is counted to it). */
export const wordsOf = (event: IncidentEvent, told: Told): Words => {
  const parts = partsOf(told);
  switch (event) {
    case 'incident.opened':
      return withCause(opened(parts), told.diagnosis);
    case 'incident.escalated':
      return withCause(escalated(parts), told.diagnosis);
    case 'incident.reminder':
      return reminded(parts);
    case 'incident.acknowledged':
      return acknowledged(parts, told);
    case 'incident.resolved':
      return resolved(parts, told);
  }
};
