import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { prepareQueue, queueBackend } from '@farwatch/queue';
import { freePort, freshDatabase } from '@farwatch/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const entry = fileURLToPath(new URL('server.ts', import.meta.url));
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
  await prepareQueue(queueBackend({ DATABASE_URL: database.url }));
});
afterAll(() => database[Symbol.asyncDispose]());

const launch = (env: Readonly<Record<string, string>>) =>
  spawn(process.execPath, [entry], {
    env: {
      DATABASE_URL: database.url,
      FARWATCH_SECRET: 'Zk3vQ8only4tests9Lm2Rt7Wb5Yc1Nd4',
      FARWATCH_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      FARWATCH_LOG_LEVEL: 'info',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });

const outcomeOf = async (env: Readonly<Record<string, string>>) => {
  const child = launch(env);
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, errors };
};

test.each([
  ['DATABASE_URL', { DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:9/none' }],
  ['REDIS_URL', { REDIS_URL: 'redis://:hunter2@127.0.0.1:9' }],
  ['FARWATCH_MASTER_KEY', { FARWATCH_MASTER_KEY: 'hunter2' }],
  ['FARWATCH_HOST', { FARWATCH_HOST: '192.0.2.1', FARWATCH_PORT: '3999' }],
  ['FARWATCH_ALLOW_CIDRS', { FARWATCH_ALLOW_CIDRS: 'everything' }],
])(
  'a %s that can not be used ends it with one line that names the setting',
  async (setting, env: Record<string, string>) => {
    const { code, errors } = await outcomeOf(env);
    expect(code).toBe(1);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).toContain(setting);
    expect(errors).not.toContain('hunter2');
  },
  60_000,
);

test('a busy port ends it with one line that names the port', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { code, errors } = await outcomeOf({ FARWATCH_PORT: String(port) });
  other.close();
  expect([code, errors.trim()]).toEqual([1, `farwatch api: FARWATCH_PORT ${port} is already in use on 127.0.0.1`]);
}, 60_000);

test('it says ready, answers, drains on SIGTERM and ends when its parent is gone', async () => {
  for (const end of ['SIGTERM', 'disconnect'] as const) {
    const port = await freePort();
    const child = launch({ FARWATCH_PORT: String(port) });
    child.stdout?.resume();
    child.stderr?.resume();
    expect((await once(child, 'message'))[0]).toBe('ready');
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    const closed = once(child, 'exit');
    if (end === 'SIGTERM') child.kill('SIGTERM');
    else child.disconnect();
    expect((await closed)[0]).toBe(0);
  }
}, 120_000);
