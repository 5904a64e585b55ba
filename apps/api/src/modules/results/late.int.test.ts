import { type CheckResult, defaultPolicySettings, policyOf, replay, votesIn } from '@farwatch/domain';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportOf, resultOf, startWorld, type World } from '../../world.fixture.ts';
import { alertPlanner } from '../alerts/alert-planner.ts';
import { escalationStore } from '../escalations/store.ts';
import { eventStore } from '../events/store.ts';
import { expireConfirmations } from '../incidents/expire.ts';
import { ingest } from './ingest.ts';
import { votesOf } from './record-store.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.addChannel('email', 'ops@acme.example');
});
afterAll(() => world[Symbol.asyncDispose]());

const deps = (now: number) => ({
  db: world.db,
  events: eventStore(),
  alerts: alertPlanner({ escalations: escalationStore() }),
  votesOf,
  now: () => now,
  followUp: async () => undefined,
});
const rows = async <R extends object>(text: string, id: string): Promise<R[]> =>
  (await world.db.sql.query<R>(text, [id])).rows;

type Arrival = Readonly<{ result: CheckResult; arrivesAt: number }>;
/** A worker whose clock is that of the arrivals: sweeps what is due, then takes what has come. */
const play = async (arrivals: readonly Arrival[]): Promise<void> => {
  for (const { result, arrivesAt } of arrivals.toSorted((a, b) => a.arrivesAt - b.arrivesAt)) {
    await expireConfirmations(deps(arrivesAt))(arrivesAt);
    await ingest(deps(arrivesAt))(reportOf([result]));
  }
};

const regions = ['ams', 'fra', 'iad'];
const histories = fc.array(
  fc.record({
    region: fc.constantFrom(...regions),
    word: fc.constantFrom('up', 'up', '502', '502', '504', 'refused', 'missed'),
    run: fc.integer({ min: 1, max: 4 }),
    stepMs: fc.constantFrom(170, 2_000, 10_000, 30_000),
    lateMs: fc.constantFrom(0, 0, 0, 900, 20_000, 600_000, 7_800_000),
    times: fc.constantFrom(1, 1, 2),
  }),
  { minLength: 6, maxLength: 14 },
);

test('in the database too, whatever comes late, twice and out of order ends as one reading of the sorted log', async () => {
  let nth = 0;
  await fc.assert(
    fc.asyncProperty(histories, async (looks) => {
      nth += 1;
      const id = await world.addMonitor(regions);
      let at = Date.now() - 20 * 3_600_000 + nth * 1_000;
      const arrivals = looks.flatMap(({ region, word, run, stepMs, lateMs, times }) =>
        Array.from({ length: run }, () => {
          at += stepMs;
          const result = resultOf(id, word, at, { region });
          return Array.from({ length: times }, (_, n) => ({ result, arrivesAt: at + 100 + lateMs + n * 1_300 }));
        }).flat(),
      );
      await play(arrivals);
      const end = Math.max(...arrivals.map(({ arrivesAt }) => arrivesAt)) + 86_400_000;
      await expireConfirmations(deps(end))(end);
      const policy = policyOf(defaultPolicySettings, { regions, intervalMs: 30_000, timeoutMs: 10_000 });
      const unique = [
        ...new Map(arrivals.map(({ result }) => [`${result.region} ${result.scheduledAt}`, result])).values(),
      ];
      const offline = replay({ votes: votesIn(unique), resets: [] }, policy, end);
      const stored = await rows<{ from: Date; until: Date | null; regions: string[] }>(
        `SELECT started_at AS from, resolved_at AS until, regions FROM incident
         WHERE monitor_id = $1 AND coalesce(end_reason, 'recovered') <> 'withdrawn' ORDER BY started_at, resolved_at`,
        id,
      );
      const ms = (moment: Date | null): number | null => moment?.getTime() ?? null;
      expect(stored.map((one) => [ms(one.from), ms(one.until), one.regions])).toEqual(
        offline.incidents.map((one) => [one.startedAt, one.resolvedAt, one.regions]),
      );
      const spans = await rows<{ region: string; from: Date; last: Date; until: Date | null; code: string }>(
        `SELECT region, started_at AS from, last_seen_at AS last, ended_at AS until, code FROM span
         WHERE monitor_id = $1 ORDER BY started_at, region`,
        id,
      );
      const inTime = offline.spans.toSorted((a, b) => a.startedAt - b.startedAt || (a.region < b.region ? -1 : 1));
      expect(spans.map((one) => [one.region, ms(one.from), ms(one.last), ms(one.until)])).toEqual(
        inTime.map((one) => [one.region, one.startedAt, one.lastSeenAt, one.endedAt]),
      );
      const decided = await rows<{ kind: string; at: Date; decidedAt: Date; witnesses: object[] }>(
        'SELECT kind, at, decided_at AS "decidedAt", witnesses FROM monitor_change WHERE monitor_id = $1',
        id,
      );
      type Decided = readonly [decidedAt: number | null, kind: string, at: number | null, witnesses: unknown];
      // Several may be decided by one look, so at one moment.
      const sorted = (list: readonly Decided[]) =>
        list.toSorted((a, b) => Number(a[0]) - Number(b[0]) || (a[1] < b[1] ? -1 : 1));
      expect(sorted(decided.map((one) => [ms(one.decidedAt), one.kind, ms(one.at), one.witnesses]))).toEqual(
        sorted(offline.decisions.map((one) => [one.decidedAt, one.kind, one.at, one.witnesses])),
      );
      const doubled = await rows<{ n: number }>(
        `SELECT count(*)::int AS n FROM delivery d JOIN incident i ON i.id = d.incident_id WHERE i.monitor_id = $1
         GROUP BY d.incident_id, d.event, d.channel_id HAVING count(*) > 1`,
        id,
      );
      expect(doubled).toEqual([]);
    }),
    { numRuns: 30 },
  );
}, 120_000);

const told = (id: string) =>
  rows<{ event: string }>(
    'SELECT d.event FROM delivery d JOIN incident i ON i.id = d.incident_id WHERE i.monitor_id = $1 ORDER BY d.created_at',
    id,
  );

test('an outage that is learnt an hour later is recorded and wakes nobody', async () => {
  const id = await world.addMonitor(['local']);
  const t0 = Date.now() - 2 * 3_600_000;
  const look = (word: string, s: number, lateS = 0): Arrival => ({
    result: resultOf(id, word, t0 + s * 1_000),
    arrivesAt: t0 + (s + lateS) * 1_000 + 100,
  });
  const lost = [30, 60, 90].map((s) => look('502', s, 3_600));
  await play([look('up', 0), ...lost, ...[120, 150, 3_600, 3_690, 3_720].map((s) => look('up', s))]);
  const [incident] = await rows<object>(
    'SELECT started_at, resolved_at, told_at FROM incident WHERE monitor_id = $1',
    id,
  );
  expect(incident).toEqual({ started_at: new Date(t0 + 30_000), resolved_at: new Date(t0 + 120_000), told_at: null });
  expect(await told(id)).toEqual([]);
});

test('who heard that it is down hears that it is over, when that is learnt from looks that come late', async () => {
  const names = ['fra', 'iad', 'sin'];
  const id = await world.addMonitor(names);
  const begun = Date.now() - 3_600_000;
  const look = (region: string, word: string, s: number, nowS = s + 0.2): Arrival => ({
    result: resultOf(id, word, begun + s * 1_000, { region }),
    arrivesAt: begun + nowS * 1_000,
  });
  const each = (s: number, word: string): Arrival[] => names.map((region) => look(region, word, s));
  const stubborn = Array.from({ length: 6 }, (_, i) => look('iad', '502', 130 + i * 30));
  await play([...each(10, 'up'), ...each(100, '502'), ...stubborn]);
  await play([look('fra', 'up', 140, 290), look('sin', 'up', 141, 290.1)]);
  await play([...each(320, 'up'), ...each(350, 'up')]);
  const stored = await rows<{ told: boolean; over: boolean; end_told: boolean }>(
    `SELECT told_at IS NOT NULL AS told, resolved_at IS NOT NULL AS over, end_told_at IS NOT NULL AS end_told
     FROM incident WHERE monitor_id = $1 ORDER BY started_at`,
    id,
  );
  expect(stored.length).toBeGreaterThan(0);
  for (const one of stored) expect(one).toEqual({ told: true, over: true, end_told: true });
});

test('an incident that later looks take back is withdrawn, and whoever heard of it hears that it is over', async () => {
  const id = await world.addMonitor(['local']);
  const t0 = Date.now() - 2 * 3_600_000;
  const look = (word: string, s: number, lateS = 0): Arrival => ({
    result: resultOf(id, word, t0 + s * 1_000),
    arrivesAt: t0 + (s + lateS) * 1_000 + 100,
  });
  await play([look('up', 0), look('502', 30), look('502', 60), look('up', 45, 300), look('502', 90, 0)].slice(0, 3));
  expect((await told(id)).map(({ event }) => event)).toEqual(['incident.opened']);
  await play([look('up', 45, 300)]);
  const [incident] = await rows<object>('SELECT end_reason FROM incident WHERE monitor_id = $1', id);
  expect(incident).toEqual({ end_reason: 'withdrawn' });
  expect((await told(id)).map(({ event }) => event)).toEqual(['incident.opened', 'incident.resolved']);
});

test('a monitor that flaps says so once, its single incidents say nothing more, and calm ends it', async () => {
  const id = await world.addMonitor(['local']);
  const t0 = Date.now() - 2 * 3_600_000;
  const look = (word: string, s: number): Arrival => ({
    result: resultOf(id, word, t0 + s * 1_000),
    arrivesAt: t0 + s * 1_000 + 100,
  });
  const round = (n: number) => ['502', '502', 'up', 'up'].map((word, i) => look(word, n * 120 + i * 30));
  await play([0, 1, 2, 3, 4, 5].flatMap(round));
  const heard = async () =>
    (
      await rows<{ event: string }>(
        `SELECT event FROM delivery WHERE monitor_id = $1 OR incident_id IN (SELECT id FROM incident WHERE monitor_id = $1)
         ORDER BY created_at, event`,
        id,
      )
    ).map(({ event }) => event);
  const before = await heard();
  expect(before.filter((event) => event === 'incident.opened')).toHaveLength(3);
  expect(before.filter((event) => event === 'monitor.flapping')).toHaveLength(1);
  expect(await rows('SELECT 1 FROM incident WHERE monitor_id = $1', id)).toHaveLength(6);
  const calmAt = t0 + 690_000 + 1_801_000;
  await expireConfirmations(deps(calmAt))(calmAt);
  expect((await heard()).at(-1)).toBe('monitor.calm');
  const [state] = await rows<{ status: string }>('SELECT status FROM monitor_state WHERE monitor_id = $1', id);
  expect(state?.status).toBe('up');
});
