import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { freePort, freshDatabase } from '@farwatch/testkit';
import { expect, test, vi } from 'vitest';
import { dataFolder, launch, startMs } from './launch.fixture.ts';

vi.setConfig({ testTimeout: startMs });

/** Starts, expects a refusal, and answers the one line that says why. */
const refusal = async (env: Readonly<Record<string, string>>): Promise<string> => {
  await using house = launch(env);
  expect(await house.exit).toBe(1);
  const lines = house
    .output()
    .split('\n')
    .filter((line) => line.includes('✗ ') && !line.includes('✗ Starting'));
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
};

test.for([
  ['FARWATCH_PORT', 'abc'],
  ['FARWATCH_QUEUE', 'kafka'],
  ['DATABASE_URL', 'mysql://root:hush@127.0.0.1/x'],
  ['DATABASE_URL', 'postgres://someone:hush@127.0.0.1:1/x'],
  ['FARWATCH_HOST', '203.0.113.7'],
  ['FARWATCH_URL', 'here'],
] as const)('%s=%s is refused with one line that names the setting and no password', async ([setting, value]) => {
  await using data = await dataFolder();
  const line = await refusal({ FARWATCH_DATA: data.path, [setting]: value });
  expect(line).toContain(setting);
  expect(line).not.toContain('hush');
});

test('a busy port is refused with a line that names FARWATCH_PORT', async () => {
  await using data = await dataFolder();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const line = await refusal({ FARWATCH_DATA: data.path, FARWATCH_PORT: String(port) });
  server.close();
  expect(line).toContain(`Port ${port}`);
  expect(line).toContain('FARWATCH_PORT');
});

test('a Redis that does not answer is refused with a line that names REDIS_URL and keeps its password', async () => {
  await using data = await dataFolder();
  await using database = await freshDatabase();
  const REDIS_URL = `redis://:hush@127.0.0.1:${await freePort()}`;
  const line = await refusal({ FARWATCH_DATA: data.path, DATABASE_URL: database.url, REDIS_URL });
  expect(line).toContain('REDIS_URL');
  expect(line).not.toContain('hush');
});

test('a data folder that cannot be made is refused with a line that names FARWATCH_DATA', async () => {
  await using data = await dataFolder();
  const file = join(data.path, 'a-file');
  await writeFile(file, '');
  await chmod(file, 0o600);
  expect(await refusal({ FARWATCH_DATA: join(file, 'below') })).toContain('FARWATCH_DATA');
});

test("a setting that only an app can judge is told in the app's own words, and what was started is stopped", async () => {
  await using data = await dataFolder();
  await using database = await freshDatabase();
  const env = { FARWATCH_DATA: data.path, DATABASE_URL: database.url, FARWATCH_QUEUE: 'postgres' };
  expect(await refusal({ ...env, FARWATCH_ALLOW_CIDRS: 'everything' })).toContain('FARWATCH_ALLOW_CIDRS');
});
