import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { needs, redisAvailable, waitUntil } from '@farwatch/testkit';
import { expect, test, vi } from 'vitest';
import { dataFolder, launch, rollOf, startMs } from './launch.fixture.ts';
import { identityOf } from './processes.ts';

const alive = (dataDir: string): readonly string[] =>
  rollOf(dataDir)
    .filter(({ pid, identity }) => identityOf(pid) === identity)
    .map(({ name }) => name)
    .toSorted();

const secretsOf = (dataDir: string): Promise<string> => readFile(join(dataDir, 'secrets.json'), 'utf8');

vi.setConfig({ testTimeout: 5 * startMs });

test('a first start makes everything, a second one on the same data is refused, a kill -9 is recovered from, and a stop leaves no process', async () => {
  await using data = await dataFolder();
  const env = { FARWATCH_DATA: data.path, FARWATCH_QUEUE: 'postgres' };

  await using first = launch(env);
  await first.says('Ready in');
  expect(first.output()).toMatch(/\d+ migrations? applied/);
  expect(first.output().match(/https?:\/\//g)).toHaveLength(1);
  expect(first.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${first.url()}/openapi.json`)).status).toBe(200);
  expect((await stat(join(data.path, 'secrets.json'))).mode & 0o777).toBe(0o600);
  expect(alive(data.path)).toEqual(['api', 'postgres', 'probe', 'worker']);
  const secrets = await secretsOf(data.path);

  await using second = launch(env);
  expect(await second.exit).toBe(1);
  expect(second.output()).toContain(`already running on ${data.path}`);
  expect(alive(data.path)).toEqual(['api', 'postgres', 'probe', 'worker']);

  first.kill('SIGKILL');
  await first.exit;
  await using third = launch(env);
  await third.says('Ready in');
  expect(third.output()).toContain('The last run was killed');
  expect(third.output()).not.toContain('migration');
  expect(await secretsOf(data.path)).toBe(secrets);

  third.kill('SIGTERM');
  expect(await third.exit).toBe(0);
  expect(third.output()).toContain('Stopped.');
  expect(alive(data.path)).toEqual([]);
});

test('an app that dies is started again and the rest runs on', async () => {
  await using data = await dataFolder();
  await using house = launch({ FARWATCH_DATA: data.path, FARWATCH_QUEUE: 'postgres' });
  await house.says('Ready in');
  const worker = rollOf(data.path).find(({ name }) => name === 'worker');
  process.kill(worker?.pid ?? 0, 'SIGKILL');
  await house.says('worker is up again');
  expect(alive(data.path)).toEqual(['api', 'postgres', 'probe', 'worker']);
});

test('when whoever started it is gone, it stops everything by itself', async () => {
  await using data = await dataFolder();
  await using house = launch({ FARWATCH_DATA: data.path, FARWATCH_QUEUE: 'postgres' });
  await house.says('Ready in');
  house.hangUp();
  expect(await house.exit).toBe(0);
  expect(alive(data.path)).toEqual([]);
});

needs('redis-server', redisAvailable).test(
  'a redis-server of the machine is used, and stopped with the rest',
  async () => {
    await using data = await dataFolder();
    await using house = launch({ FARWATCH_DATA: data.path });
    await house.says('Ready in');
    expect(house.output()).toMatch(/Queue\s+Redis \d/);
    expect(alive(data.path)).toContain('redis');
    house.kill('SIGINT');
    expect(await house.exit).toBe(0);
    await waitUntil(() => alive(data.path).length === 0);
  },
);
