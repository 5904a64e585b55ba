import { expect, test } from 'vitest';
import { momentsOf } from './when.ts';

const now = Date.parse('2026-11-27T12:00:40.000Z');

test('days are whole ones of the reader’s calendar, and mean the same in either order', () => {
  const days = { from: '2026-11-30T23:00:00.000Z', to: '2026-12-05T23:00:00.000Z' };
  expect(momentsOf({ from: '2026-12-01', to: '2026-12-05' }, 'Europe/Berlin', now)).toEqual(days);
  expect(momentsOf({ from: '2026-12-05', to: '2026-12-01' }, 'Europe/Berlin', now)).toEqual(days);
});

test('a span ends with what comes, and begins with a full minute', () => {
  expect(momentsOf({ span: '24h' }, 'Europe/Berlin', now)).toEqual({ from: '2026-11-26T12:00:00.000Z', to: undefined });
});
