import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { healthOf, iconOf } from './health.ts';

test.each([
  [['up', 'degraded', 'down', 'flapping'], { kind: 'down', count: 2 }],
  [['up', 'degraded', 'unknown'], { kind: 'degraded', count: 1 }],
  [['up', 'unknown', 'paused'], { kind: 'unknown', count: 1 }],
  [['up', 'paused'], { kind: 'up' }],
  [['paused', 'pending'], { kind: 'none' }],
  [[], { kind: 'none' }],
] as const)('%j is told as %j', (statuses, health) => expect(healthOf(statuses, false)).toEqual(health));

test('a lost line goes before everything: what was down may be up', () => {
  expect(healthOf(['down'], true)).toEqual({ kind: 'lost' });
});

test('every icon that can be asked for is there', () => {
  const counts = Array.from({ length: 12 }, (_, i) => i + 1);
  const counted = (['down', 'degraded', 'unknown'] as const).flatMap((kind) =>
    counts.map((count) => ({ kind, count })),
  );
  for (const health of [...counted, { kind: 'up' }, { kind: 'lost' }, { kind: 'none' }] as const)
    expect(existsSync(join(import.meta.dirname, '../../public', iconOf(health))), iconOf(health)).toBe(true);
});
