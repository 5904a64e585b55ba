import type { NewSchedule, ScheduleView } from '@farwatch/contracts';
import { msg, t } from '@lingui/core/macro';
import { momentOf, nextDayAt, wallOf } from '../../ui/wall-time.ts';
import { type WeekWindow, windowFault } from '../../ui/week-window.ts';

type Unit = NewSchedule['rotations'][number]['shift']['unit'];
type NewOverride = NonNullable<NewSchedule['overrides']>[number];
export type RotationValues = Readonly<{
  participants: readonly string[];
  timeZone: string;
  startsAt: string;
  unit: Unit;
  length: number;
  window: WeekWindow | null;
}>;
/** Times are what the reader's clock shows; `was`: the moments they stand for until they are changed. */
export type OverrideValues = Readonly<{
  from: string;
  until: string;
  accountId: string | null;
  was?: Readonly<{ from: string; until: string }>;
}>;
export type ScheduleValues = Readonly<{
  name: string;
  rotations: readonly RotationValues[];
  overrides: readonly OverrideValues[];
}>;

export const units = { hours: msg`hours`, days: msg`days`, weeks: msg`weeks` } as const satisfies Record<Unit, unknown>;
export const isUnit = (text: string | null): text is Unit => text !== null && text in units;
export const officeHours: WeekWindow = { days: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' };

/** Weekly turns from tomorrow at nine. */
export const freshRotation = (zone: string, now: number): RotationValues => ({
  participants: [],
  timeZone: zone,
  startsAt: wallOf(nextDayAt(now, 9, zone), zone),
  unit: 'weeks',
  length: 1,
  window: null,
});
export const freshSchedule = (zone: string, now: number): ScheduleValues => ({
  name: '',
  rotations: [freshRotation(zone, now)],
  overrides: [],
});
export const freshOverride = (zone: string, now: number): OverrideValues => ({
  from: wallOf(nextDayAt(now, 9, zone), zone),
  until: wallOf(nextDayAt(now, 17, zone), zone),
  accountId: null,
});

export const valuesOfSchedule = ({ name, rotations, overrides }: ScheduleView, zone: string): ScheduleValues => ({
  name,
  rotations: rotations.map(({ shift, ...rest }) => ({ ...rest, unit: shift.unit, length: shift.length })),
  overrides: overrides.map(({ from, until, accountId }) => ({
    from: wallOf(from, zone),
    until: wallOf(until, zone),
    accountId,
    was: { from, until },
  })),
});

/** One that wasn't touched is the moment it was: a clock shows an hour twice, and no seconds. */
const momentIn = ({ was, ...shown }: OverrideValues, edge: 'from' | 'until', zone: string): string | null =>
  was !== undefined && wallOf(was[edge], zone) === shown[edge] ? was[edge] : momentOf(shown[edge], zone);

/** What an override comes to in the reader's zone. */
export const overrideBody = (values: OverrideValues, zone: string): NewOverride => ({
  from: momentIn(values, 'from', zone) ?? '',
  until: momentIn(values, 'until', zone) ?? '',
  accountId: values.accountId ?? '',
});

export const scheduleBody = ({ name, rotations, overrides }: ScheduleValues, zone: string): NewSchedule => ({
  name: name.trim(),
  rotations: rotations.map(({ participants, unit, length, timeZone, startsAt, window }) => ({
    participants: [...participants],
    timeZone,
    startsAt: startsAt.slice(0, 16),
    shift: { unit, length },
    window,
  })),
  overrides: overrides.map((override) => overrideBody(override, zone)),
});

const rotationFaults = ({ participants, startsAt, length, window }: RotationValues, path: string) => ({
  ...(participants.length === 0 ? { [`${path}.participants`]: t`Add at least one person.` } : {}),
  ...(momentOf(startsAt, 'UTC') === null ? { [`${path}.startsAt`]: t`Enter a day and a time.` } : {}),
  ...(Number.isInteger(length) && length >= 1 && length <= 366 ? {} : { [`${path}.length`]: t`Between 1 and 366.` }),
  ...(window === null || windowFault(window) === null ? {} : { [`${path}.window`]: windowFault(window) }),
});

/** By the fields' paths, which begin with `path`. */
export const overrideFaults = (values: OverrideValues, zone: string, path = '') => {
  const { from, until } = overrideBody(values, zone);
  return {
    ...(values.accountId === null ? { [`${path}accountId`]: t`Choose who steps in.` } : {}),
    ...(from === '' ? { [`${path}from`]: t`Enter a day and a time.` } : {}),
    ...(until === '' || Date.parse(until) <= Date.parse(from)
      ? { [`${path}until`]: t`It has to end after it begins.` }
      : {}),
  };
};

/** The same rules as the contract's, said before anything is sent; by the fields' paths. */
export const scheduleFaults = ({ name, rotations, overrides }: ScheduleValues, zone: string) => ({
  ...(name.trim() === '' ? { name: t`A name tells schedules apart.` } : {}),
  ...Object.assign({}, ...rotations.map((rotation, at) => rotationFaults(rotation, `rotations.${at}`))),
  ...Object.assign({}, ...overrides.map((override, at) => overrideFaults(override, zone, `overrides.${at}.`))),
});
