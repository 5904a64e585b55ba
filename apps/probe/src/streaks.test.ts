import type { CheckResult, Hop } from '@farwatch/domain';
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

describe('the details of a look', () => {
  const hop = (more: Partial<Hop> = {}): Hop => ({
    ...{ url: 'http://x/', tried: [], address: '127.0.0.1', httpVersion: '1.1', status: 200, tls: null, coding: null },
    ...{ wireBytes: 1, decodedBytes: 1, ...more },
    phases: { dnsMs: null, connectMs: 1, tlsMs: null, requestMs: 1, firstByteMs: Math.random(), downloadMs: 1 },
  });
  const seen = (at: number, more: Partial<Hop> = {}, rest: Partial<CheckResult> = {}) =>
    result(1, at, undefined, { details: { hops: [hop(more)], findings: [] }, ...rest });
  const keptOf = (looks: readonly CheckResult[]) => {
    const streaks = openStreaks();
    return looks.map((look) => streaks.observe(look).result.details !== undefined);
  };
  const minute = 60_000;
  test('are kept of the first look, and when they show something new', () => {
    const looks = [
      {},
      {},
      { httpVersion: '2' },
      { httpVersion: '2', address: '127.0.0.2' },
      { url: 'http://y/' },
    ] as const;
    expect(keptOf(looks.map((more, i) => seen(i * minute, more)))).toEqual([true, false, true, false, true]);
  });
  test('are kept once a minute at most', () => {
    const looks = [0, 10, 20, 60].map((s, i) => seen(s * 1_000, { status: 200 + i }));
    expect(keptOf(looks)).toEqual([true, false, false, true]);
  });
  test('are kept of a look that somebody asked for, and again after six hours', () => {
    expect(
      keptOf([seen(0), seen(minute, {}, { trigger: 'request' }), seen(2 * minute), seen(7 * 60 * minute)]),
    ).toEqual([...[true, true, false, true]]);
  });
  test('stand beside every evidence', () => {
    const looks = [0, 30].map((s) => ({ ...failing(s * 1_000, s === 0 ? 502 : 504), details: seen(0).details }));
    expect(keptOf([seen(-minute), ...(looks as CheckResult[])])).toEqual([true, true, false]);
  });
  test('are those of each family', () => {
    const of = (family: CheckResult['family']) => seen(0, {}, { family });
    expect(keptOf([of('ipv4'), of('ipv6'), of('ipv4')])).toEqual([true, true, false]);
  });
});
