import type { BulkAction } from '@farwatch/contracts';
import { expect, test } from 'vitest';
import { aMonitor, id } from '../../testing.fixture.tsx';
import { inverseOf } from './bulk-inverse.ts';

const shop = aMonitor({ id: id(1), tags: ['eu'], intervalMs: 30_000 });
const blog = aMonitor({ id: id(2), tags: ['eu', 'old'], intervalMs: 60_000 });
const paused = aMonitor({ id: id(3), tags: ['old'], intervalMs: 60_000, pausedAt: '2026-11-23T06:00:00.000Z' });
const all = [shop, blog, paused];

test.each<[BulkAction, unknown]>([
  [{ kind: 'pause' }, [{ monitorIds: [id(1), id(2)], action: { kind: 'resume' } }]],
  [{ kind: 'resume' }, [{ monitorIds: [id(3)], action: { kind: 'pause' } }]],
  [{ kind: 'delete' }, [{ monitorIds: [id(1), id(2), id(3)], action: { kind: 'restore' } }]],
  [
    { kind: 'add-tags', tags: ['eu', 'old'] },
    [
      { monitorIds: [id(1)], action: { kind: 'remove-tags', tags: ['old'] } },
      { monitorIds: [id(3)], action: { kind: 'remove-tags', tags: ['eu'] } },
    ],
  ],
  [
    { kind: 'remove-tags', tags: ['old'] },
    [{ monitorIds: [id(2), id(3)], action: { kind: 'add-tags', tags: ['old'] } }],
  ],
  [
    { kind: 'edit', patch: { intervalMs: 300_000 } },
    [
      { monitorIds: [id(1)], action: { kind: 'edit', patch: { intervalMs: 30_000 } } },
      { monitorIds: [id(2), id(3)], action: { kind: 'edit', patch: { intervalMs: 60_000 } } },
    ],
  ],
])('%j is undone by what it changed, and nothing else', (action, calls) => {
  expect(inverseOf(action, all)).toEqual(calls);
});

test('what changed nothing needs no undoing', () => {
  expect(inverseOf({ kind: 'pause' }, [paused])).toEqual([]);
  expect(inverseOf({ kind: 'add-tags', tags: ['eu'] }, [shop])).toEqual([]);
});
