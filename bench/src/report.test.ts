import { expect, test } from 'vitest';
import { table } from './report.ts';

test('figures stand in a table whose columns line up, each with its unit', () => {
  const text = table('start', [
    { name: 'fresh clone to ready', value: 41.234, unit: 's' },
    { name: 'second', value: 12_345, unit: 'ms' },
  ]);
  expect(text.split('\n')).toEqual([
    'start',
    '  fresh clone to ready   41.23 s',
    '  second                12,345 ms',
    '',
  ]);
});
