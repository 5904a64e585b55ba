import type { MaintenanceWindowView, NewMaintenanceWindow } from '@farwatch/contracts';
import { msg, t } from '@lingui/core/macro';
import { dayAt } from '../../ui/calendar-days.ts';
import { nextHourAt, wallOf } from '../../ui/wall-time.ts';
import { type Monthly, type Repeat, repeatOf, ruleOf } from './repeats.ts';

export const scopes = {
  all: msg`Every monitor`,
  tags: msg`Monitors with a tag`,
  monitors: msg`Single monitors`,
} as const;
export type Scope = keyof typeof scopes;
export const isScope = (text: string | null): text is Scope => text !== null && text in scopes;

export type WindowValues = {
  /** The first time as it was given, which `startsAt` stands for until it is changed; null for a new one. */
  given: Pick<MaintenanceWindowView, 'startsAt' | 'timeZone'> | null;
  name: string;
  note: string;
  startsAt: string;
  timeZone: string;
  durationMs: number;
  repeat: Repeat;
  days: readonly number[];
  monthly: Monthly;
  rule: string;
  /** Whose checks it is about. */
  scope: Scope;
  tags: string[];
  monitorIds: string[];
  counts: boolean;
};

/** At night, when few are looking; today it begins with the next hour. */
const startOn = (day: string, zone: string, now: number): string =>
  day === dayAt(now, zone) ? wallOf(nextHourAt(now, zone), zone) : `${day}T02:00`;

/** `day`: on which it is to begin; null = not chosen yet. */
export const newValues = (timeZone: string, day: string | null, now: number): WindowValues => ({
  ...{ given: null, name: '', note: '', startsAt: day === null ? '' : startOn(day, timeZone, now), timeZone },
  ...{ durationMs: 7_200_000, repeat: 'once', days: [], monthly: 'day', rule: '' },
  ...{ scope: 'all', tags: [], monitorIds: [], counts: false },
});

/** The wall clock of a window’s first time: one that was given as a moment is read in its zone. */
export const wallStart = ({ startsAt, timeZone }: Pick<MaintenanceWindowView, 'startsAt' | 'timeZone'>): string =>
  startsAt.endsWith('Z') ? wallOf(startsAt, timeZone) : startsAt.slice(0, 16);

export const valuesOfWindow = (window: MaintenanceWindowView): WindowValues => {
  const { name, note, timeZone, durationMs, rule, appliesTo, countsAs } = window;
  const startsAt = wallStart(window);
  return {
    ...{ given: { startsAt: window.startsAt, timeZone }, name, note: note ?? '', startsAt, timeZone, durationMs },
    ...repeatOf(rule, startsAt),
    scope: appliesTo.kind,
    tags: appliesTo.kind === 'tags' ? [...appliesTo.tags] : [],
    monitorIds: appliesTo.kind === 'monitors' ? [...appliesTo.monitorIds] : [],
    counts: countsAs === 'counted',
  };
};

/** Why it can not be held then, by field. */
export const whenFaults = (values: Omit<WindowValues, 'name'>): Record<string, string> => ({
  ...(values.startsAt === '' ? { startsAt: t`Say when it begins.` } : {}),
  ...(values.durationMs < 60_000 || values.durationMs > 30 * 86_400_000
    ? { durationMs: t`From one minute to 30 days.` }
    : {}),
  ...(values.repeat === 'own' && values.rule.trim() === ''
    ? { rule: t`An RRULE, for example FREQ=WEEKLY;BYDAY=SU.` }
    : {}),
});
/** What is missing, by field, before the server is asked. */
export const faultsOf = (values: WindowValues): Record<string, string> => ({
  ...(values.name.trim() === '' ? { name: t`A name tells windows apart.` } : {}),
  ...whenFaults(values),
  ...(values.scope === 'tags' && values.tags.length === 0 ? { tags: t`At least one tag.` } : {}),
  ...(values.scope === 'monitors' && values.monitorIds.length === 0 ? { monitorIds: t`At least one monitor.` } : {}),
});

const appliesTo = ({ scope, tags, monitorIds }: WindowValues): NewMaintenanceWindow['appliesTo'] => {
  switch (scope) {
    case 'all':
      return { kind: 'all' };
    case 'tags':
      return { kind: 'tags', tags };
    case 'monitors':
      return { kind: 'monitors', monitorIds };
  }
};

/** One that wasn't touched is sent as it was: it may have seconds, or be the second of an hour that comes twice. */
const startOf = ({ given, startsAt, timeZone }: WindowValues): string =>
  given !== null && given.timeZone === timeZone && wallStart(given) === startsAt ? given.startsAt : startsAt;

export const bodyOf = (values: WindowValues): NewMaintenanceWindow => {
  const { name, note, timeZone, durationMs, counts } = values;
  const startsAt = startOf(values);
  return {
    ...{ name: name.trim(), note: note.trim() === '' ? null : note.trim(), startsAt, timeZone, durationMs },
    rule: ruleOf(values, values.startsAt),
    appliesTo: appliesTo(values),
    countsAs: counts ? 'counted' : 'excluded',
  };
};
