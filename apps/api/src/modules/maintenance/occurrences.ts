import { setImmediate } from 'node:timers/promises';
import type { NamedOccurrence } from '@farwatch/contracts';
import { occurrencesBetween } from '@farwatch/domain';
import type { WindowRow } from './store.ts';
import { occurrenceView } from './view.ts';

const mostOfAll = 1_000;

/** When there is maintenance, by start; a window at a time, so that the others' requests go on meanwhile. */
export const occurrencesOfAll = async (
  rows: readonly WindowRow[],
  from: number,
  to: number,
): Promise<{ items: NamedOccurrence[]; isCut: boolean }> => {
  const found: (NamedOccurrence & { readonly at: number })[] = [];
  for (const row of rows) {
    for (const one of occurrencesBetween(row, from, to, mostOfAll + 1))
      found.push({ windowId: row.id, name: row.name, ...occurrenceView(one), at: one.from });
    await setImmediate();
  }
  const items = found.toSorted((a, b) => a.at - b.at || (a.windowId < b.windowId ? -1 : 1));
  return { items: items.slice(0, mostOfAll).map(({ at: _, ...item }) => item), isCut: items.length > mostOfAll };
};
