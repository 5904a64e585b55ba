import type { NewSchedule } from '@farwatch/contracts';
import { isTimeZone } from '@farwatch/domain';
import { parseInstant } from '../../keyset.ts';
import type { FieldFault } from '../../plugins/problems.ts';
import type { Reference } from './references.ts';
import type { ScheduleRow } from './schedule-store.ts';

type Rotation = NewSchedule['rotations'][number];
type Override = ScheduleRow['overrides'][number];

const isWallTime = (text: string): boolean => {
  try {
    Temporal.PlainDateTime.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false; // the pattern lets a 31st of February through
  }
};

const rotationFaults = ({ timeZone, startsAt }: Rotation, i: number): readonly FieldFault[] => {
  const pointer = `/rotations/${i}`;
  const zone = {
    pointer: `${pointer}/timeZone`,
    code: 'unknown-time-zone',
    detail: `There is no time zone ${timeZone}.`,
  };
  const wall = { pointer: `${pointer}/startsAt`, code: 'invalid-date', detail: 'There is no such day or hour.' };
  return [...(isTimeZone(timeZone) ? [] : [zone]), ...(isWallTime(startsAt) ? [] : [wall])];
};

const overrideFaults = ({ from, until }: Override, i: number): readonly FieldFault[] => {
  const detail = 'An override ends after it begins.';
  return from < until ? [] : [{ pointer: `/overrides/${i}/until`, code: 'range-reversed', detail }];
};

/** Moments as we write them, so that they compare as texts. Throws 400 for what is no moment. */
export const normalOverrides = (given: readonly Override[]): ScheduleRow['overrides'] =>
  given.map(({ from, until, accountId }, i) => ({
    from: new Date(parseInstant(from, `/overrides/${i}/from`)).toISOString(),
    until: new Date(parseInstant(until, `/overrides/${i}/until`)).toISOString(),
    accountId,
  }));

type Given = Partial<Pick<ScheduleRow, 'rotations' | 'overrides'>>;

/** What can't be in what is set now; `overrides` with their moments as we write them. */
export const scheduleFaults = ({ rotations = [], overrides = [] }: Given): readonly FieldFault[] => [
  ...rotations.flatMap(rotationFaults),
  ...overrides.flatMap(overrideFaults),
];

/** The people a schedule names. */
export const peopleOf = ({ rotations = [], overrides = [] }: Given): readonly Reference[] => [
  ...rotations.flatMap(({ participants }, r) =>
    participants.map((id, i) => ({ kind: 'member' as const, id, pointer: `/rotations/${r}/participants/${i}` })),
  ),
  ...overrides.map(({ accountId: id }, i) => ({ kind: 'member' as const, id, pointer: `/overrides/${i}/accountId` })),
];
