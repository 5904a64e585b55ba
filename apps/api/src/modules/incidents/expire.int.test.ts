import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportOf, resultOf, startWorld, type World } from '../../world.fixture.ts';
import { eventStore } from '../events/store.ts';
import { ingest } from '../results/ingest.ts';
import { votesOf } from '../results/record-store.ts';
import { expireConfirmations } from './expire.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const regions = ['fra', 'iad'];
const deps = (now: number) => ({
  ...{ db: world.db, events: eventStore(), votesOf, followUp: async () => undefined, now: () => now },
  alerts: { plan: async () => [], flapping: async () => [] },
});
/** A monitor of which one region has just failed and the other has not answered. */
const asking = async (at: number): Promise<string> => {
  const id = await world.addMonitor(regions);
  const take = (region: string, word: string, when: number) =>
    ingest(deps(when + 200))(reportOf([resultOf(id, word, when, { region })]));
  for (const region of regions) await take(region, 'up', at - 60_000);
  await take('fra', '502', at);
  return id;
};
const overdue = async (now: number): Promise<readonly string[]> => {
  const { rows } = await world.db.sql.query<{ id: string }>(
    'SELECT monitor_id AS id FROM monitor_state WHERE deadline_at <= to_timestamp($1::float8 / 1000)',
    [now],
  );
  return rows.map(({ id }) => id);
};

test('one that can’t be judged, or whose judgement fails, keeps no other waiting', async () => {
  const at = Date.now() - 20_000;
  const lost = await asking(at - 200);
  const broken = await asking(at - 100);
  const sound = await asking(at);
  // What its looks are judged from is gone: a worker was away for longer than that is kept.
  await world.db.sql.query(
    `UPDATE judgement_checkpoint SET until = until + interval '100 years' WHERE monitor_id = $1`,
    [lost],
  );
  const now = Date.now() + 60_000;
  const failing: typeof votesOf = async (tx, wanted) => {
    if (wanted.some(({ monitorId }) => monitorId === broken)) throw new Error('a bug of ours');
    return votesOf(tx, wanted);
  };
  await expect(expireConfirmations({ ...deps(now), votesOf: failing })(now)).rejects.toThrow('a bug of ours');
  expect(await overdue(now)).not.toContain(sound);
  expect((await overdue(now)).length).toBe(2);
});
