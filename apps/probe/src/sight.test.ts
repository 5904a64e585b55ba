import { look } from '@farwatch/checker';
import { freePort, startTarget, startUnaccepting } from '@farwatch/testkit';
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
  const sight = openSight(urls);
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
  const check = openCheck({ ...settings, now: () => 4_711, isLost: sight.isLost });
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
  const seeing = openCheck({ ...settings, now: () => 4_711, isLost: sightOf(control.url).isLost });
  expect((await seeing(assignment(1, { url: gone }), 1_000, 'schedule')).outcome).toMatchObject({ verdict: 'down' });
});
