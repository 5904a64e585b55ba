import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { burstEndsAt, nextBurstLook } from './burst.ts';

const began = 1_795_000_000_000;
const names = ['ams', 'fra', 'iad', 'nrt', 'sin'];
/** Every look of these regions, as [ms after the start, region], in order. */
const all = (regions: readonly string[]) =>
  regions
    .flatMap((region) => {
      const moments: [number, string][] = [];
      let at = nextBurstLook({ startedAt: began, regions }, region, began);
      while (at !== null) {
        moments.push([at - began, region]);
        at = nextBurstLook({ startedAt: began, regions }, region, at);
      }
      return moments;
    })
    .toSorted(([a], [b]) => a - b);

describe('a burst', () => {
  test('looks every 2 s for half a minute and every 5 s until ten minutes are over', () => {
    const moments = all(['fra']).map(([at]) => at);
    expect(moments.slice(0, 3)).toEqual([2_000, 4_000, 6_000]);
    expect(moments.slice(13, 18)).toEqual([28_000, 30_000, 35_000, 40_000, 45_000]);
    expect(moments.at(-1)).toBe(600_000);
    expect(burstEndsAt(began)).toBe(began + 600_000);
  });
  test('is shared out: each look is one region’s, and they take turns', () => {
    const looks = all(names);
    expect(looks.map(([at]) => at)).toEqual(all(['fra']).map(([at]) => at));
    for (const [i, [, region]] of looks.entries()) expect(region).toBe(names[(i + 1) % names.length]);
  });
  test('is the same whatever order the regions come in', () => {
    expect(all(names.toReversed())).toEqual(all(names));
  });
  test.each([
    ['before the start', began - 50_000, 'ams', began + 10_000],
    ['at the start', began, 'fra', began + 2_000],
    ['in a look', began + 2_000, 'fra', began + 12_000],
    ['near the end', began + 599_000, 'sin', began + 600_000],
    ['near the end, when the last look is another’s', began + 599_000, 'fra', null],
    ['after the end', began + 600_000, 'fra', null],
    ['for a region that is not named', began, 'lhr', null],
  ])('asked %s', (_, after, region, next) => {
    expect(nextBurstLook({ startedAt: began, regions: names }, region, after)).toBe(next);
  });
  test('always answers a look that is later than asked, inside the ten minutes, at most a round away', () => {
    const some = fc.uniqueArray(fc.constantFrom(...names, 'bom', 'cpt', 'dub'), { minLength: 1 });
    fc.assert(
      fc.property(some, fc.integer({ min: -20_000, max: 700_000 }), (regions, after) => {
        for (const region of regions) {
          const next = nextBurstLook({ startedAt: began, regions }, region, began + after);
          const round = 5_000 * regions.length;
          if (next === null) expect(after).toBeGreaterThanOrEqual(600_000 - round);
          else {
            expect(next).toBeGreaterThan(began + after);
            expect(next - began - Math.max(0, after)).toBeLessThanOrEqual(round);
            expect(next).toBeLessThanOrEqual(burstEndsAt(began));
          }
        }
      }),
    );
  });
});
