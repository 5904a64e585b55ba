/** What a channel may hear about one incident, in the order it must hear it. */
export const incidentEvents = [
  'incident.opened',
  'incident.escalated',
  'incident.reminder',
  'incident.acknowledged',
  'incident.resolved',
] as const;
export type IncidentEvent = (typeof incidentEvents)[number];

/** Lower is told first. */
export const rankOf = (event: IncidentEvent): number => incidentEvents.indexOf(event);

/**
 * How the opening of an incident ended at a channel. `heard`: it was told; `heard-as-both`: it was told together with
 * the recovery; `dead`: it was given up, whether or not an attempt got through unseen.
 */
export type OpeningFate = 'never-planned' | 'heard' | 'heard-as-both' | 'dead';

/** Something about an incident whose turn it is at a channel. A recovery's turn comes once its opening has ended. */
export type IncidentNews =
  | Readonly<{
      event: 'incident.opened';
      incidentResolved: boolean;
      /** What an earlier attempt may have got through with, unseen. */
      maybeHeard: 'nothing' | 'down' | 'both';
    }>
  | Readonly<{
      event: 'incident.escalated' | 'incident.reminder' | 'incident.acknowledged';
      incidentResolved: boolean;
    }>
  | Readonly<{ event: 'incident.resolved'; opening: OpeningFate }>;

/** `both`: one message that says it was down and is up again. */
export type Merge = 'as-is' | 'both' | 'drop';

const recoveries: Readonly<Record<OpeningFate, Merge>> = {
  'never-planned': 'drop',
  heard: 'as-is',
  'heard-as-both': 'drop',
  dead: 'both',
};

/**
 * How unsent news is told: never a recovery before its down, never a down after its recovery. An opening that may have
 * been heard is repeated in the same words, whatever has happened since: under its id a receiver takes it for a repeat
 * and would miss a recovery added to it, and a plain down after both would be one after its recovery.
 */
export const mergeOf = (news: IncidentNews): Merge => {
  switch (news.event) {
    case 'incident.opened':
      if (news.maybeHeard !== 'nothing') return news.maybeHeard === 'both' ? 'both' : 'as-is';
      return news.incidentResolved ? 'both' : 'as-is';
    case 'incident.escalated':
    case 'incident.reminder':
    case 'incident.acknowledged':
      return news.incidentResolved ? 'drop' : 'as-is';
    case 'incident.resolved':
      return recoveries[news.opening];
  }
};
