/**
 * Where a piece of news stands in the story that a channel hears about one monitor: lower is told first, equals in the
 * order they were planned.
 */
export const rankOf = (event: string): number => {
  switch (event) {
    case 'incident.opened':
      return 0;
    case 'incident.resolved':
      return 90;
    default:
      return 50;
  }
};

/** Who hears: a person who reads, one who is called, or a program that counts on every event. */
export type Listener = 'reader' | 'called' | 'program';

/** Who hears by a channel of this kind. */
export const listenerOf = (kind: string): Listener => {
  switch (kind) {
    case 'webhook':
      return 'program';
    case 'voice':
      return 'called';
    default:
      return 'reader';
  }
};

/** Unsent news of an incident whose turn it is, and what has become of the incident meanwhile. */
export type UnsentNews = Readonly<{
  event: string;
  listener: Listener;
  /** Null = it is still open. */
  ended: 'recovered' | 'paused' | null;
  /** The recovery waits to be told to this channel too. */
  recoveryWaits: boolean;
}>;

/**
 * Whether unsent news is still news. An opening that is told when all is over already leaves its place to the recovery,
 * which says both: when it began and when it ended. Nobody is called about what is over, or told that something is down
 * that nobody watches any more. A program hears every event, in order, however late.
 */
export const isOvertaken = ({ event, listener, ended, recoveryWaits }: UnsentNews): boolean => {
  if (ended === null || listener === 'program' || !event.startsWith('incident.')) return false;
  switch (event) {
    case 'incident.resolved':
      return false;
    case 'incident.opened':
      return listener === 'called' || ended === 'paused' || recoveryWaits;
    default:
      return true;
  }
};

/** Unsent news that is none any more once its incident is over. */
export const staleWhenOver = ['incident.escalated', 'incident.reminder', 'incident.acknowledged'] as const;
/** Unsent news that is none any more once somebody has it, or wants no word of it for now; the second only of calls. */
export const staleWhenTaken = ['incident.escalated'] as const;
export const callsStaleWhenTaken = ['incident.opened', 'incident.reminder'] as const;

/** Whether unsent news to this listener is none any more by what has just become of its incident. */
export const isStale = (event: string, listener: Listener, by: 'over' | 'taken'): boolean => {
  const isOf = (events: readonly string[]): boolean => events.includes(event);
  if (by === 'over') return isOf(staleWhenOver);
  return isOf(staleWhenTaken) || (listener === 'called' && isOf(callsStaleWhenTaken));
};

/** A call is worth its ring while something is down; what has been settled can be read in the morning. */
export const hearsOnlyTrouble = (listener: Listener): boolean => listener === 'called';
