import { regionCatalogue } from '@farwatch/domain';
import { expect, test } from 'vitest';
import { type Lettering, namesOf, type Place } from './map-names.ts';

const wide: Lettering = { mark: 8, line: 15, letter: 6.6 };
const at = (id: string, name = id): Place => {
  const { latitude = 0, longitude = 0 } = regionCatalogue.find((place) => place.id === id) ?? {};
  return { id, name, x: 360 + longitude * 2, y: 168 - latitude * 2 };
};
/** Left, right, top, bottom. */
type Box = readonly [number, number, number, number];
const boxesOf = (places: readonly Place[], { mark, line, letter }: Lettering): readonly Box[] => {
  const spots = namesOf(places, { mark, line, letter });
  const names = places.map(({ id, name }): Box => {
    const { x, y, anchor } = spots.get(id) ?? { x: Number.NaN, y: Number.NaN, anchor: 'start' };
    const left = anchor === 'start' ? x : x - name.length * letter;
    return [left, left + name.length * letter, y - line / 2, y + line / 2];
  });
  return [...names, ...places.map(({ x, y }): Box => [x - mark, x + mark, y - mark, y + mark])];
};
const covers = (a: Box, b: Box): boolean => a[0] < b[1] && b[0] < a[1] && a[2] < b[3] && b[2] < a[3];

test('the name of a place alone stands after its mark, at the edge of the map before it', () => {
  const spots = namesOf([at('fra', 'Frankfurt'), at('syd', 'Sydney and all that is near it')], wide);
  expect(spots.get('fra')).toMatchObject({ anchor: 'start', y: at('fra').y });
  expect(spots.get('syd')).toMatchObject({ anchor: 'end', y: at('syd').y });
});

test.each([
  ['neighbours', ['fra', 'lhr']],
  ['a crowd', ['fra', 'lhr', 'ams', 'dub']],
  ['every region that is known by name', regionCatalogue.map(({ id }) => id)],
])('no name covers a mark or another name: %s', (_, ids) => {
  const places = ids.map((id) => at(id, regionCatalogue.find((place) => place.id === id)?.city));
  const boxes = boxesOf(places, wide);
  for (const [index, name] of boxes.slice(0, places.length).entries())
    for (const other of boxes.slice(index + 1)) expect(covers(name, other), `${places[index]?.name}`).toBe(false);
});

test('where all is taken a name covers another rather than leave the map', () => {
  const places = Array.from({ length: 14 }, (_, index) => ({
    ...{ id: `p${index}`, name: 'a-region-far-away', x: 690, y: 100 + index * 4 },
  }));
  for (const [left, right, top, bottom] of boxesOf(places, wide).slice(0, places.length)) {
    expect([left >= 0, right <= 720]).toEqual([true, true]);
    expect([top >= 0, bottom <= 286]).toEqual([true, true]);
  }
});
