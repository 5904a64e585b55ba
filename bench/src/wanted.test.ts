import { expect, test } from 'vitest';
import { wantedOf } from './wanted.ts';

const names = ['ingest', 'probe'];
test.each([
  ['', []],
  ['ingest', [{ name: 'ingest', parts: [] }]],
  [
    'probe cpu load ingest',
    [
      { name: 'probe', parts: ['cpu', 'load'] },
      { name: 'ingest', parts: [] },
    ],
  ],
  ['cpu', [{ name: 'cpu', parts: [] }]],
])('a word that names no bench is a part of the bench before it: %s', (line, wanted) => {
  expect(wantedOf(line.split(' ').filter(Boolean), names)).toEqual(wanted);
});
