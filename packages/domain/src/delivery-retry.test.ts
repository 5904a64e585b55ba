import fc from 'fast-check';
import { expect, test } from 'vitest';
import { giveUpAfterMs, nextDeliveryAt, type Retrying } from './delivery-retry.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const plain: Retrying = { kind: 'email', failures: 1, limited: false, createdAt: 0, now: 0, random: 0 };
const almostOne = 0.999_999;

test.each<[string, Partial<Retrying>, number | null]>([
  ['after the first failure', {}, 5 * second],
  ['after the second', { failures: 2 }, 15 * second],
  ['after the third', { failures: 3 }, minute],
  ['after the fourth', { failures: 4 }, 4 * minute],
  ['after the hundredth', { failures: 100 }, 4 * minute],
  ['with all the jitter there is', { failures: 100, random: almostOne }, 288 * second],
  ['the receiver asks for longer', { afterMs: 40 * second }, 40 * second],
  ['the receiver asks for less: the own wait stays', { failures: 4, afterMs: second }, 4 * minute],
  ['limited: as long as it asks for, whatever failed before', { limited: true, failures: 9, afterMs: 700 }, 700],
  ['limited, and it doesn’t say how long', { limited: true, failures: 0 }, 30 * second],
  ['limited, the jitter comes on top', { limited: true, afterMs: 100 * second, random: almostOne }, 120 * second],
  ['the last attempt is at the end of the time', { failures: 9, now: 24 * hour - 1 }, 24 * hour],
  ['… but not before the receiver wants it', { now: 24 * hour - 1, afterMs: hour }, 25 * hour - 1],
  ['a person’s channel is tried for a day', { now: 24 * hour }, null],
  ['a webhook is not given up by then', { kind: 'webhook', failures: 9, now: 24 * hour }, 24 * hour + 4 * minute],
  ['a webhook is tried for three days', { kind: 'webhook', now: 72 * hour }, null],
])('%s', (_, over, expected) => expect(nextDeliveryAt({ ...plain, ...over })).toBe(expected));

const retrying = fc.record({
  kind: fc.constantFrom('email', 'sms', 'slack', 'webhook'),
  failures: fc.nat(400),
  limited: fc.boolean(),
  createdAt: fc.nat(1_000_000),
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

test('a wait is never less than the receiver asks for, and no wait of our own is longer than five minutes', () => {
  fc.assert(
    fc.property(retrying, fc.nat(72 * hour), fc.option(fc.nat(48 * hour)), (one, after, afterMs) => {
      const now = one.createdAt + after;
      const at = nextDeliveryAt({ ...one, now, ...(afterMs === null ? {} : { afterMs }) });
      expect(at === null).toBe(after >= giveUpAfterMs(one.kind));
      if (at === null) return;
      expect(at).toBeGreaterThanOrEqual(now + (afterMs ?? 0));
      expect(at - now - (afterMs ?? 0)).toBeLessThanOrEqual(5 * minute);
    }),
  );
});

test('a provider that comes back, whenever that is, hears within five minutes; one that doesn’t is let go in time', () => {
  fc.assert(
    fc.property(retrying, fc.nat(80 * hour), fc.array(fc.nat(30 * second), { minLength: 1 }), (one, back, lengths) => {
      const end = giveUpAfterMs(one.kind);
      let now = 0;
      for (let failures = 1; now < back; failures++) {
        now += lengths[failures % lengths.length] ?? 0; // how long the attempt hangs before it fails
        const next = nextDeliveryAt({ ...one, createdAt: 0, limited: false, failures, now });
        if (next === null) {
          expect(now).toBeGreaterThanOrEqual(end);
          return;
        }
        expect(next).toBeGreaterThan(now);
        now = next;
      }
      expect(now - back).toBeLessThanOrEqual(5 * minute + 30 * second); // the last attempt may hang over the return
      expect(now).toBeLessThanOrEqual(end);
    }),
    { numRuns: 60 },
  );
});
