import { describe, expect, test } from 'vitest';
import { policyFor } from './play.fixture.ts';
import { chanceOf, simulate, type Trouble, verdictOf } from './simulation.fixture.ts';
import type { Stretch } from './uptime.ts';

const minute = 60_000;
const hour = 60 * minute;
const names = ['ams', 'fra', 'iad', 'sin', 'syd'];
const five = policyFor(names);
const three = policyFor(names.slice(0, 3));
const one = policyFor(['fra']);

const stretch = (from: number, length: number): Stretch => ({ from, until: from + length });
const tenTimes = (first: number, every: number, length: number): readonly Stretch[] =>
  Array.from({ length: 10 }, (_, i) => stretch(first + i * every, length));
const everywhere = (regions: readonly string[], stretches: readonly Stretch[]) =>
  Object.fromEntries(regions.map((region) => [region, stretches]));

type Scenario = readonly [name: string, trouble: (seed: number) => Trouble];

/** Nothing is really down in these: not one may open an incident. */
const harmless: readonly Scenario[] = [
  ['nothing at all', () => ({})],
  ['one region fails wholly', () => ({ regional: { fra: [stretch(10 * minute, hour)] } })],
  ['one region fails again and again', () => ({ regional: { iad: tenTimes(5 * minute, 6 * minute, minute) } })],
  [
    'the resolver of one region is dead, then that of another',
    () => ({
      regional: { fra: [stretch(10 * minute, 20 * minute)], iad: [stretch(31 * minute, 20 * minute)] },
    }),
  ],
  ['a link is cut ten times for two minutes', () => ({ cut: { ams: tenTimes(5 * minute, 6 * minute, 2 * minute) } })],
  [
    'all links are cut ten times for two minutes',
    () => ({
      cut: everywhere(names, tenTimes(5 * minute, 6 * minute, 2 * minute)),
    }),
  ],
  ['a blind region', () => ({ blind: { fra: [stretch(5 * minute, hour)] } })],
  ['all regions are lost, and come back', () => ({ dark: everywhere(names, [stretch(20 * minute, 20 * minute)]) })],
  [
    'all regions but one are lost, and that one fails once',
    () => ({
      dark: everywhere(names.slice(1), [stretch(10 * minute, hour)]),
      regional: { ams: [stretch(30 * minute, 1_500)] },
    }),
  ],
  [
    'one restart of the site, shorter than it takes to ask anybody',
    (seed) => {
      const chance = chanceOf(seed);
      return {
        outages: [],
        regional: everywhere([names[Math.floor(chance() * 5)] ?? 'fra'], [stretch(20 * minute, 1_000)]),
      };
    },
  ],
  ['the worker is away for ten minutes', () => ({ away: [stretch(20 * minute, 10 * minute)] })],
  [
    'the worker is away while a region fails',
    () => ({
      away: [stretch(20 * minute, 10 * minute)],
      regional: { sin: [stretch(15 * minute, 30 * minute)] },
    }),
  ],
  ['good news lingers', () => ({ lingerMs: 9_000, regional: { syd: tenTimes(5 * minute, 5 * minute, 40_000) } })],
];

/** What must be found, whatever else goes on; the outage begins at another moment with every seed. */
const outageFrom = (seed: number): number => 20 * minute + Math.floor(chanceOf(seed * 7 + 1)() * 10 * minute);
const outages: readonly Scenario[] = [
  ['a long outage', (seed) => ({ outages: [stretch(outageFrom(seed), 10 * minute)] })],
  ['an outage of an interval’s part and a timeout', (seed) => ({ outages: [stretch(outageFrom(seed), 16_100)] })],
  [
    'an outage while one region is dark',
    (seed) => ({
      outages: [stretch(outageFrom(seed), 3 * minute)],
      dark: { ams: [stretch(0, 2 * hour)] },
    }),
  ],
  [
    'an outage while a link is cut',
    (seed) => ({
      outages: [stretch(outageFrom(seed), 3 * minute)],
      cut: { fra: [stretch(outageFrom(seed) - minute, 5 * minute)] },
    }),
  ],
  [
    'an outage while one region fails anyway',
    (seed) => ({
      outages: [stretch(outageFrom(seed), 3 * minute)],
      regional: { iad: [stretch(10 * minute, hour)] },
    }),
  ],
  [
    'an outage while two of five are dark',
    (seed) => ({
      outages: [stretch(outageFrom(seed), 3 * minute)],
      dark: { ams: [stretch(0, 2 * hour)], fra: [stretch(0, 2 * hour)] },
    }),
  ],
  ['ten outages', () => ({ outages: tenTimes(5 * minute, 6 * minute, 2 * minute) })],
  ['an outage in noise', (seed) => ({ outages: [stretch(outageFrom(seed), 3 * minute)], noise: 0.01 })],
  [
    'an outage while good news lingers',
    (seed) => ({
      outages: [stretch(outageFrom(seed), 3 * minute)],
      lingerMs: 5_000,
    }),
  ],
];

const seeds = Array.from({ length: 10 }, (_, i) => i + 1);

describe('no false incident: 140 runs of an hour in which nothing is down', () => {
  const lengthMs = 80 * minute;
  test.each<Scenario>(harmless)('%s', (_, trouble) => {
    for (const seed of seeds) {
      const { incidents, alerts } = simulate(five, trouble(seed), lengthMs, seed);
      expect([incidents, alerts], `seed ${seed}`).toEqual([[], []]);
    }
  });
  test('a day of 1 % noise in each of 10 runs', () => {
    for (const seed of seeds) {
      const { incidents } = simulate(five, { noise: 0.01 }, 24 * hour, seed);
      expect(incidents, `seed ${seed}`).toEqual([]);
    }
  }, 60_000);
});

describe('no missed outage and true bounds: 90 runs', () => {
  const lengthMs = 80 * minute;
  test.each<Scenario>(outages)('%s', (_, trouble) => {
    for (const seed of seeds) {
      const troubles = trouble(seed);
      const run = simulate(five, troubles, lengthMs, seed);
      const { falsely, missed, wrong } = verdictOf(run, troubles.outages ?? []);
      expect({ falsely, missed, wrong }, `seed ${seed}`).toEqual({ falsely: [], missed: [], wrong: [] });
    }
  });
  test('three regions and one find a hard outage as well', () => {
    for (const seed of seeds) {
      const trouble = { outages: [stretch(outageFrom(seed), 3 * minute)] };
      for (const policy of [three, one])
        expect(verdictOf(simulate(policy, trouble, hour, seed), trouble.outages)).toEqual({
          ...{ falsely: [], missed: [], wrong: [] },
        });
    }
  });
});
