import { expect, test } from 'vitest';
import { headerDiff } from './header-diff.ts';

test('headers are the same whatever the case of their names; what one answer lacks differs', () => {
  const edge = [
    ['Server', 'nginx'],
    ['CONTENT-TYPE', 'text/html'],
    ['Via', '1.1 a'],
    ['via', '1.1 b'],
  ] as const;
  const origin = [
    ['server', 'app'],
    ['content-type', 'text/html'],
  ] as const;
  expect(headerDiff(edge, origin)).toEqual({
    differing: [
      { name: 'server', edge: 'nginx', origin: 'app' },
      { name: 'via', edge: '1.1 a, 1.1 b', origin: null },
    ],
    same: [{ name: 'content-type', edge: 'text/html', origin: 'text/html' }],
  });
});

test('the moment of an answer is no difference, and beside no answer there is none', () => {
  const edge = [['date', 'now']] as const;
  expect(headerDiff(edge, [['Date', 'later']])).toEqual({
    differing: [],
    same: [{ name: 'date', edge: 'now', origin: 'later' }],
  });
  expect(headerDiff([['server', 'nginx']], []).differing).toEqual([]);
});
