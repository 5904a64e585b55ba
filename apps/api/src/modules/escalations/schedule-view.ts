import type { ScheduleView } from '@farwatch/contracts';
import { onCallAt, type Schedule } from '@farwatch/domain';
import type { ScheduleRow } from './schedule-store.ts';

/** A stored schedule as the rules know it: its moments are epoch milliseconds. */
export const scheduleOf = ({ rotations, overrides }: Pick<ScheduleRow, 'rotations' | 'overrides'>): Schedule => ({
  rotations,
  overrides: overrides.map(({ from, until, accountId }) => ({
    from: Date.parse(from),
    until: Date.parse(until),
    accountId,
  })),
});

export const scheduleView =
  (now: number) =>
  (row: ScheduleRow): ScheduleView => ({
    id: row.id,
    name: row.name,
    rotations: row.rotations,
    overrides: row.overrides,
    onCall: onCallAt(scheduleOf(row), now),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  });
