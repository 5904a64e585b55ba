import { connectionDefaults } from '@farwatch/contracts';
import type { CheckResult } from '@farwatch/domain';
import { expect, test } from 'vitest';
import { assignment, result } from './probe.fixture.ts';
import { openRun } from './run.ts';

test('a monitor that is watched over both families is looked at over each at once, and both are reported together', async () => {
  const looking: (() => void)[] = [];
  const reported: CheckResult['family'][] = [];
  const { run, isBeingLookedAt } = openRun(
    (_, at, trigger, family = 'any') =>
      new Promise((resolve) => looking.push(() => resolve(result(1, at, undefined, { trigger, family })))),
    ({ family }) => reported.push(family),
  );
  const both = assignment(1, { connection: { ...connectionDefaults, family: 'both' } });
  const done = run(both, 1_000);
  expect(looking).toHaveLength(2);
  looking[1]?.();
  expect(reported).toEqual([]);
  looking[0]?.();
  await done;
  expect(reported).toEqual(['ipv4', 'ipv6']);
  expect(isBeingLookedAt(both.monitorId)).toBe(false);
});
