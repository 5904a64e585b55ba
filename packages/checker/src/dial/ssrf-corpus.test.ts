import { needs, ownNetworkAvailable } from '@farwatch/testkit';
import { describe, expect } from 'vitest';
import { corpora, corpusRows } from '../corpus.fixture.ts';
import { type Everywhere, lookEverywhere, plainAddress } from '../everywhere.fixture.ts';

const ownNetwork = needs('a network namespace', ownNetworkAvailable());
const hosts = corpusRows<{ target: string; form: string; url: string }>('ssrf/encoded-hosts.jsonl');
const addresses = corpusRows<{ ip: string; expect: 'allow' | 'deny' | 'either' }>('ssrf/ip-classification.jsonl');
const denied = addresses.filter((row) => row.expect === 'deny').map(({ ip }) => ip);
const timeout = 30_000;

const inside = ['10.0.0.1', '127.0.0.1', '169.254.169.254', 'fd00::1', '::1', '::ffff:127.0.0.1'];
/** Whatever name a host is taken for leads inside. */
const names: Everywhere['names'] = Object.fromEntries(
  hosts
    .flatMap(({ url }) => URL.parse(url)?.hostname.replace(/\.$/u, '') ?? [])
    .map((name) => [name, { 4: [inside], 6: [inside] }]),
);
const base64 = (text: string, encoding: 'utf8' | 'latin1'): string => Buffer.from(text, encoding).toString('base64');
/** Looks at a public server that leads to each of these places. */
const lookByRedirect = (locations: readonly string[]) =>
  lookEverywhere({ names, locations, looks: locations.map((_, i) => ({ url: `http://1.1.1.1/to/${i}` })) });

ownNetwork.describe('where every address is within reach', () => {
  corpora.test('an unguarded dial does reach denied addresses, and is counted', async () => {
    const { dialled } = await lookEverywhere({ names: {}, locations: [], looks: [], unguarded: denied });
    const heard = denied.filter((ip) => dialled[plainAddress(ip)] !== undefined);
    expect(denied.length).toBe(122);
    expect(heard.length).toBeGreaterThan(100); // no TCP reaches the rest: multicast, broadcast, link-local without a zone
  });

  describe('no writing of a denied host is dialled', () => {
    corpora.test(
      'as a URL',
      async () => {
        const { looks, dialled } = await lookEverywhere({ names, locations: [], looks: hosts });
        const refused = /^(connect:ADDRESS_DENIED|protocol:INVALID_URL)$/u;
        expect(hosts.length).toBe(570);
        expect(dialled).toEqual({});
        expect(hosts.filter((_, i) => !refused.test(looks[i]?.said ?? ''))).toEqual([]);
      },
      timeout,
    );
    corpora.test.each([
      ['in UTF-8', (url: string) => base64(url, 'utf8')],
      ['in Latin-1, where what is beyond it becomes other bytes', (url: string) => base64(url, 'latin1')],
      ['without a scheme', (url: string) => base64(url.replace(/^\s*ht\n?tp:/u, ''), 'utf8')],
      ['amid spaces and tabs', (url: string) => base64(`\t ${url} \t`, 'utf8')],
    ])(
      'as a redirect %s',
      async (_, written) => {
        const { looks, dialled } = await lookByRedirect(hosts.map(({ url }) => written(url)));
        expect(looks.length).toBe(570);
        expect(Object.keys(dialled)).toEqual(['1.1.1.1']);
        // 404: what only looks absolute leads to another page of the public server.
        const harmless = /^(connect:ADDRESS_DENIED|protocol:INVALID_(REDIRECT|HTTP)|dns:\w+|404)$/u;
        expect(looks.filter(({ said }) => !harmless.test(said))).toEqual([]);
      },
      timeout,
    );
  });

  corpora.test(
    'an address that DNS answers is dialled exactly when it is public',
    async () => {
      const answers = addresses.map(({ ip }, i) => [`n${i}.example`, { 4: [[ip]], 6: [[ip]] }] as const);
      const looks = answers.map(([name]) => ({ url: `http://${name}/` }));
      const heard = await lookEverywhere({ names: Object.fromEntries(answers), locations: [], looks });
      const rows = addresses.map((row, i) => ({
        ...row,
        ...heard.looks[i],
        dialled: heard.dialled[plainAddress(row.ip)],
      }));
      const should = (which: string) => rows.filter((row) => row.expect === which);
      expect(rows.length).toBe(156);
      expect(should('deny').filter(({ said }) => said !== 'connect:ADDRESS_DENIED')).toEqual([]);
      expect(should('deny').filter(({ dialled }) => dialled !== undefined)).toEqual([]);
      expect(should('allow').filter(({ said, dialled }) => said !== 'up' || dialled === undefined)).toEqual([]);
      const open = rows.filter((row) => row.expect !== 'deny').map(({ ip }) => plainAddress(ip));
      expect(Object.keys(heard.dialled).filter((address) => !open.includes(address))).toEqual([]);
    },
    timeout,
  );
});
