import type { CheckResult, Evidence } from '@farwatch/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

const open = async (evidence: Evidence | null = nginx502, regions: readonly string[] = ['local']) => {
  const id = await world.addMonitor(regions);
  await take([resultOf(id, 'up', at(-30)), resultOf(id, '502', at(0), evidence === null ? {} : { evidence })]);
  await take([resultOf(id, '502', at(2), { trigger: 'confirmation' })]);
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
