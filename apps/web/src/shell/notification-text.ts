import { explain } from '@farwatch/domain';
import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import type { LiveEvent } from '../api/dial.ts';
import { durationText } from '../ui/duration.tsx';
import { instantText } from '../ui/instant.tsx';

type IncidentEvent = Extract<LiveEvent, { type: 'incident.opened' | 'incident.resolved' }>;
type Incident = IncidentEvent['data'];
/** What a notification says; an incident's second one takes the first one's place. */
export type Told = Readonly<{ title: string; body: string; tag: string; url: string }>;

/** Since when, why and where from an incident was seen, in the reader's zone. */
export const openedText = (
  { startedAt, cause, regions }: Pick<Incident, 'startedAt' | 'cause' | 'regions'>,
  zone: string,
): string => {
  const [since, why] = [instantText(startedAt, zone), explain(cause)];
  if (regions.length === 0) return t`Since ${since}: ${why}.`;
  const where = new Intl.ListFormat(i18n.locale).format(regions);
  return t`Since ${since}: ${why}, seen from ${where}.`;
};

/** How it ended: it is not always that the site is up again. */
const endOf = ({ monitorName, startedAt, resolvedAt, durationMs, endReason }: Incident, zone: string) => {
  if (endReason === 'withdrawn')
    return { title: t`${monitorName} was not down`, line: t`Later looks took back what looked so.` };
  const [from, until] = [instantText(startedAt, zone), instantText(resolvedAt ?? startedAt, zone)];
  const line = t`It was down for ${durationText(durationMs ?? 0)}, ${from} – ${until}.`;
  return { title: endReason === 'paused' ? t`${monitorName} is paused` : t`${monitorName} is up again`, line };
};

/** What of an event is told, with the times of the reader's zone. */
export const notificationOf = ({ type, data }: IncidentEvent, zone: string): Told => {
  const place = { tag: `incident ${data.id}`, url: `/incidents/${data.id}` };
  const { title, line } =
    type === 'incident.opened'
      ? { title: t`${data.monitorName} is down`, line: openedText(data, zone) }
      : endOf(data, zone);
  return { ...place, title, body: `${line}\n${data.url}` };
};
