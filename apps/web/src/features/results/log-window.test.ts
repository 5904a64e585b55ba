import { expect, test } from 'vitest';
import { place, placeFirst } from './log-window.ts';

const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => ({ id: String(from + i) }));
const still = { top: false, follows: false };

test('older rows below change nothing, and dropped rows above leave their room', () => {
  const first = placeFirst(rows(0, 100));
  const longer = place(first, rows(0, 600), { ...still, top: true });
  expect(longer).toMatchObject({ origin: 0, shift: 0 });
  const dropped = place(longer, rows(100, 1_100), still);
  expect(dropped).toMatchObject({ origin: 100, shift: 0 });
  expect(place(dropped, rows(0, 600), { ...still, top: true })).toMatchObject({ origin: 0, shift: 0 });
});

test('what is newer than where the log was opened pushes the scrolling down by its rows', () => {
  expect(place(placeFirst(rows(500, 600)), rows(0, 600), still)).toMatchObject({ origin: 0, shift: 500 });
});

test('new looks at the top: followed by whoever is there, and out of the way of whoever has scrolled', () => {
  const before = placeFirst(rows(5, 100));
  expect(place(before, rows(0, 100), { top: true, follows: true })).toMatchObject({ origin: 0, shift: 0 });
  expect(place(before, rows(0, 100), { top: true, follows: false })).toMatchObject({ origin: 0, shift: 5 });
});

test('the top is the top: room that turns out to be too much or too little is corrected there', () => {
  const far = place(place(placeFirst(rows(0, 600)), rows(100, 1_100), still), rows(90, 600), { ...still, top: true });
  expect(far).toMatchObject({ origin: 0, shift: -90 });
});

test('another log begins anew', () => {
  expect(place(placeFirst(rows(0, 50)), rows(100, 150), still)).toMatchObject({ origin: 0, shift: 0 });
});
