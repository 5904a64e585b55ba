import { type NameAnswer, needs, ownNetworkAvailable } from '@farwatch/testkit';
import { beforeAll, describe, expect } from 'vitest';
import { corpora, corpusRows } from '../corpus.fixture.ts';
import { type Everywhere, type Heard, lookEverywhere, plainAddress } from '../everywhere.fixture.ts';

const ownNetwork = needs('a network namespace', ownNetworkAvailable());
const rows = corpusRows<{ ip: string; expect: string }>('ssrf/ip-classification.jsonl');
const addresses = (expectation: string, family: 4 | 6): readonly string[] =>
  rows.filter(({ ip, expect: its }) => its === expectation && ip.includes(':') === (family === 6)).map(({ ip }) => ip);
const pools = {
  public: { 4: addresses('allow', 4), 6: addresses('allow', 6) },
  denied: { 4: addresses('deny', 4), 6: addresses('deny', 6) },
};
/** Public addresses that can't be reached: what is tried next must be public too. */
const dead = { 4: '9.9.9.9', 6: '2620:fe::9' };

type Picks = Readonly<{ pub: string; pub6: string; bad: string; bad6: string; bad2: string }>;
/** What the name's questions are answered with, in turn, per family; and what its looks must say, in turn. */
type Plan = Readonly<{
  4: readonly NameAnswer[];
  6: readonly NameAnswer[];
  says: readonly string[];
  /** The name leads to itself: one look asks for it twice. */
  leads?: true;
}>;
const refused = 'connect:ADDRESS_DENIED';
const crowd = (address: string): readonly string[] => Array<string>(20).fill(address);

const plans: Readonly<Record<string, (picks: Picks) => Plan>> = {
  'public, then denied': ({ pub, bad }) => ({
    4: [[pub], [bad], [pub], [bad]],
    6: [[]],
    says: ['up', refused, 'up', refused],
  }),
  'denied, then public': ({ pub6, bad6 }) => ({ 4: [[]], 6: [[bad6], [pub6]], says: [refused, 'up'] }),
  'denied before public in one answer': ({ pub, bad, bad2 }) => ({
    4: [[bad, bad2, pub]],
    6: [[]],
    says: ['up', 'up'],
  }),
  'denied after public in one answer': ({ pub, bad }) => ({ 4: [[pub, bad]], 6: [[]], says: ['up', 'up'] }),
  'A public, AAAA denied': ({ pub, bad6 }) => ({ 4: [[pub]], 6: [[bad6]], says: ['up', 'up'] }),
  'A denied, AAAA public': ({ pub6, bad }) => ({ 4: [[bad]], 6: [[pub6]], says: ['up', 'up'] }),
  'families that change sides': ({ pub, pub6, bad, bad6 }) => ({
    ...{ 4: [[pub], [bad], [bad]], 6: [[bad6], [pub6], [bad6]] },
    says: ['up', 'up', refused],
  }),
  'public but dead, and denied behind it': ({ bad, bad6 }) => ({
    ...{ 4: [[dead[4], bad]], 6: [[dead[6], bad6]] },
    says: ['connect:EHOSTUNREACH', 'connect:EHOSTUNREACH'],
  }),
  'nothing, then denied': ({ bad }) => ({
    4: ['NXDOMAIN', [bad]],
    6: ['NXDOMAIN', []],
    says: ['dns:ENOTFOUND', refused],
  }),
  'many denied ones, then a public one before them': ({ pub, bad }) => ({
    ...{ 4: [crowd(bad), [pub, ...crowd(bad)]], 6: [[]] },
    says: [refused, 'up'],
  }),
  'many denied ones before a public one': ({ pub, bad }) => ({
    4: [[...crowd(bad), pub]],
    6: [[]],
    says: ['up', 'up'],
  }),
  'public, then denied for the redirect to itself': ({ pub, bad, bad6 }) => ({
    ...{ 4: [[pub], [bad]], 6: [[], [bad6]], leads: true },
    says: [refused],
  }),
  'public and denied, then the other way round for the redirect': ({ pub, pub6, bad, bad6 }) => ({
    ...{ 4: [[bad, pub], [bad]], 6: [[bad6], [bad6, pub6]], leads: true },
    says: ['up'],
  }),
  'public for a redirect, denied when looked at again': ({ pub, bad }) => ({
    ...{ 4: [[pub], [pub], [bad]], 6: [[]], leads: true },
    says: ['up', refused],
  }),
};
const kinds = Object.keys(plans);
const tries = 1_000;

const pick = (pool: readonly string[], n: number): string => pool[n % pool.length] ?? '';
const picksOf = (n: number): Picks => ({
  pub: pick(pools.public[4], n),
  pub6: pick(pools.public[6], n),
  bad: pick(pools.denied[4], n),
  bad6: pick(pools.denied[6], n),
  bad2: pick(pools.denied[4], n * 7 + 3),
});

const told = Array.from({ length: tries }, (_, n) => {
  const kind = kinds[n % kinds.length] ?? '';
  const plan = plans[kind]?.(picksOf(Math.floor(n / kinds.length))) ?? { 4: [], 6: [], says: [] };
  return { kind, name: `n${n}.rebind.example`, ...plan };
});
const looks = told.flatMap(({ kind, name, says, leads }, n) =>
  says.map((expected) => ({ kind, name, expected, url: `http://${name}/${leads ? `to/${n}` : ''}` })),
);
const world: Everywhere = {
  names: Object.fromEntries(told.map((each) => [each.name, { 4: each[4], 6: each[6] }])),
  locations: told.map(({ name }) => Buffer.from(`http://${name}/`).toString('base64')),
  looks,
};

ownNetwork.describe('a name that changes between public and denied addresses', () => {
  let heard: Heard;
  beforeAll(async () => {
    if (rows.length > 0) heard = await lookEverywhere(world, Object.values(dead));
  }, 60_000);

  corpora.test('in 1,000 tries never has a denied one dialled', () => {
    const open = new Set(rows.filter((row) => row.expect === 'allow').map(({ ip }) => plainAddress(ip)));
    expect(told.length).toBe(1_000);
    expect(Object.keys(heard.dialled).filter((address) => !open.has(address))).toEqual([]);
    expect(Object.keys(heard.dialled).length).toBe(open.size);
  });
  describe('is judged by the addresses of the moment', () => {
    corpora.test.each(kinds)('%s', (kind) => {
      const said = looks.map((look, i) => ({ ...look, ...heard.looks[i] })).filter((look) => look.kind === kind);
      expect(said.length).toBeGreaterThan(0);
      expect(said.filter((look) => look.said !== look.expected)).toEqual([]);
    });
  });
});
