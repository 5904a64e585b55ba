import { expect, test } from 'vitest';
import type { Sql } from '../../db.ts';
import { keysFor } from './log-keys.ts';

/** Gives every id the number at its end; its next answer waits until `release` where `hold` was called. */
const numbers = () => {
  let gate: Promise<void> | null = null;
  let open = (): void => undefined;
  const query = async (_text: string, values: readonly unknown[] = []) => {
    const ids = String(values[1] ?? '{}')
      .slice(1, -1)
      .split(',')
      .filter((id) => id !== '');
    const wait = gate;
    gate = null;
    await wait;
    const monitors = Object.fromEntries(ids.map((id) => [id, Number(id.slice(1))]));
    return { rows: [{ monitors, regions: { fra: 1 }, noted: true }], rowCount: 1 };
  };
  return {
    sql: { query } as unknown as Sql, // the rows are what the one statement answers
    hold: (): void => {
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
    release: () => open(),
  };
};
const many = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => `m${from + i}`);

test('numbers that this process forgets while somebody waits for the rest of theirs are still theirs', async () => {
  const { sql, hold, release } = numbers();
  const keys = (...monitorIds: string[]) => keysFor(sql, { batchId: 'b', monitorIds, regions: ['fra'] });
  await keys('m7', ...many(1_000, 99_999)); // as many as are kept
  hold();
  const waiting = keys('m7', 'm8'); // m7 is known, m8 is asked for
  await keys('m9');
  await keys('m10'); // one too many: all are forgotten
  release();
  expect([...((await waiting)?.monitors ?? [])]).toEqual([
    ['m7', 7],
    ['m8', 8],
  ]);
});
