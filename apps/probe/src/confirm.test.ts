import type { ConfirmCheck } from '@farwatch/contracts';
import { describe, expect, test } from 'vitest';
import { confirmHandler } from './confirm.ts';
import { assignment, assignmentMap, monitorId } from './probe.fixture.ts';

const now = 1_795_000_000_000;
const stage = (known: readonly number[], appear: readonly number[] = [], away = false) => {
  let map = assignmentMap(known.map((n) => assignment(n)));
  const log: string[] = [];
  const handle = confirmHandler({
    region: 'fra',
    assignments: {
      current: () => map,
      pull: async () => {
        log.push('pull');
        if (away) return 'away';
        map = assignmentMap([...known, ...appear].map((n) => assignment(n, { url: 'http://new/' })));
        return 'changed';
      },
    },
    now: () => now,
    sleep: async (ms) => void log.push(`sleep ${ms}`),
    run: async ({ url }, scheduledAt, trigger) => void log.push(`${trigger} ${url} ${scheduledAt - now}`),
  });
  return { handle, log };
};
const asked = (given: Partial<ConfirmCheck> = {}): ConfirmCheck => ({
  monitorId: monitorId(1),
  region: 'fra',
  trigger: 'confirmation',
  scheduledAt: now,
  expiresAt: now + 12_000,
  ...given,
});

describe('a look out of turn', () => {
  test('carries the moment it was asked for as its slot', async () => {
    const { handle, log } = stage([1]);
    await handle(asked({ scheduledAt: now - 40 }));
    expect(log).toEqual(['confirmation http://127.0.0.1/ -40']);
  });
  test('waits until it is due', async () => {
    const { handle, log } = stage([1]);
    await handle(asked({ scheduledAt: now + 2_000 }));
    expect(log).toEqual(['sleep 2000', 'confirmation http://127.0.0.1/ 2000']);
  });
  test('of a monitor not known yet pulls first', async () => {
    const { handle, log } = stage([], [1]);
    await handle(asked());
    expect(log).toEqual(['pull', 'confirmation http://new/ 0']);
  });
  test('that a person asked for pulls first: the monitor may have changed a moment ago', async () => {
    const { handle, log } = stage([1]);
    await handle(asked({ trigger: 'request' }));
    expect(log).toEqual(['pull', 'request http://new/ 0']);
  });
  test.each([
    ['not known', [], asked()],
    ['a person has just changed, perhaps', [1], asked({ trigger: 'request' })],
  ])('of a monitor that is %s is brought again by the queue while the API is away', async (_, known, check) => {
    const { handle, log } = stage(known, [], true);
    await expect(handle(check)).rejects.toThrow('the API is away');
    expect(log).toEqual(['pull']);
  });
  test('of a monitor that is known needs no API', async () => {
    const { handle, log } = stage([1], [], true);
    await handle(asked());
    expect(log).toEqual(['confirmation http://127.0.0.1/ 0']);
  });
  test.each([
    ['that nobody waits for any more', asked({ expiresAt: now - 1 })],
    ['for another region', asked({ region: 'iad' })],
    ['of a monitor that is gone', asked({ monitorId: monitorId(9) })],
  ])('%s is dropped', async (_, check) => {
    const { handle, log } = stage([1]);
    await handle(check);
    expect(log.filter((line) => line !== 'pull')).toEqual([]);
  });
});
