import { expect, test } from 'vitest';
import { aMonitor, id } from '../../testing.fixture.tsx';
import { boardOf } from './board.ts';

const at = (minute: number): string => `2026-11-28T09:${String(minute).padStart(2, '0')}:00.000Z`;
const monitor = (n: number, status: 'up' | 'down' | 'degraded' | 'paused', tags: string[] = []) =>
  aMonitor({ id: id(n), name: `m${n}`, status, statusSince: at(n), tags });

test('failing ones stand large, the longest first, the rest as tiles', () => {
  const all = [monitor(1, 'up'), monitor(4, 'down'), monitor(2, 'degraded'), monitor(3, 'down')];
  const causes = new Map([[id(4), { since: at(1), summary: 'm4 answered HTTP 502.' }]]);
  const { failing, tiles, counts, more } = boardOf(all, causes, undefined);
  expect(failing.map(({ monitor: { name }, summary }) => [name, summary])).toEqual([
    ['m4', 'm4 answered HTTP 502.'],
    ['m3', null],
    ['m2', null],
  ]);
  expect(tiles.map(({ name }) => name)).toEqual(['m1']);
  expect(counts).toEqual([
    { status: 'down', count: 2 },
    { status: 'degraded', count: 1 },
    { status: 'up', count: 1 },
  ]);
  expect(more).toBe(0);
});

test('when everything fails, what has no room large keeps its tile and is counted', () => {
  const { failing, more, tiles } = boardOf(
    Array.from({ length: 40 }, (_, n) => monitor(n, 'down')),
    new Map(),
    undefined,
  );
  expect([failing.length, more, tiles.length]).toEqual([6, 34, 34]);
});

test('tiles stand as people count: m2 before m10', () => {
  const all = [monitor(10, 'up'), monitor(1, 'up'), monitor(2, 'up')];
  expect(boardOf(all, new Map(), undefined).tiles.map(({ name }) => name)).toEqual(['m1', 'm2', 'm10']);
});

test('a tag leaves the others out', () => {
  const all = [monitor(1, 'up', ['shop']), monitor(2, 'down', ['blog']), monitor(3, 'up', ['web'])];
  expect(boardOf(all, new Map(), 'shop,web').tiles.map(({ name }) => name)).toEqual(['m1', 'm3']);
  expect(boardOf(all, new Map(), 'shop,web').failing).toEqual([]);
});
