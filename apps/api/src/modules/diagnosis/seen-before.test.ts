import { expect, test } from 'vitest';
import { resultOf } from '../../world.fixture.ts';
import { changesBefore, paceBefore } from './seen-before.ts';

const hour = 3_600_000;
const until = 100 * hour;
const shown = (agoMs: number, certificate: string | null, address: string | null) => ({
  ...{ at: until - agoMs, certificate, address },
});

test.each([
  ['nothing to compare with', [shown(60_000, 'a', '192.0.2.1')], null, null],
  ['the same as ever', [shown(7 * hour, 'a', '192.0.2.1'), shown(60_000, 'a', '192.0.2.1')], null, null],
  ['another within the hour', [shown(7 * hour, 'a', '192.0.2.1'), shown(60_000, 'b', '192.0.2.2')], 60_000, 60_000],
  ['another, longer ago', [shown(7 * hour, 'a', '192.0.2.1'), shown(2 * hour, 'b', '192.0.2.2')], null, null],
  [
    'two addresses in turn',
    [shown(9 * hour, 'a', '192.0.2.1'), shown(8 * hour, 'a', '192.0.2.2'), shown(60_000, 'a', '192.0.2.1')],
    null,
    null,
  ],
  ['no answer at all', [shown(7 * hour, 'a', '192.0.2.1'), shown(60_000, null, null)], null, null],
])('%s', (_, looks, certificate, address) => {
  const ago = (at: number | null) => (at === null ? null : until - at);
  const { certificateChangedAt, addressChangedAt } = changesBefore(looks.toReversed(), until);
  expect([ago(certificateChangedAt), ago(addressChangedAt)]).toEqual([certificate, address]);
});

test('the pace is the median of the hour before, and of its last five minutes', () => {
  const looks = Array.from({ length: 60 }, (_, i) =>
    resultOf('m', 'up', until - (i + 1) * 60_000, { totalMs: i < 5 ? 900 + i : 100 + (i % 3) }),
  );
  const odd = [resultOf('m', 'up', until + 1, { totalMs: 9 }), resultOf('m', 'up', until - 2 * hour, { totalMs: 9 })];
  expect(paceBefore([...looks, ...odd], until)).toEqual({ usualMs: 101, lastMs: 902 });
  expect(paceBefore([], until)).toEqual({ usualMs: null, lastMs: null });
});
