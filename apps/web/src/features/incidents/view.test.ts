import { expect, test } from 'vitest';
import { filterOf } from './view.ts';

const now = Date.parse('2026-11-28T10:00:42.000Z');

test('a span reaches back from the full minute', () => {
  expect(filterOf({ span: '24h' }, 'Europe/Berlin', now)).toMatchObject({ from: '2026-11-27T10:00:00.000Z' });
});
test('days are those of the reader’s calendar, the last one with all its hours', () => {
  expect(filterOf({ from: '2026-10-25', to: '2026-10-25' }, 'Europe/Berlin', now)).toMatchObject({
    from: '2026-10-24T22:00:00.000Z',
    to: '2026-10-25T23:00:00.000Z',
  });
});
test('what is no day means nothing', () => {
  const { from, to } = filterOf({ from: 'x', to: 'y' }, 'UTC', now);
  expect([from, to]).toEqual([undefined, undefined]);
});
