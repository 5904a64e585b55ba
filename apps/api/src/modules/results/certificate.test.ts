import type { CheckResult } from '@farwatch/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resultOf } from '../../world.fixture.ts';
import type { CertificateKept } from '../monitors/state-store.ts';
import { certificateChanges, endsSeen } from './certificate.ts';

const minute = 60_000;
const day = 86_400_000;
const t0 = Date.UTC(2026, 11, 1);
const ends = { old: t0 + 10 * day, new: t0 + 90 * day };
const fresh: CertificateKept = { ends: null, laterSince: null, renewed: false, intervalMs: 30_000 };
const look = (endsAt: number | null, at: number, over: Partial<CheckResult> = {}) =>
  resultOf('shop', 'up', at, { certificateEndsAt: endsAt, ...over });

/** Each look a batch of its own, as it comes from the probes; answers what is kept after each that wrote. */
const play = (looks: readonly CheckResult[], start: CertificateKept = fresh): readonly CertificateKept[] => {
  const written: CertificateKept[] = [];
  for (const one of looks) {
    const before = { ...(written.at(-1) ?? start), renewed: false };
    const [change] = certificateChanges(new Map([['shop', before]]), [one], one.scheduledAt + 1_000);
    if (change !== undefined) written.push(change.becomes);
  }
  return written;
};
/** A look every half minute for so many minutes, what it sees by its number. */
const every30s = (minutes: number, endsAt: (i: number) => number): readonly CheckResult[] =>
  Array.from({ length: minutes * 2 }, (_, i) => look(endsAt(i), t0 + i * 30_000));

describe('the end that is kept', () => {
  test('is the first that is seen, and is written once', () => {
    expect(play(every30s(180, () => ends.old))).toEqual([{ ...fresh, ends: ends.old }]);
  });
  test('becomes an earlier one at once, and what was told stays told', () => {
    expect(play([look(ends.new, t0), look(ends.old, t0 + 1)]).at(-1)).toEqual({ ...fresh, ends: ends.old });
  });
  test('becomes a later one when for an hour nobody saw the old one: two writes, and what was told is forgotten', () => {
    const start = { ...fresh, ends: ends.old };
    expect(
      play(
        every30s(60, () => ends.new),
        start,
      ),
    ).toEqual([{ ...start, laterSince: t0 }]);
    expect(
      play(
        every30s(61, () => ends.new),
        start,
      ).at(-1),
    ).toEqual({ ...fresh, ends: ends.new, renewed: true });
  });
  test('of a monitor that is looked at once a day waits for two intervals, so that every region has looked', () => {
    const start = { ...fresh, ends: ends.old, intervalMs: day };
    const looks = [0, 1, 2].map((n) => look(ends.new, t0 + n * day));
    expect(play(looks.slice(0, 2), start).at(-1)).toMatchObject({ ends: ends.old });
    expect(play(looks, start).at(-1)).toMatchObject({ ends: ends.new, renewed: true });
  });
  test('is the earliest of what two regions, or two servers behind one name, show by turns; a day of that is few writes', () => {
    const written = play(every30s(24 * 60, (i) => (i % 2 === 0 ? ends.old : ends.new)));
    expect(new Set(written.map((kept) => kept.ends))).toEqual(new Set([ends.old]));
    expect(written.some(({ renewed }) => renewed)).toBe(false);
    expect(written.length).toBeLessThan(24 * 8);
  });
  test('is one for servers whose certificates were made minutes apart', () => {
    expect(play(every30s(180, (i) => ends.old + (i % 3) * 10 * minute))).toHaveLength(1);
  });
  test('never grows while the earlier one is seen at least every half hour', () => {
    const seconds = fc.integer({ min: 0, max: 30 * 60 });
    fc.assert(
      fc.property(fc.array(fc.tuple(seconds, fc.boolean()), { maxLength: 60 }), (steps) => {
        let at = t0;
        let lastOld = t0;
        const looks = steps.map(([gap, isNew]) => {
          at += gap * 1_000;
          const sees = isNew && at - lastOld < 15 * minute ? ends.new : ends.old;
          if (sees === ends.old) lastOld = at;
          return look(sees, at);
        });
        expect(play(looks, { ...fresh, ends: ends.old }).every((kept) => kept.ends === ends.old)).toBe(true);
      }),
    );
  });
});

describe('a look says nothing of the certificate', () => {
  const { certificateEndsAt: _, ...older } = look(ends.old, t0);
  test.each<[string, CheckResult]>([
    ['without TLS', look(null, t0)],
    ['from a probe of before', older],
    ['of a blind probe', look(ends.old, t0, { outcome: { verdict: 'inconclusive', reason: 'blind' } })],
    ['that comes an hour late', look(ends.old, t0 - 60 * minute)],
  ])('%s', (_name, result) => {
    expect(endsSeen([result], t0).size).toBe(0);
    expect(certificateChanges(new Map([['shop', fresh]]), [result], t0)).toEqual([]);
  });
});

test('within a batch the order of the slots counts, not that of arrival', () => {
  const batch = [look(ends.new, t0 + 70 * minute), look(ends.new, t0 + 30 * minute), look(ends.old, t0 + 20 * minute)];
  const [change] = certificateChanges(new Map([['shop', fresh]]), batch, t0 + 71 * minute);
  expect(change?.becomes).toEqual({ ...fresh, ends: ends.old, laterSince: t0 + 30 * minute });
  expect(endsSeen(batch, t0 + 71 * minute)).toEqual(new Map([['shop', { earliest: ends.old, latest: ends.new }]]));
});
