import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportOf, resultOf, startWorld, type World } from '../../world.fixture.ts';
import { escalationStore } from '../escalations/store.ts';
import { eventStore } from '../events/store.ts';
import { windowStore } from '../maintenance/store.ts';
import { stretchStore } from '../maintenance/stretch-store.ts';
import { createWindow, deleteWindow } from '../maintenance/write.ts';
import { defaultModuleLimits } from '../module-deps.ts';
import { ingest } from '../results/ingest.ts';
import { alertPlanner } from './alert-planner.ts';
import { escalateDue } from './escalate.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.addChannel('webhook', 'https://hooks.acme.example/x', 'whsec_x');
});
afterAll(() => world[Symbol.asyncDispose]());

const t0 = Date.now() - 600_000;
const escalations = escalationStore();
const alerts = alertPlanner({ escalations });
/** A worker that takes one look of a monitor right after it ended. */
const look = (monitorId: string, word: string, seconds: number) => {
  const at = t0 + seconds * 1_000;
  const take = ingest({ db: world.db, events: eventStore(), alerts, now: () => at + 200 });
  return take(reportOf([resultOf(monitorId, word, at, { remoteAddress: null })]));
};
const rows = async (text: string) => (await world.db.sql.query<Record<string, string | null>>(text)).rows;
const addMonitors = async (count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await world.addMonitor());
  return ids;
};
/** Each of them at once, as so many workers would. */
const all = (ids: readonly string[], word: string, seconds: number) =>
  Promise.all(ids.map((id) => look(id, word, seconds)));

test('monitors of one host that fail at once in many workers are one incident with children', async () => {
  const ids = await addMonitors(6);
  await world.db.sql.query(`UPDATE monitor SET url = 'https://one.example/' || id`);
  for (const [word, seconds] of [
    ['up', 0],
    ['502', 30],
    ['502', 32],
  ] as const)
    await all(ids, word, seconds);
  const attached = await rows(`SELECT i.id, a.parent_incident_id AS root, a.because
    FROM incident i LEFT JOIN incident_attachment a ON a.incident_id = i.id ORDER BY a.parent_incident_id NULLS FIRST`);
  const [root] = attached;
  expect([attached.length, root?.root]).toEqual([6, null]);
  expect(new Set(attached.slice(1).map((one) => `${one.root} ${one.because}`))).toEqual(new Set([`${root?.id} host`]));
  // A program hears of each at once.
  expect(await rows(`SELECT DISTINCT (next_attempt_at <= created_at)::text AS now FROM delivery`)).toEqual([
    { now: 'true' },
  ]);
  await all(ids, 'up', 60);
  await all(ids, 'up', 62);
  expect(await rows(`SELECT id FROM incident WHERE resolved_at IS NULL`)).toEqual([]);
});

test('openings, ends, steps and windows at once wait for nobody in a circle, and lose nothing', async () => {
  const ids = await addMonitors(6);
  const [top, ...below] = ids;
  for (const id of below)
    await world.db.sql.query('INSERT INTO monitor_parent (monitor_id, parent_id) VALUES ($1, $2)', [id, top]);
  const { db, organisationId } = world;
  const deps = { db, windows: windowStore(), stretches: stretchStore(), events: eventStore(), alerts };
  const limits = defaultModuleLimits;
  const errors: unknown[] = [];
  const climb = escalateDue({ db, escalations, send: async () => undefined, onError: (error) => errors.push(error) });
  const disturb = async (seconds: number): Promise<void> => {
    const now = t0 + seconds * 1_000;
    const given = {
      ...{ name: 'x', timeZone: 'UTC', durationMs: 60_000, appliesTo: { kind: 'all' as const } },
      startsAt: new Date(now - 1_000).toISOString(),
    };
    const { id } = await createWindow({ ...deps, limits }, organisationId, given, now);
    await climb(now);
    await deleteWindow({ ...deps, limits }, { organisationId, id }, now);
    await climb(now + 300_000);
  };
  await all(ids, 'up', 90);
  for (let round = 0; round < 2; round++) {
    const begin = 100 + round * 40;
    for (const [word, seconds] of [
      ['502', begin],
      ['502', begin + 2],
      ['up', begin + 20],
      ['up', begin + 22],
    ] as const)
      await Promise.all([all(ids, word, seconds), disturb(seconds), climb(t0 + seconds * 1_000)]);
  }
  expect(errors).toEqual([]);
  expect(await rows(`SELECT id FROM incident WHERE resolved_at IS NULL`)).toEqual([]);
  expect(await rows(`SELECT id FROM maintenance_window`)).toEqual([]);
  expect(await rows(`SELECT window_id FROM maintenance_stretch WHERE ended_at IS NULL`)).toEqual([]);
});
