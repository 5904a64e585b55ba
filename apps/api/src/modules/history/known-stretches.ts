import type { Stretch } from '@farwatch/domain';
import type { HistoryDeps } from './own-monitor.ts';

export type KnownStretches = Readonly<Record<'down' | 'unknown' | 'leftOut', readonly Stretch[]>>;
const nothing: readonly Stretch[] = [];

/** What is known of these monitors' time in a range (epoch ms), to be asked for by id. */
export const knownStretches = async (
  { db, history, stretches }: Pick<HistoryDeps, 'db' | 'history' | 'stretches'>,
  monitorIds: readonly string[],
  range: Stretch,
): Promise<(monitorId: string) => KnownStretches> => {
  const [down, unknown, leftOut] = await Promise.all([
    history.downIn(db.sql, monitorIds, range),
    history.unknownIn(db.sql, monitorIds, range),
    stretches.leftOutIn(db.sql, monitorIds, range),
  ]);
  return (id) => ({
    down: down.get(id) ?? nothing,
    unknown: unknown.get(id) ?? nothing,
    leftOut: leftOut.get(id) ?? nothing,
  });
};
