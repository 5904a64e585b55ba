import { fork } from 'node:child_process';
import { once } from 'node:events';
import { freePort, needs, redisAvailable, startTarget, waitUntil } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { monitorId } from './probe.fixture.ts';
import { end, entry, everySecond, holes, stage } from './probe-house.fixture.ts';

const redis = needs('redis-server', redisAvailable);

redis.describe('a probe process', () => {
  test('killed in the middle leaves missed checks and no hole', async () => {
    await using house = await stage(everySecond(20), (res) => void setTimeout(() => res.end('ok'), 200));
    const first = await house.launch();
    const from = Date.now() + 1_000;
    await waitUntil(() => house.results.length > 30);
    await end(first, 'SIGKILL');
    const killedAt = Date.now();
    await waitUntil(() => Date.now() - killedAt > 1_500);
    const second = await house.launch();
    await waitUntil(
      () =>
        house.results.filter(({ startedAt, outcome }) => outcome.verdict === 'up' && startedAt > killedAt + 1_500)
          .length > 30,
    );
    const until = Date.now();
    await end(second, 'SIGTERM');
    expect(second.exitCode).toBe(0);
    await waitUntil(() => holes(house, from, until).length === 0, 30_000, 'every slot told of');
    expect(house.results.some(({ outcome }) => outcome.verdict === 'missed' && outcome.reason === 'restart')).toBe(
      true,
    );
  });
  test('works on without queue and API, through a kill, and tells it all in the end', async () => {
    await using house = await stage(everySecond(10), (res) => res.writeHead(502).end());
    const first = await house.launch();
    const from = Date.now() + 1_000;
    await waitUntil(() => house.results.length > 10);
    await house.api[Symbol.asyncDispose]();
    await house.server.crash();
    await waitUntil(async () => (await house.spooled()) > 2, 15_000);
    await end(first, 'SIGKILL');
    const second = await house.launch();
    const before = await house.spooled();
    await waitUntil(async () => (await house.spooled()) > before + 1, 15_000);
    const waiting = new Set(await house.kept());
    await house.server.start();
    await house.startApi();
    // Two sends may be about to give up and a pause of 5 s follow before the queue is tried again.
    // The newest are always there, for the ten seconds until the next sign of life.
    await waitUntil(async () => !(await house.kept()).some((name) => waiting.has(name)), 110_000);
    const until = Date.now() - 1_500;
    await waitUntil(() => holes(house, from, until).length === 0, 10_000, 'every slot told of');
    await end(second, 'SIGTERM');
    expect(second.exitCode).toBe(0);
  }, 200_000);
  test('keeps what the queue has taken until it is stored: an emptied queue loses nothing', async () => {
    await using house = await stage(everySecond(10), (res) => void res.end('ok'));
    const probe = await house.launch();
    const from = Date.now() + 1_000;
    await waitUntil(() => house.results.length > 10);
    await house.worker.stop();
    // A whole second's looks after `from` are in the queue and nowhere else: on a fast start that is not so at once.
    const stopped = Date.now();
    await waitUntil(async () => Date.now() > Math.max(from, stopped) + 1_500 && (await house.spooled()) > 3, 15_000);
    await house.server.empty();
    const until = Date.now();
    house.worker.again();
    expect(holes(house, from, until)).not.toEqual([]);
    await waitUntil(() => holes(house, from, until).length === 0, 40_000, 'every slot told of');
    expect(new Set(house.results.map(({ monitorId: id, scheduledAt }) => `${id} ${scheduledAt}`)).size).toBe(
      house.results.length,
    );
    await end(probe, 'SIGTERM');
  }, 80_000);
  test('tells bad news within a second, with the evidence once', async () => {
    await using house = await stage(everySecond(1), (res) => res.writeHead(502).end('oh no'));
    const arrivals: number[] = [];
    const watch = setInterval(() => {
      while (arrivals.length < house.results.length) arrivals.push(Date.now());
    }, 5);
    house.atEnd(() => clearInterval(watch));
    await house.launch();
    await waitUntil(() => arrivals.length >= 3);
    const ends = house.results.map(({ startedAt, totalMs }) => startedAt + totalMs);
    expect(arrivals.slice(0, 3).map((at, i) => at - (ends[i] ?? 0) < 1_000)).toEqual([true, true, true]);
    expect(house.results.map(({ evidence }) => evidence?.status).slice(0, 3)).toEqual([502, undefined, undefined]);
  });
  test('answers a look out of turn under the moment it was asked for', async () => {
    await using house = await stage([{ intervalMs: 86_400_000 }], (res) => res.end());
    await house.launch();
    const producer = house.openAsker();
    const scheduledAt = Date.now() + 700;
    const expiresAt = scheduledAt + 12_000;
    await producer.send({ monitorId: monitorId(0), region: 'fra', trigger: 'confirmation', scheduledAt, expiresAt });
    const seen = await waitUntil(() => house.results.find(({ trigger }) => trigger === 'confirmation'));
    expect(seen).toMatchObject({ scheduledAt, outcome: { verdict: 'up' } });
    expect(seen.startedAt).toBeGreaterThanOrEqual(scheduledAt - 5);
  });
  test('looks at a fresh incident every two seconds, until it hears that it is over', async () => {
    await using house = await stage([{ intervalMs: 86_400_000 }], (res) => res.writeHead(502).end());
    await house.launch();
    const producer = house.openAsker();
    const began = Date.now() - 1_000;
    const say = (kind: 'begin' | 'end', startedAt: number) => {
      const look = { monitorId: monitorId(0), region: 'fra', trigger: 'confirmation' as const, scheduledAt: startedAt };
      return producer.send({ ...look, expiresAt: startedAt + 600_000, burst: { kind, startedAt, regions: ['fra'] } });
    };
    await say('begin', began);
    await waitUntil(() => house.results.length >= 3, 10_000, 'three looks');
    const seen = house.results.slice(0, 3);
    expect(seen.map(({ trigger }) => trigger)).toEqual(['confirmation', 'confirmation', 'confirmation']);
    expect(seen.map(({ scheduledAt }) => (scheduledAt - began) % 2_000)).toEqual([0, 0, 0]);
    const endedAt = Date.now();
    await say('end', endedAt);
    await waitUntil(() => Date.now() - endedAt > 4_500);
    expect(house.results.filter(({ startedAt }) => startedAt > endedAt + 1_000)).toEqual([]);
  });
  test('whose clock is an hour behind looks and reports by the core’s, and says so', async () => {
    const hour = 3_600_000;
    await using house = await stage(everySecond(2), (res) => res.end(), { coreAheadMs: hour });
    await house.launch();
    await waitUntil(() => house.results.filter(({ outcome }) => outcome.verdict === 'up').length > 4);
    const { results, offsets } = house;
    for (const { scheduledAt, startedAt } of results) {
      expect(Math.abs(startedAt - Date.now() - hour)).toBeLessThan(10_000);
      expect(Math.abs(startedAt - scheduledAt)).toBeLessThan(1_000);
    }
    expect(offsets.every((ms) => ms !== undefined && Math.abs(ms + hour) < 2_000)).toBe(true);
  });
  test('that reaches none of its control targets casts no vote and says that it is blind', async () => {
    const gone = `http://127.0.0.1:${await freePort()}/`;
    const monitors = [{ intervalMs: 1_000, url: gone }];
    await using house = await stage(monitors, (res) => res.end(), {
      more: { FARWATCH_CONTROL_URLS: `${gone},${gone}b` },
    });
    await house.launch();
    const seen = await waitUntil(() => house.results.find(({ outcome }) => outcome.verdict === 'inconclusive'));
    expect(seen.outcome).toMatchObject({ reason: 'probe blind: connect error (ECONNREFUSED)' });
    await waitUntil(() => house.signs.some(({ blind }) => blind), 15_000, 'a sign of life that says so');
    expect(house.results.some(({ outcome }) => outcome.verdict === 'down')).toBe(false);
  });
  test('gives a host that hangs its few places, and looks at the others in time', async () => {
    let [open, most] = [0, 0];
    await using hung = await startTarget((_, res) => {
      most = Math.max(most, ++open);
      res.once('close', () => void open--);
    });
    const monitors = [...everySecond(5), ...everySecond(40).map((one) => ({ ...one, url: hung.url }))];
    const more = { FARWATCH_CONCURRENCY: '12' };
    await using house = await stage(monitors, (res) => res.end(), { more });
    const probe = await house.launch();
    const from = Date.now() + 1_000;
    await waitUntil(() => house.results.filter(({ outcome }) => outcome.verdict === 'up').length > 30);
    const until = Date.now();
    await end(probe, 'SIGTERM');
    await waitUntil(
      () => holes({ ...house, assignments: house.assignments.slice(0, 5) }, from, until - 500).length === 0,
    );
    const others = house.results.filter(({ outcome }) => outcome.verdict === 'up');
    expect(Math.max(...others.map(({ startedAt, scheduledAt }) => startedAt - scheduledAt))).toBeLessThan(900);
    expect(house.results.some(({ outcome }) => outcome.verdict === 'missed' && outcome.reason === 'overload')).toBe(
      true,
    );
    expect(most).toBe(8);
  });
  test('ends by itself when its parent is gone', async () => {
    await using house = await stage(everySecond(2), (res) => res.end());
    const child = await house.launch();
    child.disconnect();
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  });
});

test.each([
  ['a missing setting', {}, 'FARWATCH_REGION'],
  ['a queue that is not there', { REDIS_URL: 'redis://127.0.0.1:1' }, 'REDIS_URL'],
])('%s ends the start with one line that names the setting', async (_, given, named) => {
  const base = { FARWATCH_API_URL: 'http://127.0.0.1:1', FARWATCH_DATA: '/nonexistent' };
  const whole = { ...base, FARWATCH_REGION: 'fra', FARWATCH_REGION_TOKEN: 'a-token-of-the-region', ...given };
  const env = Object.keys(given).length === 0 ? base : whole;
  const child = fork(entry, { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  await once(child, 'exit');
  expect(child.exitCode).toBe(1);
  expect(errors.trim()).toMatch(new RegExp(`^farwatch probe: [^\\n]*${named}[^\\n]*$`, 'u'));
});
