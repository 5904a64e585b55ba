import { expect, test } from 'vitest';
import { type Entry, sectionsOf } from './entry.ts';

const entry = (id: string, group: Entry['group'], label: string, note = ''): Entry => ({
  ...{ id, group, label, note },
  icon: () => null,
  run: () => undefined,
});
const entries = [
  entry('new', 'acts', 'New monitor'),
  entry('m1', 'monitors', 'Shop', 'https://shop.example/'),
  entry('m2', 'monitors', 'Photo shop', 'https://photo.example/'),
  entry('m3', 'monitors', 'Blog', 'https://blog.example/shop'),
  entry('go', 'places', 'Incidents'),
];
const idsOf = (query: string, recent: readonly string[] = []) =>
  sectionsOf(entries, query, recent).map(({ group, entries: some }) => [group, some.map(({ id }) => id)]);

test('a monitor is found by its name and by its URL, the name’s beginning first', () => {
  expect(idsOf('shop')).toEqual([['monitors', ['m1', 'm2', 'm3']]]);
  expect(idsOf('photo.example')).toEqual([['monitors', ['m2']]]);
});
test('the name that was typed comes before those whose URL has a word of it', () => {
  const many = Array.from({ length: 90 }, (_, i) => entry(`m${i}`, 'monitors', `Shop ${i}`, 'http://127.0.0.1/'));
  expect(
    sectionsOf(many, 'shop 7', [])[0]
      ?.entries.slice(0, 3)
      .map(({ id }) => id),
  ).toEqual(['m7', 'm70', 'm71']);
  expect(sectionsOf(many, '7 shop', [])[0]?.entries[0]?.id).toBe('m7');
});
test('every word must be found', () => expect(idsOf('shop blog')).toEqual([['monitors', ['m3']]]));
test('what was chosen lately comes first, once, until something is typed', () => {
  expect(idsOf('', ['m3', 'gone', 'go'])).toEqual([
    ['recent', ['m3', 'go']],
    ['acts', ['new']],
    ['monitors', ['m1', 'm2']],
  ]);
  expect(idsOf('incid', ['m3'])).toEqual([['places', ['go']]]);
});
test('of a thousand monitors a few are shown, in a moment', () => {
  const many = Array.from({ length: 1_000 }, (_, i) =>
    entry(`m${i}`, 'monitors', `Shop ${i}`, `https://s${i}.example/`),
  );
  const [section] = sectionsOf(many, 's999.example', []);
  expect(section?.entries.map(({ id }) => id)).toEqual(['m999']);
  expect(sectionsOf(many, 'shop', [])[0]?.entries).toHaveLength(8);
});
