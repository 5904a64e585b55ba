import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freshDatabase } from '@farwatch/testkit';
import { expect, test, vi } from 'vitest';
import { dataFolder, launch, startMs } from './launch.fixture.ts';

vi.setConfig({ testTimeout: 5 * startMs });

const keysOf = async (dataDir: string): Promise<readonly string[]> => {
  const secrets: { masterKey: string } = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8'));
  return secrets.masterKey.split(',');
};

test('a stopped installation gets a fresh master key before the old one, a running one is left alone, and it starts with both', async () => {
  await using data = await dataFolder();
  const env = { FARWATCH_DATA: data.path, FARWATCH_QUEUE: 'postgres' };
  await using house = launch(env);
  await house.says('Ready in');
  const [first = '', ...none] = await keysOf(data.path);
  expect(none).toEqual([]);

  await using early = launch(env, ['--rotate-keys']);
  expect(await early.exit).toBe(1);
  expect(early.output()).toContain('already running');
  expect(await keysOf(data.path)).toEqual([first]);
  house.kill('SIGTERM');
  await house.exit;

  await using rotation = launch(env, ['--rotate-keys']);
  expect(await rotation.exit, rotation.output()).toBe(0);
  expect(rotation.output()).toMatch(/^0 of 0 re-sealed under key [0-9a-f]{8}$/m);
  const [fresh, ...older] = await keysOf(data.path);
  expect(older).toEqual([first]);
  expect(fresh).not.toBe(first);
  expect(rotation.output()).not.toContain(fresh);

  await using again = launch(env);
  await again.says('Ready in');
});

test('with a master key of one’s own, that is what rows are sealed under, and none is made', async () => {
  await using data = await dataFolder();
  await using database = await freshDatabase();
  const key = (id: string) => `${id}:${Buffer.alloc(32, id).toString('base64')}`;
  const env = { FARWATCH_DATA: data.path, DATABASE_URL: database.url };
  await using rotation = launch({ ...env, FARWATCH_MASTER_KEY: `${key('new')},${key('old')}` }, ['--rotate-keys']);
  expect(await rotation.exit, rotation.output()).toBe(0);
  expect(rotation.output()).toContain('0 of 0 re-sealed under key new');
  expect(await keysOf(data.path)).toHaveLength(1);

  await using broken = launch({ ...env, FARWATCH_MASTER_KEY: 'hunter2' }, ['--rotate-keys']);
  expect(await broken.exit).toBe(1);
  expect(broken.output()).toContain('FARWATCH_MASTER_KEY must be');
  expect(broken.output()).not.toContain('hunter2');
});
