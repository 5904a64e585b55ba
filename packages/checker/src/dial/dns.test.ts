import { type NameAnswer, startNameServer, startTarget } from '@farwatch/testkit';
import { describe, expect, test } from 'vitest';
import { corpora, corpusRows } from '../corpus.fixture.ts';
import { lookAt, said } from '../look.fixture.ts';

/** A look at `http://site.example:port/` with a name server that answers as told. */
const lookByName = async (
  answer: NameAnswer | (() => NameAnswer),
  port: number,
  allowCidrs: readonly string[] = ['127.0.0.0/8'],
) => {
  await using names = await startNameServer(typeof answer === 'function' ? answer : () => answer);
  return await lookAt(`http://site.example:${port}/`, { timeoutMs: 2_000 }, { allowCidrs, dnsServers: [names.server] });
};

describe('names', () => {
  test('are resolved in a phase of their own', async () => {
    await using target = await startTarget((_, res) => res.end());
    const answer = await lookByName(['127.0.0.1'], target.port);
    expect(said(answer)).toBe('up');
    expect(answer.phases.dnsMs).toBeGreaterThan(0);
  });
  test.each([
    ['NXDOMAIN', 'dns:ENOTFOUND'],
    ['SERVFAIL', 'dns:ESERVFAIL'],
    [[], 'dns:ENODATA'],
  ] as const)('that are answered with %o are down in phase dns', async (answer, code) => {
    expect(said(await lookByName(answer, 80))).toBe(code);
  });
  test('whose servers are silent run into the timeout of the whole look', async () => {
    const answer = await lookByName('silence', 80);
    expect(said(answer)).toBe('timeout');
    expect(answer.phases).toMatchObject({ dnsMs: expect.any(Number), connectMs: null });
    expect(answer.totalMs).toBeLessThan(3_000);
  });
  test('with a dead address and a living one reach the living one', async () => {
    await using target = await startTarget((_, res) => res.end());
    const answer = await lookByName(['127.0.0.2', '127.0.0.1'], target.port); // the target listens on 127.0.0.1 alone
    expect(answer).toMatchObject({ outcome: { verdict: 'up' }, remoteAddress: '127.0.0.1' });
  });
});

describe('names that lead inside', () => {
  test('are refused by what they resolve to, and nothing is dialled', async () => {
    await using target = await startTarget((_, res) => res.end());
    expect(said(await lookByName(['127.0.0.1'], target.port, []))).toBe('connect:ADDRESS_DENIED');
    expect(said(await lookByName(['::1', '127.0.0.1'], target.port, []))).toBe('connect:ADDRESS_DENIED');
    expect(target.connections()).toBe(0);
  });
  test('are refused when they change between two looks', async () => {
    await using target = await startTarget((_, res) => res.end());
    let times = 0;
    await using names = await startNameServer(() => [times++ < 2 ? '127.0.0.1' : '127.0.0.9']);
    const rules = { allowCidrs: ['127.0.0.1/32'], dnsServers: [names.server] };
    const url = `http://rebind.example:${target.port}/`;
    expect(said(await lookAt(url, {}, rules))).toBe('up');
    expect(said(await lookAt(url, {}, rules))).toBe('connect:ADDRESS_DENIED');
  });
  test('of this machine are never asked of DNS', async () => {
    await using names = await startNameServer(() => ['127.0.0.1']);
    const rules = { allowCidrs: [], dnsServers: [names.server] };
    expect(said(await lookAt('http://api.localhost/', {}, rules))).toBe('connect:ADDRESS_DENIED');
    expect(names.asked()).toEqual([]);
  });
  corpora.test(
    'no writing of a denied host connects, as a URL or as a redirect',
    async () => {
      await using names = await startNameServer(() => ['10.0.0.1', '127.0.0.1', 'fd00::1']);
      await using target = await startTarget(({ url }, res) => {
        const location = decodeURIComponent(url?.slice(1) ?? '');
        res
          .writeHead(302, {
            location: Buffer.from(location)
              .toString('latin1')
              .replaceAll(/[\r\n]/gu, ''),
          })
          .end();
      });
      const dnsServers = [names.server];
      const rows = corpusRows<{ url: string }>('ssrf/encoded-hosts.jsonl');
      const refused = /ADDRESS_DENIED|INVALID_REDIRECT|TOO_MANY_REDIRECTS|ECONNREFUSED|PORT_DENIED/u;
      const connected: string[] = [];
      const tryOne = async (url: string): Promise<void> => {
        const direct = await lookAt(url, { timeoutMs: 5_000 }, { allowCidrs: [], dnsServers });
        if (direct.remoteAddress !== null || direct.outcome.verdict !== 'down') connected.push(url);
        const begin = `${target.url}/${encodeURIComponent(url)}`;
        const led = await lookAt(begin, { maxRedirects: 1 }, { allowCidrs: ['127.0.0.1/32'], dnsServers });
        if (!refused.test(said(led))) connected.push(`${url} as a redirect: ${said(led)}`);
      };
      for (let i = 0; i < rows.length; i += 30) await Promise.all(rows.slice(i, i + 30).map(({ url }) => tryOne(url)));
      expect(connected).toEqual([]);
    },
    60_000,
  );
});
