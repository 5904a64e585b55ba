import { expect, test } from 'vitest';
import { openBacklog } from './backlog.ts';

test('after a start, and while old reports come in, no silence is taken for an answer', () => {
  const backlog = openBacklog(0);
  expect(backlog.isBehind(9_999)).toBe(true);
  expect(backlog.isBehind(10_000)).toBe(false);
  backlog.took(10_900, 11_000);
  expect(backlog.isBehind(11_000)).toBe(false);
  backlog.took(5_000, 20_000);
  backlog.took(19_900, 20_100);
  expect(backlog.isBehind(29_999)).toBe(true);
  expect(backlog.isBehind(30_000)).toBe(false);
});
