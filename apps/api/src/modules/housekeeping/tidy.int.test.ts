import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../world.fixture.ts';
import { tidy } from './tidy.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const partitions = async (): Promise<readonly string[]> => {
  const { rows } = await world.db.sql.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'check_results'::regnamespace AND relkind = 'r' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};
const dayName = (offset: number) =>
  `day_${new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')}`;

test('the days to come have a partition, and whole days are dropped once they are over', async () => {
  await world.db.sql.query(`SELECT ensure_check_result_partitions(current_date - 40, current_date - 29)`);
  expect(await partitions()).toContain(dayName(-40));
  const first = await tidy(world.db.sql);
  expect(first.partitionsDropped).toBeGreaterThanOrEqual(9);
  const left = await partitions();
  expect(left).not.toContain(dayName(-31));
  expect(left).toContain(dayName(-29));
  for (const offset of [-2, 0, 7]) expect(left).toContain(dayName(offset));
  expect(await tidy(world.db.sql)).toEqual({ partitionsMade: 0, partitionsDropped: 0, rowsDeleted: 0 });
});

test('events are forgotten after a day, in portions, and fresh ones stay', async () => {
  await world.db.sql.query(
    `INSERT INTO event (organisation_id, type, data, created_at)
     SELECT $1, 'x', '{}', now() - make_interval(hours => n) FROM unnest(ARRAY[1, 23, 25, 100]) AS n`,
    [world.organisationId],
  );
  expect((await tidy(world.db.sql)).rowsDeleted).toBe(2);
  expect((await world.db.sql.query('SELECT 1 FROM event')).rowCount).toBe(2);
});
