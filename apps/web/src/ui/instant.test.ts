import { expect, test } from 'vitest';
import { weekdayText } from './instant.tsx';

const now = new Date('2026-11-29T12:00:00Z');
test('what lies ahead says its year where that is another one than the reader’s', () => {
  expect(weekdayText('2026-12-06T08:00:00Z', 'UTC', now)).not.toContain('2026');
  expect(weekdayText('2027-11-07T05:30:00Z', 'UTC', now)).toContain('2027');
  expect(weekdayText('2026-12-31T23:30:00Z', 'Asia/Tokyo', now)).toContain('2027');
});
