import { expect, test } from 'vitest';
import { resultOf, startWorld } from '../../world.fixture.ts';
import { eventStore } from '../events/store.ts';
import { markUnknown } from '../monitors/unknown.ts';
import { startNight } from './dark.fixture.ts';

test('a monitor keeps what a look said that came while the sweep still took its region for dark', async () => {
  await using world = await startWorld();
  const night = await startNight(world, Date.now() + 1_000);
  await night.there('fra', 'iad');
  const [back, dark] = [await world.addMonitor(['fra', 'iad']), await world.addMonitor(['iad'])];
  for (const id of [back, dark]) await night.take([resultOf(id, 'up', night.now(), { region: 'iad' })]);
  night.gone('fra', 'iad');
  await night.pass(90_000);
  await world.db.sql.query(
    `INSERT INTO region_outage (region, started_at, told_until) SELECT id, last_seen_at, last_seen_at FROM region`,
  );
  await night.there('fra');
  await night.take([resultOf(back, 'up', night.now(), { region: 'fra' })]);
  await markUnknown({ db: world.db, events: eventStore() }, ['fra', 'iad']);
  const { rows } = await world.db.sql.query<{ id: string; status: string; told: number }>(
    `SELECT monitor_id AS id, status, (SELECT count(*)::int FROM event e WHERE e.monitor_id = s.monitor_id
       AND e.type = 'monitor.status-changed') AS told FROM monitor_state s`,
  );
  expect(new Map(rows.map(({ id, status, told }) => [id, [status, told]]))).toEqual(
    new Map([
      [back, ['up', 1]],
      [dark, ['unknown', 2]],
    ]),
  );
});
