import type { CheckResult } from '@farwatch/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportOf, resultOf, startWorld, type World } from '../../world.fixture.ts';
import { alertPlanner } from '../alerts/alert-planner.ts';
import { escalationStore } from '../escalations/store.ts';
import { eventStore } from '../events/store.ts';
import { expireConfirmations } from '../incidents/expire.ts';
import { storedBatches } from './batch-store.ts';
import { type Ingested, ingest } from './ingest.ts';
import { votesOf } from './record-store.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.addChannel('email', 'ops@acme.example');
  await world.addChannel('webhook', 'https://hooks.acme.example/x', 'whsec_x');
});
afterAll(() => world[Symbol.asyncDispose]());

const t0 = Date.now() - 600_000;
const at = (seconds: number) => t0 + seconds * 1_000;
const iso = (seconds: number) => new Date(at(seconds)).toISOString();
const deps = () => ({
  db: world.db,
  events: eventStore(),
  alerts: alertPlanner({ escalations: escalationStore() }),
  now: () => Date.now(),
});
/** A worker that is in time: it takes a batch a tenth of a second after the last look in it ended. */
const take = (results: readonly CheckResult[]): Promise<Ingested> => {
  const endedAt = results.map(({ startedAt, totalMs }) => startedAt + totalMs).filter((one) => one <= Date.now());
  return ingest({ ...deps(), now: () => Math.ceil(Math.max(...endedAt)) + 100 })(reportOf(results));
};

type Row = Record<string, unknown>;
const rows = async (text: string, ...values: readonly unknown[]): Promise<Row[]> =>
  (await world.db.sql.query<Row>(text, values)).rows;
const incidentsOf = (id: string) => rows('SELECT * FROM incident WHERE monitor_id = $1 ORDER BY started_at', id);
const statusOf = async (id: string) =>
  (await rows('SELECT status FROM monitor_state WHERE monitor_id = $1', id))[0]?.status;
const snapshot = async (id: string) => ({
  incidents: await incidentsOf(id),
  results: await rows('SELECT * FROM check_result WHERE monitor_id = $1 ORDER BY scheduled_at, region', id),
  spans: await rows('SELECT * FROM span WHERE monitor_id = $1 ORDER BY region, started_at', id),
  deliveries: await rows(
    `SELECT d.event, d.channel_id, d.status FROM delivery d JOIN incident i ON i.id = d.incident_id
     WHERE i.monitor_id = $1 ORDER BY d.event, d.channel_id`,
    id,
  ),
  events: await rows('SELECT type, data FROM event WHERE monitor_id = $1 ORDER BY id', id),
});

describe('one region', () => {
  test('two failures open an incident at the first, two good checks end it at the first, and each channel is told of both', async () => {
    const id = await world.addMonitor();
    const first = await take([resultOf(id, 'up', at(-30)), resultOf(id, '502', at(0))]);
    expect(first.asks).toEqual([
      {
        monitorId: id,
        region: 'local',
        trigger: 'confirmation',
        scheduledAt: expect.any(Number),
        expiresAt: expect.any(Number),
      },
    ]);
    expect(await incidentsOf(id)).toEqual([]);
    const second = await take([resultOf(id, '502', at(2), { trigger: 'confirmation' })]);
    expect(second.deliveryIds).toHaveLength(2);
    expect(await statusOf(id)).toBe('down');
    await take([resultOf(id, '504', at(30))]);
    await take([resultOf(id, 'up', at(60))]);
    const last = await take([resultOf(id, 'up', at(62))]);
    expect(last.deliveryIds).toHaveLength(2);
    const after = await snapshot(id);
    expect(after.incidents).toMatchObject([
      { started_at: new Date(at(0)), resolved_at: new Date(at(60)), end_reason: 'recovered', cause: { status: 502 } },
    ]);
    expect(after.spans).toMatchObject([
      { code: '502', started_at: new Date(at(0)), last_seen_at: new Date(at(2)), ended_at: new Date(at(30)) },
      { code: '504', started_at: new Date(at(30)), last_seen_at: new Date(at(30)), ended_at: new Date(at(60)) },
    ]);
    expect(after.deliveries.map(({ event }) => event)).toEqual([
      'incident.opened',
      'incident.opened',
      'incident.resolved',
      'incident.resolved',
    ]);
    expect(after.events.map(({ type }) => type)).toEqual([
      'monitor.status-changed',
      'incident.opened',
      'monitor.status-changed',
      'incident.resolved',
      'monitor.status-changed',
    ]);
    expect(after.events.at(-1)).toMatchObject({ data: { status: 'up', statusSince: iso(60) } });
  });

  test('in planned work incidents are told to the event stream, and no other status than what is shown', async () => {
    const id = await world.addMonitor();
    await world.db.sql.query(
      `INSERT INTO maintenance_stretch (monitor_id, window_id, started_at, until, name, counts_as)
       VALUES ($1, gen_random_uuid(), now() - interval '1 hour', now() + interval '1 hour', 'Move', 'excluded')`,
      [id],
    );
    await take([resultOf(id, 'up', at(-30)), resultOf(id, '502', at(0))]);
    await take([resultOf(id, '502', at(2), { trigger: 'confirmation' })]);
    expect((await snapshot(id)).events.map(({ type }) => type)).toEqual(['incident.opened']);
    expect(await statusOf(id)).toBe('down');
  });

  test('what a probe measured is read back as it was', async () => {
    const id = await world.addMonitor();
    await take([resultOf(id, 'refused', at(0)), resultOf(id, 'missed', at(30))]);
    const [refused, missed] = (await snapshot(id)).results;
    expect(refused).toMatchObject({
      verdict: 'down',
      detail: { failure: { kind: 'network', phase: 'connect', code: 'ECONNREFUSED' } },
      total_us: 41_235,
      dns_us: 1_500,
      connect_us: 2_250,
      tls_us: null,
      first_byte_us: 30_125,
      started_at: new Date(at(0) + 3),
      remote_address: '192.0.2.7',
      bytes: 512,
    });
    expect(missed).toMatchObject({ verdict: 'missed', detail: { reason: 'overload' } });
  });
});

const failingAtItsEnd =
  ({ transaction }: Pick<World['db'], 'transaction'>): World['db']['transaction'] =>
  (work) =>
    transaction(async (tx) => {
      await work(tx);
      throw new Error('no commit');
    });

describe('at least once, in any order, from several workers', () => {
  const history = (id: string): CheckResult[] => [
    resultOf(id, 'up', at(0)),
    resultOf(id, '502', at(30)),
    resultOf(id, '502', at(32), { trigger: 'confirmation' }),
    resultOf(id, '502', at(60)),
  ];

  test('the same batch twice is the same as once', async () => {
    const id = await world.addMonitor();
    await take(history(id));
    const once = await snapshot(id);
    const again = await take(history(id));
    expect(again).toMatchObject({ asks: [], deliveryIds: [], fresh: [] });
    expect(await snapshot(id)).toEqual(once);
  });

  test('a batch that was taken is known by its id, one that was rolled back is not', async () => {
    const id = await world.addMonitor();
    const [report, broken] = [reportOf(history(id)), reportOf(history(id))];
    const take = ingest({ ...deps(), now: () => at(61) });
    expect((await take(report)).fresh).toHaveLength(4);
    expect(await take(report)).toEqual({ asks: [], deliveryIds: [], fresh: [], dropped: 0 });
    const unwell = { ...world.db, transaction: failingAtItsEnd(world.db) };
    await expect(ingest({ ...deps(), db: unwell, now: () => at(61) })(broken)).rejects.toThrow('no commit');
    expect(await storedBatches(world.db.sql, [report.batchId, broken.batchId])).toEqual([report.batchId]);
  });

  test('of a batch that was half there, the other half is new, and only that is judged', async () => {
    const id = await world.addMonitor();
    await take(history(id).slice(0, 2));
    const { fresh } = await take(history(id));
    expect(fresh.map(({ scheduledAt }) => scheduledAt)).toEqual([at(32), at(60)]);
    expect(await incidentsOf(id)).toMatchObject([{ started_at: new Date(at(30)) }]);
  });

  test('late failures do not undo the good looks that the log has of the time after them', async () => {
    const id = await world.addMonitor();
    await take([resultOf(id, 'up', at(0))]);
    await take([resultOf(id, 'up', at(90)), resultOf(id, 'up', at(120))]); // all is well: not folded
    await take([resultOf(id, '502', at(30)), resultOf(id, '502', at(60))]);
    expect(await incidentsOf(id)).toMatchObject([{ started_at: new Date(at(30)), resolved_at: new Date(at(90)) }]);
    expect(await statusOf(id)).toBe('up');
  });

  test('a good look that passed beside a failure, while the monitor still was all well, ends the streak', async () => {
    const id = await world.addMonitor();
    await take([resultOf(id, 'up', at(0))]);
    await world.db.sql.query('UPDATE monitor_state SET settled = false WHERE monitor_id = $1', [id]);
    await take([resultOf(id, '502', at(30))]);
    await world.db.sql.query('UPDATE monitor_state SET settled = true WHERE monitor_id = $1', [id]); // as the other worker saw it
    await take([resultOf(id, 'up', at(60))]);
    await world.db.sql.query('UPDATE monitor_state SET settled = false WHERE monitor_id = $1', [id]);
    await take([resultOf(id, '502', at(90))]);
    expect(await incidentsOf(id)).toEqual([]);
  });

  test('a look that was said to be missed and arrives after all was not missed; a miss never hides a look', async () => {
    const id = await world.addMonitor();
    await take([resultOf(id, 'missed', at(0))]);
    const { fresh } = await take([resultOf(id, '502', at(0)), resultOf(id, 'missed', at(0))]);
    expect(fresh).toHaveLength(1);
    await take([resultOf(id, 'missed', at(0))]);
    expect((await snapshot(id)).results).toMatchObject([{ verdict: 'down', status: 502 }]);
    await take([resultOf(id, '502', at(30))]);
    expect(await incidentsOf(id)).toMatchObject([{ started_at: new Date(at(0)) }]);
  });

  test('eight workers with the same results at once open one incident and plan one delivery a channel', async () => {
    const id = await world.addMonitor();
    const parts = history(id).map((result) => [result]);
    const batches = [...parts, ...parts.toReversed(), history(id), history(id).toReversed()];
    await Promise.all(batches.map(take));
    const { incidents, deliveries, results } = await snapshot(id);
    expect(results).toHaveLength(4);
    expect(incidents).toMatchObject([{ started_at: new Date(at(30)), resolved_at: null }]);
    expect(deliveries).toHaveLength(2);
  });

  test('workers that hold many monitors in different orders never wait for each other in a ring', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => world.addMonitor()));
    const failing = (second: number) => ids.map((id) => resultOf(id, '502', at(second)));
    const shuffled = (second: number, seed: number) =>
      failing(second).toSorted((a, b) => (a.monitorId + seed < b.monitorId + seed ? -1 : 1) * (seed % 2 ? 1 : -1));
    await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((seed) => take(shuffled(30 + (seed % 4), seed))));
    for (const id of ids) expect(await incidentsOf(id)).toHaveLength(1);
  });

  test('a failure whose batch comes after the next one still counts, and the incident starts at it', async () => {
    const id = await world.addMonitor();
    await take([resultOf(id, '502', at(2))]);
    await take([resultOf(id, '502', at(0))]);
    expect(await incidentsOf(id)).toMatchObject([{ started_at: new Date(at(0)) }]);
    expect((await snapshot(id)).spans).toMatchObject([{ started_at: new Date(at(0)), last_seen_at: new Date(at(2)) }]);
  });

  test('when one write fails nothing of the batch is there, and the next try finds a clean table', async () => {
    const id = await world.addMonitor();
    const alerts = { ...deps().alerts, plan: () => Promise.reject(new Error('planning failed')) };
    const broken = { ...deps(), alerts };
    await expect(ingest(broken)(reportOf(history(id)))).rejects.toThrow('planning failed');
    expect(await snapshot(id)).toEqual({ incidents: [], results: [], spans: [], deliveries: [], events: [] });
    await take(history(id));
    expect(await incidentsOf(id)).toHaveLength(1);
  });
});

test('a good look of a healthy monitor needs no lock: it is written while another worker holds the state', async () => {
  const id = await world.addMonitor();
  await take([resultOf(id, 'up', at(0))]);
  await world.db.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM monitor_state WHERE monitor_id = $1 FOR UPDATE', [id]);
    await take([resultOf(id, 'up', at(30))]);
  });
  expect((await snapshot(id)).results).toHaveLength(2);
});

test('results of paused and unknown monitors, and of impossible moments, are dropped and counted', async () => {
  const id = await world.addMonitor();
  const paused = await world.addMonitor();
  await world.db.sql.query('UPDATE monitor SET paused_at = now() WHERE id = $1', [paused]);
  const unknown = '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e';
  const { dropped } = await take([
    resultOf(id, 'up', at(0)),
    resultOf(paused, 'up', at(0)),
    resultOf(unknown, 'up', at(0)),
    resultOf(id, 'up', Date.now() + 3_600_000),
    resultOf(id, 'up', at(0) - 40 * 3_600_000),
  ]);
  expect(dropped).toBe(4);
  expect((await snapshot(id)).results).toHaveLength(1);
});

test('words that look like an array of their own are one value', async () => {
  const id = await world.addMonitor();
  const failure = { kind: 'assertion', expected: '{"a","b\\"}', got: 'NULL, \\N "x"' } as const;
  await take([resultOf(id, 'up', at(0), { outcome: { verdict: 'down', failure } })]);
  expect((await snapshot(id)).results).toMatchObject([{ detail: { failure } }]);
});

test('evidence is kept beside its result', async () => {
  const id = await world.addMonitor();
  const evidence = {
    url: 'https://shop.example/',
    status: 502,
    reason: 'Bad Gateway',
    headers: [['server', 'nginx']] as const,
    bodyBase64: 'eA==',
    bodyTruncated: false,
  };
  await take([resultOf(id, '502', at(0), { evidence })]);
  expect(await rows('SELECT evidence FROM evidence WHERE monitor_id = $1', id)).toEqual([{ evidence }]);
});

test('how far a probe’s clock was off comes with each result of its batch', async () => {
  const id = await world.addMonitor();
  const report = { ...reportOf([resultOf(id, 'up', at(0))]), clockOffsetMs: -3_600_000 };
  expect((await ingest(deps())(report)).fresh).toMatchObject([{ clockOffsetMs: -3_600_000 }]);
  expect((await take([resultOf(id, 'up', at(30))])).fresh[0]).not.toHaveProperty('clockOffsetMs');
});

describe('several regions', () => {
  const regions = ['fra', 'iad', 'sin'];
  const from = (region: string, id: string, word: string, seconds: number) =>
    resultOf(id, word, at(seconds), { region });

  test('the first failure asks the others, and two of three open the incident', async () => {
    const id = await world.addMonitor(regions);
    const { asks } = await take([from('fra', id, '502', 0)]);
    expect(asks.map(({ region }) => region)).toEqual(['iad', 'sin']);
    const answeredAt = asks[0]?.scheduledAt ?? 0;
    await take([resultOf(id, '502', answeredAt, { region: 'iad', trigger: 'confirmation' })]);
    const aSecondLater = answeredAt + 1_700; // sin has had its time to contradict
    await expireConfirmations({ ...deps(), votesOf, followUp: async () => undefined })(aSecondLater);
    expect(await incidentsOf(id)).toMatchObject([{ started_at: new Date(at(0)), regions: ['fra', 'iad'] }]);
  });

  test('an incident that opens and ends tells all its regions to look more often, and no longer', async () => {
    const id = await world.addMonitor(regions);
    const bursts = ({ asks }: Ingested) =>
      asks.flatMap(({ region, burst }) => (burst === undefined ? [] : [{ region, ...burst }]));
    await take([from('fra', id, '502', 500)]);
    const opened = await take([from('iad', id, '502', 505)]);
    expect(bursts(opened)).toEqual(regions.map((region) => ({ region, kind: 'begin', startedAt: at(500), regions })));
    expect(opened.asks.map(({ expiresAt }) => expiresAt)).toEqual(regions.map(() => at(1_100)));
    await take([from('fra', id, 'up', 530)]);
    const resolved = await take([from('sin', id, 'up', 535), from('iad', id, 'up', 536)]);
    const ends = bursts(resolved);
    expect(ends.map(({ region, kind }) => `${region} ${kind}`)).toEqual(regions.map((region) => `${region} end`));
    expect(ends.every(({ startedAt }) => startedAt >= at(530))).toBe(true);
  });

  test('a deadline that has passed is found by the sweep: nobody answered, so all are asked again, and the region decides', async () => {
    const id = await world.addMonitor(regions);
    const { asks } = await take([from('fra', id, '502', 0)]);
    const sent: string[] = [];
    const sweep = expireConfirmations({
      ...deps(),
      votesOf,
      followUp: async (work) =>
        void sent.push(...work.asks.filter(({ monitorId }) => monitorId === id).map(({ region }) => region)),
    });
    const deadline = asks[0]?.expiresAt ?? 0;
    await sweep(deadline + 499);
    expect(sent).toEqual([]);
    await sweep(deadline + 500); // what was answered in time has arrived by then
    expect(sent).toEqual(regions);
    await take([resultOf(id, '502', deadline, { region: 'fra', trigger: 'confirmation' })]);
    await sweep(deadline + 13_000);
    expect(await incidentsOf(id)).toMatchObject([{ started_at: new Date(at(0)) }]);
  });
});
