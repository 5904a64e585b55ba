import type { IncidentView, MonitorStatus } from '@farwatch/contracts';

const oneOf =
  <T extends string>(words: readonly T[]) =>
  (value: unknown): T | undefined =>
    words.find((word) => word === value);

/** Words out of the URL; whatever else stands there means nothing. */
export const monitorStatusOf = oneOf<MonitorStatus>([
  'pending',
  'up',
  'degraded',
  'down',
  'unknown',
  'paused',
  'maintenance',
  'flapping',
]);
export const incidentStatusOf = oneOf<IncidentView['status']>(['open', 'resolved']);
/** The first tab is the page itself. */
export const tabOf = oneOf(['escalation', 'on-call', 'deliveries']);
export const settingsTabOf = oneOf(['security', 'organisation']);
/** Something of ours by its id, a copy of it, or a new one. */
export const editOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^(new|(copy-)?[0-9a-f-]{36})$/u.test(value) ? value : undefined;

/** A day or month of the calendar. Its library comes with the pages that draw one: whether the day exists they see. */
export const monthOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^20\d\d-(0[1-9]|1[0-2])$/u.test(value) ? value : undefined;

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Only a path of our own: a foreign address in `next` would make the log-in page a springboard. */
export const ownPathOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\/(?![/\\])/u.test(value) ? value : undefined;

/** A day of the calendar, or one that is still to be chosen. */
export const newDayOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^(yes|20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))$/u.test(value) ? value : undefined;

export const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[0-9a-f-]{36}$/u.test(value) ? value : undefined;
