import fc from 'fast-check';
import { expect, test } from 'vitest';
import { certificateThresholds, certificateWarning, dueThresholds } from './certificate-expiry.ts';

const day = 86_400_000;
const notAfter = 1_000 * day;

test.each<[daysLeft: number, toldDays: readonly number[], warning: number | null]>([
  [31, [], null],
  [30.001, [], null],
  [30, [], 30],
  [29, [30], null],
  [14, [30], 14],
  [10, [], 14], // 30 was skipped
  [2.5, [30, 14], 3], // 7 was skipped
  [2.5, [30, 3], null], // told out of turn: 14 and 7 are no news any more
  [1, [30, 14, 7, 3], 1],
  [0.001, [30, 14, 7, 3, 1], null],
  [0, [30, 14, 7, 3, 1], 0],
  [-100, [1], 0],
  [-100, [0], null],
])('with %d days left and %j told: %s', (daysLeft, toldDays, warning) => {
  expect(certificateWarning({ notAfter, toldDays, now: notAfter - daysLeft * day })).toBe(warning);
});

test.each([
  [40, []],
  [7, [30, 14, 7]],
  [-1, [30, 14, 7, 3, 1, 0]],
])('with %d days left these have come: %j', (daysLeft, due) => {
  expect(dueThresholds({ notAfter, now: notAfter - daysLeft * day })).toEqual(due);
});

test('looked at whenever, a certificate is warned of once per threshold, ever more urgently, and never without need', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5 * day, max: 40 * day }), { maxLength: 60, size: 'max' }), (looks) => {
      const told: number[] = [];
      for (const left of looks.toSorted((a, b) => b - a)) {
        const now = notAfter - left;
        const warning = certificateWarning({ notAfter, toldDays: told, now });
        if (warning !== null) {
          expect(left).toBeLessThanOrEqual(warning * day);
          told.push(warning);
        }
        expect(certificateWarning({ notAfter, toldDays: told, now })).toBeNull();
        expect(told.at(-1)).toBe(dueThresholds({ notAfter, now }).at(-1));
      }
      expect(told).toEqual(certificateThresholds.filter((days) => told.includes(days)));
    }),
  );
});
