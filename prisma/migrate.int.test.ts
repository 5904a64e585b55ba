import { emptyDatabase, freshDatabase } from '@farwatch/testkit';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { diff, migrate } from './migrate.ts';

test('the migrations lead to exactly what schema.prisma says', async () => {
  await using database = await freshDatabase();
  expect(await diff(database.url)).toBe('');
});

test('a schema that has moved on without a migration is noticed', async () => {
  await using database = await freshDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query('ALTER TABLE monitor DROP COLUMN timeout_ms');
  await client.end();
  expect(await diff(database.url)).toContain('timeout_ms');
});

test('two processes that migrate at once both find it done, and a second run has nothing to do', async () => {
  await using database = await emptyDatabase();
  const names = (await Promise.all([migrate(database.url), migrate(database.url)])).flat();
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(0);
  expect(await migrate(database.url)).toEqual([]);
});
