import type { CheckResult } from '@farwatch/domain';
import { describe, expect, test } from 'vitest';
import { down, monitorId, result, up } from './probe.fixture.ts';
import { openStreaks } from './streaks.ts';

const evidence = { url: 'http://x/', status: 502, reason: null, headers: [], bodyBase64: '', bodyTruncated: false };
const failing = (at: number, status: number) => result(1, at, down(status), { evidence });

describe('evidence', () => {
  const keptOf = (looks: readonly CheckResult[]) => {
    const streaks = openStreaks();
    return looks.map((look) => streaks.observe(look).result.evidence !== undefined);
  };
  test('is kept of the first failure of a streak and of each change of code', () => {
    const looks = [502, 502, 504, 502, 200, 502].map((status, i) =>
      status === 200 ? result(1, i * 60_000) : failing(i * 60_000, status),
    );
    expect(keptOf(looks)).toEqual([true, false, true, true, false, true]);
  });
  test('is kept once a minute at most, of a server that fails differently each time or comes and goes', () => {
    const every10s = Array.from({ length: 13 }, (_, i) => i * 10_000);
    const keptAt = (look: (at: number, odd: boolean) => CheckResult) => {
      const kept = keptOf(every10s.map((at) => look(at, at % 20_000 !== 0)));
      return every10s.filter((_, i) => kept[i]);
    };
    expect(keptAt((at, odd) => failing(at, odd ? 501 : 500))).toEqual([0, 70_000]); // at 60 s it is the one shown
    expect(keptAt((at, odd) => (odd ? result(1, at) : failing(at, 500)))).toEqual([0, 60_000, 120_000]);
  });
  test('that came too soon is kept with the next look at the same failure', () => {
    const at = [0, 10_000, 50_000, 60_000, 70_000];
    expect(keptOf(at.map((t) => failing(t, t === 0 ? 502 : 504)))).toEqual([true, false, false, true, false]);
  });
  test('does not stay away after the clock was set back', () => {
    expect(keptOf([failing(86_400_000, 502), result(1, 86_430_000), failing(60_000, 502)])).toEqual([
      true,
      false,
      true,
    ]);
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
