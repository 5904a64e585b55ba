import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { pageAnswers, pageReads } from './page-reads.ts';
import { type ConfirmCheck, checkReports, confirmChecks } from './queues.ts';
import { shipped } from './shipped.fixture.ts';
import { Id, RegionId, words } from './values.ts';

describe('what was once on a queue can still be read', () => {
  test.each([
    ['check-reports', checkReports.payload],
    ['confirm-checks.one-look', confirmChecks('fra').payload],
    ['confirm-checks.burst', confirmChecks('fra').payload],
    ['page-reads', pageReads('fra').payload],
    ['page-answers', pageAnswers.payload],
  ] as const)('%s', (name, payload) => {
    const wire = Compile(payload);
    for (const sample of shipped[name]) expect([...wire.Errors(sample)]).toEqual([]);
  });
});

test('a probe of before there were bursts reads one as a look', () => {
  const before = Compile(
    Type.Object({
      monitorId: Id,
      region: RegionId,
      trigger: words(['confirmation', 'request']),
      scheduledAt: Type.Integer({ minimum: 0 }),
      expiresAt: Type.Integer({ minimum: 0 }),
    }),
  );
  for (const sample of shipped['confirm-checks.burst']) expect(before.Check(sample)).toBe(true);
});

test('a burst’s begin and end are jobs of their own, beside a look of the same moment', () => {
  const { keyOf } = confirmChecks('fra');
  const [begin] = shipped['confirm-checks.burst'] as ConfirmCheck[]; // read by the test above
  if (begin?.burst === undefined) throw new Error('the sample is no burst');
  const { burst, ...look } = begin;
  const keys = [look, begin, { ...look, burst: { ...burst, kind: 'end' as const } }].map((check) => keyOf(check));
  expect(new Set(keys).size).toBe(3);
  for (const key of keys) expect(key).not.toContain(':');
});
