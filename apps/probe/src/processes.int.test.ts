import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckResult } from '@farwatch/domain';
import { freePort, needs, redisAvailable, waitUntil } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { monitorId } from './probe.fixture.ts';
import { end, entry, everySecond, holes, stage } from './probe-house.fixture.ts';
import { isIn } from './share.ts';

const redis = needs('redis-server', redisAvailable);
const two = { more: { PROBE_PROCESSES: '2' } };

/** The pids of a probe's processes, by the share that `ps` tells. */
const processesOf = ({ pid }: ChildProcess): ReadonlyMap<string, number> => {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const found = lines.flatMap((line): [string, number][] => {
    const [, own, parent, share] = /^\s*(\d+)\s+(\d+)\s.*main\.ts (\d+\/\d+)$/u.exec(line.trimEnd()) ?? [];
    return share !== undefined && Number(parent) === pid ? [[share, Number(own)]] : [];
  });
  return new Map(found);
};
/** One that has ended and that nobody has asked about yet (`Z`) works no more. */
const isAlive = (pid: number): boolean => {
  try {
    return (
      execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
        .trim()
        .startsWith('Z') === false
    );
  } catch {
    return false; // `ps` knows no such process
  }
};
const killOne = (probe: ChildProcess, share: string): number => {
  const pid = processesOf(probe).get(share) ?? Number.NaN;
  process.kill(pid, 'SIGKILL');
  return pid;
};

const isMissed = ({ outcome }: CheckResult): boolean => outcome.verdict === 'missed';
/** What was told of each slot, of those that something was told of more than once. */
const doubles = (results: readonly CheckResult[]): readonly (readonly CheckResult[])[] => {
  const bySlot = Map.groupBy(
    results.filter(({ trigger }) => trigger === 'schedule'),
    ({ monitorId: id, scheduledAt }) => `${id} ${scheduledAt}`,
  );
  return [...bySlot.values()].filter((told) => told.length > 1);
};
const upSince = (results: readonly CheckResult[], at: number): number =>
  results.filter(({ startedAt, outcome }) => outcome.verdict === 'up' && startedAt > at).length;

redis.describe('a probe of two processes', () => {
  test('of which one is killed accounts for every slot once, and the other does not notice', async () => {
    await using house = await stage(everySecond(20), (res) => void setTimeout(() => res.end('ok'), 100), two);
    const probe = await house.launch();
    const from = Date.now() + 1_000;
    await waitUntil(() => upSince(house.results, from) > 40);
    const killedAt = Date.now();
    const pid = killOne(probe, '1/2');
    await waitUntil(() => processesOf(probe).size === 2 && !isAlive(pid));
    const ofKilled = ({ monitorId: id }: CheckResult): boolean => isIn({ index: 1, of: 2 }, id);
    await waitUntil(() => upSince(house.results.filter(ofKilled), killedAt + 1_500) > 30);
    const until = Date.now();
    const pids = [...processesOf(probe).values()];
    await end(probe, 'SIGTERM');
    expect([probe.exitCode, pids.some(isAlive)]).toEqual([0, false]);
    await waitUntil(() => holes(house, from, until).length === 0, 30_000, 'every slot told of');

    const missed = house.results.filter(({ scheduledAt }) => scheduledAt > from).filter(isMissed);
    expect(missed.some(ofKilled)).toBe(true);
    expect(missed.every(ofKilled)).toBe(true);
    // Settled in the last second before the kill, after the last mark: the log keeps the look and drops the word that it was missed.
    for (const told of doubles(house.results)) {
      expect(told.map(isMissed).sort()).toEqual([false, true]);
      expect(told.every(ofKilled)).toBe(true);
      expect(killedAt - (told[0]?.scheduledAt ?? 0)).toBeLessThan(3_000);
    }
  }, 60_000);
  test('that are killed with their parent, or after it, begin anew without a hole and never work twice', async () => {
    await using house = await stage(everySecond(10), (res) => void setTimeout(() => res.end('ok'), 100), two);
    const first = await house.launch();
    const from = Date.now() + 1_000;
    await waitUntil(() => upSince(house.results, from) > 20);
    const pids = [...processesOf(first).values()];
    expect(pids).toHaveLength(2);
    await end(first, 'SIGKILL');
    await waitUntil(() => !pids.some(isAlive), 10_000, 'no process without its parent');
    const killedAt = Date.now();
    const second = await house.launch();
    await waitUntil(() => upSince(house.results, killedAt + 1_500) > 20);
    const until = Date.now();
    await end(second, 'SIGTERM');
    expect(second.exitCode).toBe(0);
    await waitUntil(() => holes(house, from, until).length === 0, 30_000, 'every slot told of');
    expect(doubles(house.results).filter((told) => told.filter((one) => !isMissed(one)).length > 1)).toEqual([]);
  }, 60_000);
  test('answer looks out of turn at every monitor once, and a burst ends when it is over', async () => {
    await using house = await stage(Array(6).fill({ intervalMs: 86_400_000 }), (res) => res.end(), two);
    await house.launch();
    const asker = house.openAsker();
    const scheduledAt = Date.now();
    const ids = [0, 1, 2, 3, 4, 5].map(monitorId);
    expect(new Set(ids.map((id) => isIn({ index: 0, of: 2 }, id))).size).toBe(2);
    const region = 'fra';
    const trigger = 'confirmation' as const;
    for (const id of ids) {
      await asker.send({ monitorId: id, region, trigger, scheduledAt, expiresAt: scheduledAt + 12_000 });
      const startedAt = scheduledAt - 1_000;
      const burst = { kind: 'begin' as const, startedAt, regions: [region] };
      await asker.send({
        monitorId: id,
        region,
        trigger,
        scheduledAt: startedAt,
        expiresAt: startedAt + 600_000,
        burst,
      });
    }
    const asked = () => house.results.filter((one) => one.scheduledAt === scheduledAt).map((one) => one.monitorId);
    await waitUntil(() => asked().length === 6);
    await waitUntil(() => house.results.length >= 6 + 12, 10_000, 'two looks of each burst');
    const endedAt = Date.now();
    for (const id of ids) {
      const burst = { kind: 'end' as const, startedAt: endedAt, regions: [region] };
      await asker.send({ monitorId: id, region, trigger, scheduledAt: endedAt, expiresAt: endedAt + 600_000, burst });
    }
    await waitUntil(() => Date.now() - endedAt > 4_500);
    expect(asked().sort()).toEqual([...ids].sort());
    expect(house.results.filter(({ startedAt }) => startedAt > endedAt + 1_000)).toEqual([]);
    const names = house.results.map(({ monitorId: id, scheduledAt: at }) => `${id} ${at}`);
    expect(new Set(names).size).toBe(names.length);
  }, 60_000);
  test('both know at once of a monitor that is added and asked for', async () => {
    await using house = await stage([{ intervalMs: 86_400_000 }], (res) => res.end(), two);
    await house.launch();
    const asker = house.openAsker();
    const n = [1, 2, 3, 4].find((one) => isIn({ index: 1, of: 2 }, monitorId(one))) ?? 0;
    const [first] = house.assignments;
    if (first !== undefined) house.assignments.push({ ...first, monitorId: monitorId(n), intervalMs: 1_000 });
    const now = Date.now();
    const asked = { monitorId: monitorId(n), region: 'fra', trigger: 'request' as const };
    await asker.send({ ...asked, scheduledAt: now, expiresAt: now + 12_000 });
    const looks = () => house.results.filter((one) => one.monitorId === monitorId(n));
    await waitUntil(() => looks().some(({ trigger }) => trigger === 'schedule'));
    const at = (wanted: string) => looks().find(({ trigger }) => trigger === wanted)?.startedAt ?? Number.NaN;
    expect(at('schedule') - at('request')).toBeLessThan(4_000);
  });
  test('are blind together, also the one that has nothing to look at', async () => {
    const gone = `http://127.0.0.1:${await freePort()}/`;
    const more = { ...two.more, FARWATCH_CONTROL_URLS: gone };
    await using house = await stage([{ intervalMs: 1_000, url: gone }], (res) => res.end(), { more });
    await house.launch();
    const blind = () => new Set(house.signs.filter(({ blind: isBlind }) => isBlind).map(({ probeId }) => probeId));
    await waitUntil(() => blind().size === 2, 35_000, 'both say so');
    expect(house.results.some(({ outcome }) => outcome.verdict === 'down')).toBe(false);
  }, 60_000);
  test('one of which can not use its folder end the start, with a line that names the setting', async () => {
    await using house = await stage(everySecond(1), (res) => res.end(), two);
    await mkdir(join(house.dir, 'probe-fra'));
    await writeFile(join(house.dir, 'probe-fra', 'share-1-of-2'), '');
    const child = fork(entry, { env: house.env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    await once(child, 'exit');
    expect([child.exitCode, errors.trim()]).toEqual([
      1,
      expect.stringMatching(/^farwatch probe: FARWATCH_DATA[^\n]*$/u),
    ]);
  });
});

redis.describe('a probe with another number of processes than before', () => {
  test('sends what they left on disk, and leaves no hole between them', async () => {
    await using house = await stage(everySecond(10), (res) => void res.end('ok'));
    const launch = async (processes: string) => {
      const probe = await house.launch({ PROBE_PROCESSES: processes });
      const pids = [...processesOf(probe).values()];
      return async (): Promise<void> => {
        for (const pid of pids) process.kill(pid, 'SIGKILL');
        await end(probe, 'SIGKILL');
      };
    };
    const spoolsWith = async (least: number): Promise<boolean> => {
      const names = await readdir(join(house.dir, 'probe-fra'), { recursive: true });
      return names.filter((name) => name.endsWith('.json') && name.includes('spool')).length >= least;
    };
    const killFirst = await launch('1');
    const from = Date.now() + 1_000;
    await waitUntil(() => upSince(house.results, from) > 10);
    await house.server.crash();
    await waitUntil(() => spoolsWith(3), 15_000);
    await killFirst();
    const killSecond = await launch('3');
    await waitUntil(() => spoolsWith(12), 20_000);
    await killSecond();
    const killThird = await launch('2');
    await waitUntil(() => spoolsWith(18), 20_000);
    await killThird();
    await house.server.start();
    const last = await house.launch();
    const until = Date.now() - 1_000;
    await waitUntil(() => holes(house, from, until).length === 0, 60_000, 'every slot told of');
    expect(doubles(house.results).filter((told) => told.filter((one) => !isMissed(one)).length > 1)).toEqual([]);
    await end(last, 'SIGTERM');
  }, 150_000);
});
