import { describe, expect, test } from 'vitest';
import { down, monitorId, result, up } from './probe.fixture.ts';
import { openStreaks } from './streaks.ts';

const evidence = { url: 'http://x/', status: 502, reason: null, headers: [], bodyBase64: '', bodyTruncated: false };
const failing = (at: number, status: number) => result(1, at, down(status), { evidence });

describe('evidence', () => {
  test('is kept of the first failure of a streak and of each change of code', () => {
    const streaks = openStreaks();
    const looks = [failing(1, 502), failing(2, 502), failing(3, 504), failing(4, 502), result(1, 5), failing(6, 502)];
    const kept = looks.map((look) => streaks.observe(look).result.evidence !== undefined);
    expect(kept).toEqual([true, false, true, true, false, true]);
  });
  test('of a monitor that was taken away is not remembered', () => {
    const streaks = openStreaks();
    streaks.observe(failing(1, 502));
    streaks.keepOnly(new Set([monitorId(2)]));
    expect(streaks.observe(failing(2, 502)).result.evidence).toEqual(evidence);
  });
  test('survives a missed look in between', () => {
    const streaks = openStreaks();
    streaks.observe(failing(1, 502));
    streaks.observe(result(1, 2, { verdict: 'missed', reason: 'overload' }));
    expect(streaks.observe(failing(3, 502)).result.evidence).toBeUndefined();
  });
});
describe('what leaves at once', () => {
  test('failures, the first good look after them, and what was asked for; nothing else', () => {
    const streaks = openStreaks();
    const looks = [
      result(1, 1),
      failing(2, 502),
      failing(3, 502),
      result(1, 4),
      result(1, 5),
      result(1, 6, up, { trigger: 'request' }),
      result(1, 7, { verdict: 'missed', reason: 'overload' }),
    ];
    expect(looks.map((look) => streaks.observe(look).urgent)).toEqual([false, true, true, true, false, true, false]);
  });
});
