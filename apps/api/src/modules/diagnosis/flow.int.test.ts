import type { CheckResult, Evidence } from '@farwatch/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportOf, resultOf, startWorld, type World } from '../../world.fixture.ts';
import { alertPlanner } from '../alerts/alert-planner.ts';
import { escalationStore } from '../escalations/store.ts';
import { eventStore } from '../events/store.ts';
import { markStore } from '../marks/store.ts';
import { ingest } from '../results/ingest.ts';
import { resultStore } from '../results/store.ts';
import { logStore } from './log-store.ts';
import type { RenewDeps } from './renew.ts';
import { diagnosisStore } from './store.ts';
import { sweepDiagnoses } from './sweep.ts';
import { tellDiagnosis } from './tell.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const t0 = Date.now() - 600_000;
const at = (seconds: number) => t0 + seconds * 1_000;
const page =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';
const nginx502: Evidence = {
  ...{ url: 'https://shop.example/', status: 502, reason: 'Bad Gateway', bodyTruncated: false },
  headers: [
    ['Server', 'nginx'],
    ['Date', 'Sat, 28 Nov 2026 04:00:00 GMT'],
    ['Content-Type', 'text/html'],
    ['Content-Length', '150'],
    ['Connection', 'keep-alive'],
  ],
  bodyBase64: Buffer.from(page).toString('base64'),
};

const deps = (): RenewDeps & { db: World['db'] } => ({
  ...{ db: world.db, events: eventStore(), results: resultStore(), marks: markStore() },
  ...{ diagnoses: diagnosisStore(), logs: logStore() },
});
const take = async (results: readonly CheckResult[]): Promise<void> => {
  const end = Math.max(...results.map(({ startedAt, totalMs }) => startedAt + totalMs));
  const alerts = alertPlanner({ escalations: escalationStore() });
  await ingest({ ...deps(), alerts, now: () => Math.ceil(end) + 100 })(reportOf(results));
};
const sweep = (now = Date.now()) => sweepDiagnoses(deps())(now);

type Row = Record<string, unknown>;
const rows = async (text: string, ...values: readonly unknown[]): Promise<Row[]> =>
  (await world.db.sql.query<Row>(text, values)).rows;
const incidentOf = async (monitorId: string): Promise<string> =>
  String((await rows('SELECT id FROM incident WHERE monitor_id = $1', monitorId))[0]?.id);
const versionsOf = (incidentId: string) =>
  rows(
    'SELECT version, why, cause, confidence, diagnosis FROM diagnosis WHERE incident_id = $1 ORDER BY version',
    incidentId,
  );
const updatesOf = async (monitorId: string): Promise<number> =>
  (await rows(`SELECT 1 FROM event WHERE monitor_id = $1 AND type = 'incident.updated'`, monitorId)).length;

/** An incident that was opened by failures of all these regions but the last, where there are several. */
const open = async (evidence: Evidence | null = nginx502, regions: readonly string[] = ['local']) => {
  const id = await world.addMonitor(regions);
  const seen = regions.length === 1 ? regions : regions.slice(0, -1);
  const kept = evidence === null ? {} : { evidence };
  await take(regions.map((region) => resultOf(id, 'up', at(-30), { region })));
  await take(seen.map((region) => resultOf(id, '502', at(0), { region, ...kept })));
  await take(seen.map((region) => resultOf(id, '502', at(2), { region, trigger: 'confirmation' })));
  return { monitorId: id, incidentId: await incidentOf(id) };
};

test('an incident that opens is diagnosed from the answer that was kept, and its page is told', async () => {
  const { monitorId, incidentId } = await open();
  expect(await versionsOf(incidentId)).toEqual([]);
  await sweep();
  const [first, ...more] = await versionsOf(incidentId);
  expect(more).toEqual([]);
  expect(first).toMatchObject({ version: 1, why: 'opened', diagnosis: { wroteBy: { product: 'nginx' } } });
  expect(await updatesOf(monitorId)).toBe(1);
  await sweep();
  expect(await versionsOf(incidentId)).toHaveLength(1);
});

test('a new look at the same thing makes no version; another region’s does', async () => {
  const { monitorId, incidentId } = await open(nginx502, ['local', 'fra', 'iad']);
  await sweep();
  const first = await versionsOf(incidentId);
  await take([resultOf(monitorId, '502', at(30), { evidence: nginx502 })]);
  await sweep();
  expect(await versionsOf(incidentId)).toEqual(first);
  await take([resultOf(monitorId, '502', at(31), { region: 'iad', evidence: nginx502 })]);
  await sweep();
  const second = await versionsOf(incidentId);
  expect(second.map(({ version, why }) => [version, why])).toEqual([
    [1, 'opened'],
    [2, 'evidence'],
  ]);
  expect(JSON.stringify(second[1]?.diagnosis)).toContain('all 3 regions see it');
  expect(await updatesOf(monitorId)).toBeGreaterThanOrEqual(2);
});

test('what a killed worker has left undone is found by the next one, and two at once do it once', async () => {
  const { incidentId } = await open();
  await Promise.all([sweep(), sweep(), sweep()]);
  expect((await versionsOf(incidentId)).map(({ version }) => version)).toEqual([1]);
});

test('one that can’t be made is tried again after a while, and keeps no other waiting', async () => {
  const [bad, good] = [await open(), await open()];
  const broken = { ...resultStore(), list: resultStore().list };
  const failing: RenewDeps & { db: World['db'] } = {
    ...deps(),
    results: {
      list: (sql, filter, page) => {
        if (filter.monitorId === bad.monitorId) throw new Error('a bug of ours');
        return broken.list(sql, filter, page);
      },
    },
  };
  await expect(sweepDiagnoses(failing)(Date.now())).rejects.toThrow('a bug of ours');
  expect(await versionsOf(good.incidentId)).toHaveLength(1);
  await sweepDiagnoses(failing)(Date.now()); // not due yet: nothing is thrown
  await sweep(Date.now() + 61_000);
  expect(await versionsOf(bad.incidentId)).toHaveLength(1);
});

test('an incident of which no look is left is diagnosed from what opened it', async () => {
  const { monitorId, incidentId } = await open(null);
  await world.db.sql.query('DELETE FROM fresh_result r USING monitor m WHERE m.seq = r.monitor AND m.id = $1', [
    monitorId,
  ]);
  await sweep();
  expect(await versionsOf(incidentId)).toMatchObject([{ diagnosis: { evidence: expect.any(Array) } }]);
});

test('texts that the database takes in no JSON are stored all the same', async () => {
  const title = Buffer.from('<title>502 \0 Bad\ud800 Gateway</title><hr><center>nginx</center>', 'utf16le').toString(
    'utf16le',
  );
  const { incidentId } = await open({ ...nginx502, bodyBase64: Buffer.from(title).toString('base64') });
  await sweep();
  expect(await versionsOf(incidentId)).toHaveLength(1);
});

test('only the first version and the newest are kept, fifty in all', async () => {
  const { incidentId } = await open();
  await sweep();
  const made = await diagnosisStore().find(world.db.sql, incidentId, 1);
  if (made === null) throw new Error('there is no version');
  for (let version = 2; version <= 60; version++)
    await diagnosisStore().insert(world.db.sql, incidentId, { ...made, version });
  const kept = (await versionsOf(incidentId)).map(({ version }) => version);
  expect(kept).toEqual([1, ...Array.from({ length: 49 }, (_, i) => 12 + i)]);
});

describe('an alert', () => {
  const tell = (over: Partial<Pick<RenewDeps, 'results'>> = {}) =>
    tellDiagnosis({ ...deps(), diagnoses: diagnosisStore(), log: { warn: () => undefined }, ...over });
  test('that leaves before any sweep makes the first version itself, once for all channels', async () => {
    const { incidentId } = await open();
    const told = await Promise.all([1, 2, 3].map(() => tell()(incidentId, new Date())));
    expect(told[0]).toMatchObject({ version: 1, wroteBy: 'nginx', summary: expect.any(String) });
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await versionsOf(incidentId)).toHaveLength(1);
  });
  test('says at every attempt what was known when it was planned', async () => {
    const { incidentId } = await open();
    const planned = new Date();
    const before = await tell()(incidentId, planned);
    const made = await diagnosisStore().find(world.db.sql, incidentId, 1);
    if (made === null) throw new Error('there is no version');
    const later = { ...made, version: 2, madeAt: new Date(Date.now() + 60_000) };
    await diagnosisStore().insert(world.db.sql, incidentId, later);
    expect(await tell()(incidentId, planned)).toEqual(before);
    expect(await tell()(incidentId, new Date(Date.now() + 61_000))).toMatchObject({ version: 2 });
  });
  test('goes out without it when it can’t be made', async () => {
    const { incidentId } = await open();
    const list = () => Promise.reject(new Error('a bug of ours'));
    expect(await tell({ results: { list } })(incidentId, new Date())).toBeNull();
  });
  test('waits no longer than a moment for it', async () => {
    const { incidentId } = await open();
    const { promise, resolve } = Promise.withResolvers<readonly never[]>();
    expect(await tell({ results: { list: () => promise } })(incidentId, new Date())).toBeNull();
    resolve([]);
  });
});

test('what belongs to an incident goes with its monitor', async () => {
  const { monitorId, incidentId } = await open();
  await sweep();
  await diagnosisStore().setFeedback(world.db.sql, incidentId, monitorId, {
    ...{ version: 1, accountId: null, author: 'API key', verdict: 'right', cause: null, hop: null, note: null },
    at: new Date(),
  });
  await world.db.sql.query('DELETE FROM monitor WHERE id = $1', [monitorId]);
  for (const table of ['diagnosis', 'diagnosis_due', 'diagnosis_feedback', 'incident_log'])
    expect(await rows(`SELECT 1 FROM ${table} WHERE incident_id = $1`, incidentId)).toEqual([]);
});
