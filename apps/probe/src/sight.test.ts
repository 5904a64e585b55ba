import { look } from '@farwatch/checker';
import { connectionDefaults } from '@farwatch/contracts';
import { freePort, startNameServer, startTarget, startUnaccepting } from '@farwatch/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCheck } from './check.ts';
import { assignment } from './probe.fixture.ts';
import { openSight, type Sight } from './sight.ts';

let open: Sight[];
beforeEach(() => {
  open = [];
});
afterEach(async () => {
  for (const sight of open) await sight.close();
});
const sightOf = (...urls: string[]): Sight => {
  const sight = openSight(urls, async () => true);
  open.push(sight);
  return sight;
};
const nobody = async (): Promise<string> => `http://127.0.0.1:${await freePort()}/`;

describe('a probe is blind', () => {
  test('when every control target refuses, or never answers', async () => {
    await using silentOne = await startUnaccepting();
    const sight = sightOf(await nobody(), `http://127.0.0.1:${silentOne.port}/`);
    expect(await sight.isLost(performance.now())).toBe(true);
    expect(sight.isBlind()).toBe(true);
  });
  test('not when one of them answers, whatever it says', async () => {
    await using control = await startTarget((_, res) => res.writeHead(503).end('not ready'));
    const sight = sightOf(await nobody(), control.url);
    expect(await sight.isLost(performance.now())).toBe(false);
    expect(sight.isBlind()).toBe(false);
  });
  test('never without control targets', async () => {
    expect(await sightOf().isLost(performance.now())).toBe(false);
  });
});

describe('a probe is deaf', () => {
  const deafTo = async (urls: readonly string[], known: readonly string[]): Promise<boolean> => {
    const sight = openSight(urls, async (host) => known.includes(host));
    open.push(sight);
    return sight.isDeaf(performance.now());
  };
  const urls = ['https://one.example/', 'https://two.example/', 'http://192.0.2.1/'];
  test('when its resolver finds none of the names of its control targets', async () => {
    expect(await deafTo(urls, [])).toBe(true);
    expect(await deafTo(urls, ['two.example'])).toBe(false);
  });
  test('never when no target has a name', async () => {
    expect(await deafTo(['http://192.0.2.1/', 'http://[::1]/'], [])).toBe(false);
  });
});

test('many looks that fail at once share a round, and one that failed later does not go by what was seen before it', async () => {
  let asked = 0;
  await using control = await startTarget((_, res) => {
    asked += 1;
    res.end();
  });
  const sight = sightOf(control.url);
  const began = performance.now();
  await Promise.all(Array.from({ length: 100 }, () => sight.isLost(began)));
  expect(asked).toBe(1);
  await sight.isLost(began);
  expect(asked).toBe(1);
  await control[Symbol.asyncDispose]();
  expect(await sight.isLost(performance.now())).toBe(true);
});

test('what a blind probe sees is inconclusive and says why; an answer of the site is believed all the same', async () => {
  await using site = await startTarget((_, res) => res.writeHead(502).end());
  const gone = await nobody();
  const sight = sightOf(await nobody());
  const settings = { region: 'fra', userAgent: 'Farwatch/0.1', dialRules: { allowCidrs: ['127.0.0.0/8'] }, look };
  const check = openCheck({ ...settings, now: () => 4_711, isLost: sight.isLost, isDeaf: sight.isDeaf });
  const lost = await check(assignment(1, { url: gone }), 1_000, 'schedule');
  expect(lost.outcome).toEqual({
    verdict: 'inconclusive',
    reason: expect.stringMatching(/^probe blind: connect error \(ECONNREFUSED\)$/u),
  });
  expect(lost.startedAt).toBe(4_711);
  expect(lost.evidence).toBeUndefined();
  const answered = await check(assignment(1, { url: site.url }), 1_000, 'schedule');
  expect(answered.outcome).toEqual({ verdict: 'down', failure: { kind: 'status', status: 502 } });
  await using control = await startTarget((_, res) => res.end());
  const seeing = openCheck({ ...settings, now: () => 4_711, ...sightOf(control.url) });
  expect((await seeing(assignment(1, { url: gone }), 1_000, 'schedule')).outcome).toMatchObject({ verdict: 'down' });
});

test('a name that a deaf probe does not find is inconclusive, but where the monitor has resolvers of its own', async () => {
  const settings = {
    region: 'fra',
    userAgent: 'Farwatch/0.1',
    dialRules: { allowCidrs: [], dnsServers: ['127.0.0.1:1'] },
  };
  const check = openCheck({ ...settings, look, now: Date.now, isLost: async () => false, isDeaf: async () => true });
  const verdictOf = async (change: Parameters<typeof assignment>[1]) =>
    (await check(assignment(1, { url: 'http://site.example/', timeoutMs: 2_000, ...change }), 1_000, 'schedule'))
      .outcome.verdict;
  expect(await verdictOf({})).toBe('inconclusive');
  await using mute = await startNameServer(() => 'silence');
  const unheard = { ...settings, dialRules: { allowCidrs: [], dnsServers: [mute.server] } };
  const late = openCheck({ ...unheard, look, now: Date.now, isLost: async () => false, isDeaf: async () => true });
  const slow = assignment(1, { url: 'http://site.example/', timeoutMs: 500 });
  expect((await late(slow, 1_000, 'schedule')).outcome.verdict).toBe('inconclusive');
  expect(await verdictOf({ connection: { ...connectionDefaults, resolvers: ['10.0.0.53'] } })).toBe('down');
  expect(await verdictOf({ url: 'http://10.0.0.1/' })).toBe('down');
});
