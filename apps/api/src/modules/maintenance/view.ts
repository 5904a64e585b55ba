import type { MaintenanceWindowView, OccurrenceView } from '@farwatch/contracts';
import { type Occurrence, occurrenceAt } from '@farwatch/domain';
import { scopeView } from '../../scope.ts';
import { nextOf } from './settle.ts';
import type { WindowRow } from './store.ts';

export const occurrenceView = ({ from, until }: Occurrence): OccurrenceView => ({
  from: new Date(from).toISOString(),
  until: new Date(until).toISOString(),
});

/** A window as it is at this moment (epoch ms). */
export const windowView =
  (now: number) =>
  (row: WindowRow): MaintenanceWindowView => {
    const current = occurrenceAt(row, now);
    const next = nextOf(row, now);
    return {
      id: row.id,
      name: row.name,
      note: row.note,
      startsAt: row.startsAt,
      timeZone: row.timeZone,
      durationMs: row.durationMs,
      rule: row.rule,
      appliesTo: scopeView(row.appliesTo),
      countsAs: row.countsAs,
      current: current === null ? null : occurrenceView(current),
      next: next === null ? null : occurrenceView({ from: next, until: next + row.durationMs }),
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  };
