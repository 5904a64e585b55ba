import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inLogOrder, pack, unpack } from './pack-codec.ts';
import type { StoredResult } from './stored-result.ts';

const day = 20_000 * 86_400_000;
const int4 = 2_147_483_647;
const length = fc.oneof(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 0, max: int4 }), fc.constant(int4));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const stored: fc.Arbitrary<StoredResult> = fc.record({
  scheduledAt: fc.integer({ min: 0, max: 86_399_999 }).map((ms) => day + ms),
  place: fc.integer({ min: -32_768, max: 32_767 }),
  kind: fc.integer({ min: 0, max: 39 }),
  delayMs: fc.integer({ min: -int4, max: int4 }),
  totalUs: length,
  dnsUs: maybe(length),
  connectUs: maybe(length),
  tlsUs: maybe(length),
  firstByteUs: maybe(length),
  downloadUs: maybe(length),
  bytes: maybe(length),
  status: maybe(fc.integer({ min: 0, max: 999 })),
  remoteAddress: maybe(fc.ipV4()),
  rare: fc.oneof(fc.constant(''), fc.json()),
});

test('what is packed is read back to the last microsecond, in the order of the log', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(stored, { selector: (r) => `${r.scheduledAt} ${r.place}`, maxLength: 60 }),
      (results) => {
        expect(unpack(pack(results))).toEqual(results.toSorted(inLogOrder));
      },
    ),
    { numRuns: 500 },
  );
});

test('an ordinary hour of an ordinary monitor takes less than 20 bytes a result', () => {
  // Lengths that a generator with a fixed seed scatters: the real ones are noise too.
  let seed = 1;
  const noise = (most: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % most;
  };
  const results = Array.from({ length: 360 }, (_, i): StoredResult => {
    const phases = { dnsUs: 1_000 + noise(3_000), connectUs: 18_000 + noise(4_000), tlsUs: 24_000 + noise(8_000) };
    const rest = { firstByteUs: 50_000 + noise(40_000), downloadUs: 2_000 + noise(3_000) };
    const sum = [...Object.values(phases), ...Object.values(rest)].reduce((a, b) => a + b, 0);
    return {
      ...phases,
      ...rest,
      scheduledAt: day + Math.floor(i / 3) * 30_000 + (i % 3) * 10_000,
      place: 4 + 4 * (i % 3),
      kind: 0,
      delayMs: noise(5),
      totalUs: sum + noise(100),
      bytes: 15_000,
      status: 200,
      remoteAddress: '192.0.2.1',
      rare: '',
    };
  });
  expect(pack(results).length / results.length).toBeLessThan(20);
});

test('a layout of the future is refused, not misread', () => {
  const packed = pack([]);
  packed.writeUInt8(9, 0);
  expect(() => unpack(packed)).toThrow('unknown version 9');
});
