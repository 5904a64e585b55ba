import { expect, test } from 'vitest';
import { searchNote } from './search-note.ts';

const hours = (count: number): number => count * 3_600_000;

test('a short outage costs nothing and gets no note', () => {
  for (const length of [null, 0, 1_000, hours(0.9)]) expect(searchNote(length)).toBeNull();
});
test('the longer, the more is said', () => {
  const notes = [hours(2), hours(12), hours(72)].map((length) => searchNote(length));
  expect(new Set(notes).size).toBe(3);
  expect(notes[0]).toContain('does not suffer');
  expect(notes[1]).toContain('slow down');
  expect(notes[2]).toContain('dropped');
});
test('what keeps coming back is told even while it is short', () => {
  expect(searchNote(1_000, 2)).toBeNull();
  expect(searchNote(1_000, 5)).toContain('again and again');
});
