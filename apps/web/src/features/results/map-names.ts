// Where the names of places stand beside their marks on the map, so that none covers a mark or another name.

/** `x`, `y`: the middle of its mark. */
export type Place = Readonly<{ id: string; name: string; x: number; y: number }>;
/** `x`, `y`: where the text begins, or ends where it stands before its mark; `y` is the middle of its height. */
export type NameSpot = Readonly<{ x: number; y: number; anchor: 'start' | 'end' }>;
/** In the map's own units: half a mark, the height of a line, and the width that a letter needs. */
export type Lettering = Readonly<{ mark: number; line: number; letter: number }>;

type Box = Readonly<{ left: number; right: number; top: number; bottom: number }>;
const gap = 3;
const mapWidth = 720;
const mapHeight = 286;
/** Tried in turn: beside its mark, then by as many lines above or below. */
const rows = [0, 0.6, -0.6, 1, -1, 1.5, -1.5, 2, -2, 3, -3];

const around = ({ x, y }: Place, half: number): Box => ({
  ...{ left: x - half, right: x + half, top: y - half, bottom: y + half },
});
const boxOf = ({ x, y, anchor }: NameSpot, name: string, { line, letter }: Lettering): Box => {
  const width = name.length * letter;
  const left = anchor === 'start' ? x : x - width;
  return { left, right: left + width, top: y - line / 2, bottom: y + line / 2 };
};
const touch = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const fits = ({ left, right, top, bottom }: Box): boolean =>
  left >= 0 && right <= mapWidth && top >= 0 && bottom <= mapHeight;

const triesOf = ({ x, y }: Place, { mark, line }: Lettering): readonly NameSpot[] =>
  rows.flatMap((row): readonly NameSpot[] => [
    { x: x + mark + gap, y: y + row * line, anchor: 'start' },
    { x: x - mark - gap, y: y + row * line, anchor: 'end' },
  ]);

/** A spot for each name, by the id of its place. Where all is taken it covers another rather than leave the map. */
export const namesOf = (places: readonly Place[], lettering: Lettering): ReadonlyMap<string, NameSpot> => {
  const taken: Box[] = places.map((place) => around(place, lettering.mark));
  const found = places
    .toSorted((one, other) => other.x - one.x)
    .map((place): readonly [string, NameSpot] => {
      const tries = triesOf(place, lettering);
      const boxFor = (spot: NameSpot): Box => boxOf(spot, place.name, lettering);
      const free = tries.find((spot) => fits(boxFor(spot)) && taken.every((box) => !touch(box, boxFor(spot))));
      const within = tries.find((spot) => fits(boxFor(spot)));
      const spot = free ?? within ?? tries[place.x > mapWidth / 2 ? 1 : 0] ?? { ...place, anchor: 'start' };
      taken.push(boxFor(spot));
      return [place.id, spot];
    });
  return new Map(found);
};
