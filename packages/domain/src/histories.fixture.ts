import fc from 'fast-check';
import type { Arrival } from './live.fixture.ts';
import { resultOf } from './play.fixture.ts';
import type { Policy } from './policy.ts';
import { voteOf } from './vote.ts';

const regionsOf = fc.constantFrom(['fra'], ['fra', 'iad', 'sin'], ['ams', 'fra', 'iad', 'sin', 'syd']);
/** For tests. Mostly good, in runs, so that incidents come and go; some slow, some very late, some twice. */
export const history = regionsOf.chain((regions) =>
  fc.record({
    policy: fc.record({
      regions: fc.constant(regions),
      agree: fc.constantFrom<Policy['agree']>('majority', 'majority', 'any', 'all', 2),
      failuresToOpen: fc.constantFrom(1, 1, 2, 3),
      successesToResolve: fc.constantFrom(1, 2),
    }),
    looks: fc.array(
      fc.record({
        region: fc.constantFrom(...regions),
        word: fc.constantFrom('up', 'up', 'up', 'down', 'down', '504', 'timeout', 'degraded'),
        run: fc.integer({ min: 1, max: 6 }),
        stepMs: fc.constantFrom(170, 2_000, 6_000, 30_000, 290_000),
        lateMs: fc.constantFrom(0, 0, 0, 40, 900, 4_000, 30_000, 600_000, 7_800_000),
        times: fc.constantFrom(1, 1, 1, 2, 5),
      }),
      { minLength: 1, maxLength: 40 },
    ),
    blackout: fc.option(fc.record({ region: fc.constantFrom(...regions), from: fc.nat(40), length: fc.nat(30) })),
  }),
);

type Told = typeof history extends fc.Arbitrary<infer H> ? H : never;
/** When which look arrives, and how often. */
export const arrivalsOf = ({ looks, blackout }: Pick<Told, 'looks' | 'blackout'>): Arrival[] => {
  let at = 0;
  const seen = new Set<string>();
  return looks.flatMap(({ region, word, run, stepMs, lateMs, times }, i) =>
    Array.from({ length: run }, () => {
      at += stepMs;
      const dark =
        blackout !== null && blackout.region === region && i >= blackout.from && i < blackout.from + blackout.length;
      const vote = voteOf(resultOf(`${region}:${word}`, at));
      if (dark || vote === null || seen.has(`${region} ${at}`)) return [];
      seen.add(`${region} ${at}`);
      return Array.from({ length: times }, (_, n) => ({ vote, arrivesAt: vote.endedAt + lateMs + n * 1_300 }));
    }).flat(),
  );
};
