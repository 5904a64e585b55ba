import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextReminderAt, type Reminding } from './reminders.ts';

const plain: Reminding = { openedAt: 100, remindEveryMs: 60, lastAt: null, now: 100, snoozedUntil: null };

test.each<[string, Partial<Reminding>, number | null]>([
  ['no reminders are wanted', { remindEveryMs: null, snoozedUntil: 500 }, null],
  ['the first counts from the opening', {}, 160],
  ['the next counts from the last', { lastAt: 165, now: 170 }, 225],
  ['a snooze puts it off', { snoozedUntil: 400 }, 400],
  ['a snooze that ends sooner does not', { snoozedUntil: 150 }, 160],
  ['one that was missed is due now', { lastAt: 160, now: 900 }, 900],
  ['the first may be missed too', { now: 900 }, 900],
])('%s', (_, over, expected) => expect(nextReminderAt({ ...plain, ...over })).toBe(expected));

test('asked at every sweep, reminders come an interval apart and none is starved, however long a worker was away', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 5, max: 100 }),
      fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 60, size: 'max' }),
      (remindEveryMs, sweeps) => {
        const told: number[] = [];
        let now = 0;
        for (const pause of sweeps) {
          now += pause;
          const lastAt = told.at(-1) ?? null;
          const due = nextReminderAt({ openedAt: 0, remindEveryMs, lastAt, now, snoozedUntil: null });
          const waited = now - (lastAt ?? 0);
          expect(due === now).toBe(waited >= remindEveryMs);
          if (due !== null && due <= now) told.push(now);
        }
        for (const [i, at] of told.entries()) expect(at - (told[i - 1] ?? 0)).toBeGreaterThanOrEqual(remindEveryMs);
      },
    ),
  );
});
