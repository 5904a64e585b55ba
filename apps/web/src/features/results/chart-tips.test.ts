import { expect, test } from 'vitest';
import type { ChartColumns } from './chart-data.ts';
import { regionTips } from './chart-tips.ts';

const line = (region: string, kind: 'mean' | 'slowest' | 'before') => ({ region, kind, colour: `--of-${region}` });

test('five regions beside their week before are five rows, not fifteen', () => {
  const lines = [line('fra', 'mean'), line('fra', 'slowest'), line('fra', 'before'), line('iad', 'mean')];
  const columns: ChartColumns = [[0], [132], [148], [112], [229]];
  expect(regionTips(lines, columns, [true, true, true, true], 0)).toEqual({
    heads: ['mean', 'slowest', 'week before'],
    rows: [
      { label: 'fra', colour: '--of-fra', cells: ['132 ms', '148 ms', '112 ms'] },
      { label: 'iad', colour: '--of-iad', cells: ['229 ms', '–', '–'] },
    ],
  });
});

test('what is put away or has no value at that moment is not told', () => {
  const lines = [line('fra', 'mean'), line('iad', 'mean'), line('sin', 'mean')];
  const { heads, rows } = regionTips(lines, [[0], [132], [229], [null]], [true, false, true], 0);
  expect(heads).toEqual([]);
  expect(rows.map(({ label }) => label)).toEqual(['fra']);
});
