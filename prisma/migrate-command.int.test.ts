import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { emptyDatabase } from '@farwatch/testkit';
import { expect, test } from 'vitest';

const command = fileURLToPath(new URL('./migrate-command.ts', import.meta.url));

const run = (env: Readonly<Record<string, string>>): Promise<{ code: number; out: string; errors: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [command], { env: { PATH: process.env.PATH, ...env } }, (error, out, errors) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, errors });
    });
  });

test('an empty database is brought up to date, queue and all, and a second run finds nothing to do', async () => {
  await using database = await emptyDatabase();
  const first = await run({ DATABASE_URL: database.url });
  expect(first).toMatchObject({ code: 0, errors: '' });
  expect(first.out).toMatch(/^The database is up to date: \S+.* applied; the queue \(PostgreSQL\) is ready\.\n$/);
  const second = await run({ DATABASE_URL: database.url });
  expect(second.out).toBe('The database was up to date; the queue (PostgreSQL) is ready.\n');
});

test.for([
  ['DATABASE_URL', {}],
  ['DATABASE_URL', { DATABASE_URL: 'postgres://someone:hush@127.0.0.1:1/x' }],
] as const)('without a database that answers there is one line that names %s, and exit 1', async ([setting, env]) => {
  const { code, out, errors } = await run(env);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(errors).toMatch(new RegExp(`^${setting}[^\n]+\n$`));
  expect(errors).not.toContain('hush');
});

test('a Redis that does not answer is named, and its password is not', async () => {
  await using database = await emptyDatabase();
  const { code, errors } = await run({ DATABASE_URL: database.url, REDIS_URL: 'redis://:hush@127.0.0.1:1' });
  expect(code).toBe(1);
  expect(errors).toMatch(/^REDIS_URL[^\n]+\n$/);
  expect(errors).not.toContain('hush');
});
