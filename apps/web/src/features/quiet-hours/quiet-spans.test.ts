import { expect, test } from 'vitest';
import { quietSpans } from './quiet-spans.ts';

test('a night that begins on Sunday is quiet on Monday morning', () => {
  const days = quietSpans([{ days: [7], from: '22:00', until: '07:30' }]);
  expect(days[0]).toEqual([{ from: 0, until: 450 }]);
  expect(days[6]).toEqual([{ from: 1320, until: 1440 }]);
  expect(days.slice(1, 6)).toEqual([[], [], [], [], []]);
});

test('a stretch within one day stays in it, and one until midnight leaves the next day alone', () => {
  const days = quietSpans([
    { days: [2], from: '12:00', until: '13:00' },
    { days: [3], from: '23:00', until: '00:00' },
  ]);
  expect(days[1]).toEqual([{ from: 720, until: 780 }]);
  expect(days[2]).toEqual([{ from: 1380, until: 1440 }]);
  expect(days[3]).toEqual([]);
});

test('a window that is still being written is not drawn', () => {
  expect(quietSpans([{ days: [1], from: '', until: '07:00' }]).flat()).toEqual([]);
});
