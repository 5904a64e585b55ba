import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keepResults, resultOf } from '../../world.fixture.ts';
import { type Api, startApi } from '../api.fixture.ts';
import { packDays } from './pack-days.ts';
import { unpackChanged } from './pack-store.ts';
import { rollUp } from './roll-up.ts';

let api: Api;
let monitorId: string;
const dayMs = 86_400_000;
const today = Math.floor(Date.now() / dayMs);
/** Packed by the tests: the day that closed two days ago and the one before. */
const packed = today - 3;
const start = packed * dayMs + 9 * 3_600_000;

const pack = (now = Date.now()) => packDays({ db: api.db })(now);
const settle = () => rollUp({ db: api.db })(Date.now());
const call = (path: string, headers: Record<string, string> = {}) =>
  api.call(api.mine.reader, 'GET', `/v1/monitors/${monitorId}/${path}`, { headers });
const create = async (): Promise<string> =>
  (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { name: 'log', url: 'https://example.com/' } })).body
    .id;
const forms = async () =>
  (
    await api.sql.query<{ form: string }>(
      `SELECT n.nspname AS form FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname IN ('fresh_results', 'packed_results') AND c.relname = 'day_' || to_char(date '1970-01-01' + $1::int4, 'YYYYMMDD')`,
      [packed],
    )
  ).rows.map(({ form }) => form);

const history = (id: string) =>
  [0, 1, 2].flatMap((region) =>
    Array.from({ length: 900 }, (_, i) =>
      resultOf(
        id,
        i % 50 === 7 ? '502' : i % 70 === 9 ? 'missed' : 'up',
        start + i * 30_000 + region * 1_000 * (i % 2),
        {
          region: ['fra', 'iad', 'sin'][region] ?? 'fra',
          totalMs: 40 + (i % 33) + region / 1_000,
          family: i % 3 === 0 ? 'ipv6' : 'any',
          trigger: i % 101 === 5 ? 'confirmation' : 'schedule',
          ...(i % 200 === 11 ? { startedAt: start + 5e11, remoteAddress: null } : {}),
        },
      ),
    ),
  );
const yesterday = (id: string) =>
  Array.from({ length: 30 }, (_, i) => resultOf(id, 'up', (today - 1) * dayMs + i * 60_000, { region: 'fra' }));

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  await api.sql.query('DELETE FROM packed_day');
  await api.sql.query('DELETE FROM monitor');
  await api.sql.query('SELECT drop_log_days(0, 0)');
  await api.sql.query(`SELECT drop_log_days($1, $1)`, [today]);
  await api.sql.query('UPDATE organisation SET log_days = 30');
  await api.sql.query('SELECT ensure_log_days($1, $2)', [today - 6, today + 1]);
  monitorId = await create();
});

/** All that the API says of the log: pages both ways, filters, streams, single looks, charts. */
const everything = async () => {
  const first = (await call('results?limit=700')).body;
  const second = (await call(`results?limit=700&cursor=${first.next}`)).body;
  const back = (await call(`results?limit=700&cursor=${second.previous}`)).body;
  const oldest = (await call(`results?limit=3&to=${new Date(start + 60_000).toISOString()}`)).body;
  const range = `from=${new Date(start).toISOString()}&to=${new Date(start + 3_600_000).toISOString()}`;
  return {
    pages: [first.items, second.items, back.items, oldest.items],
    down: (await call('results?limit=1000&verdict=down')).body.items,
    missed: (await call('results?limit=1000&verdict=missed&region=iad')).body.items,
    status: (await call('results?limit=1000&status=502&region=sin&region=fra')).body.items,
    failed: (await call('results?limit=1000&failure=status&trigger=schedule')).body.items,
    never: (await call('results?limit=1000&failure=assertion')).body.items,
    asked: (await call('results?limit=1000&trigger=request')).body.items,
    middle: (await call(`results?limit=50&at=${new Date(start + 1_800_000).toISOString()}`)).body.items,
    nothing: (await call('results?limit=1000&status=404')).body.items,
    ranged: (await call(`results?limit=1000&${range}`)).body.items,
    ndjson: (await call('results', { accept: 'application/x-ndjson' })).text,
    csv: (await call('results', { accept: 'text/csv' })).text,
    one: (await call(`results/${second.items[5].id}`)).body,
    chart: (await call(`response-times?${range}`)).body,
    long: (await call(`response-times?from=${new Date(start - dayMs).toISOString()}`)).body,
    available: (await call(`availability?from=${new Date(start).toISOString()}`)).body,
    latest: (await api.call(api.mine.reader, 'GET', '/v1/monitors')).body.items,
  };
};
/** The present moves on while the tests run. */
const still = ({ long, available, ...rest }: Awaited<ReturnType<typeof everything>>) => ({
  ...rest,
  long: { ...long, from: 0, to: 0 },
  available: { ...available, to: 0 },
});

describe('a packed day', () => {
  test('is read as it was before, in every way there is', async () => {
    await keepResults(api.db, [...history(monitorId), ...yesterday(monitorId)]);
    await settle();
    const before = still(await everything());
    expect(before.ndjson.split('\n')).toHaveLength(2_731);
    await pack();
    expect(await forms()).toEqual(['packed_results']);
    expect(still(await everything())).toEqual(before);
    const { rows } = await api.sql.query('SELECT results, left_out FROM packed_day WHERE day = $1', [packed]);
    expect(rows).toEqual([{ results: '2700', left_out: '0' }]);
  });

  test('that closed less than two days ago, or whose roll-ups are not made, is left alone', async () => {
    await keepResults(api.db, history(monitorId));
    await pack();
    expect(await forms()).toContain('fresh_results');
    await settle();
    await pack(Date.now() - dayMs);
    expect(await forms()).toContain('fresh_results');
    await pack();
    expect(await forms()).toEqual(['packed_results']);
  });

  test('is a day of its old form until all of it is packed: a worker that is killed leaves nothing half', async () => {
    await keepResults(api.db, history(monitorId));
    await settle();
    const before = (await call('results?limit=1000')).body.items;
    for (let calls = 1; calls < 40; calls += 1) {
      let left = calls;
      const dying = {
        sql: api.sql,
        transaction: (work: Parameters<typeof api.db.transaction>[0]) =>
          api.db.transaction((tx) =>
            work({
              query: (text, values) => {
                left -= 1;
                return left < 0 ? Promise.reject(new Error('killed')) : tx.query(text, values);
              },
            }),
          ),
      };
      // The transaction answers what its work does.
      const died = await packDays({ db: dying as typeof api.db })(Date.now()).then(
        () => false,
        () => true,
      );
      expect((await call('results?limit=1000')).body.items).toEqual(before);
      if (!died) break;
    }
    expect(await forms()).toEqual(['packed_results']);
  });

  test('that gets results while it is packed has them too', async () => {
    const all = history(monitorId);
    await keepResults(api.db, all.slice(0, 2_000));
    await settle();
    const day = { day: packed, ageDays: 3 };
    let late = true;
    const meanwhile = {
      sql: api.sql,
      transaction: async (work: Parameters<typeof api.db.transaction>[0]) => {
        const answer = await api.db.transaction(work);
        if (late && (await forms()).length === 2) {
          late = false;
          await keepResults(api.db, all.slice(2_000));
          await settle();
        }
        return answer;
      },
    };
    await packDays({ db: meanwhile as typeof api.db })(Date.now());
    expect(late).toBe(false);
    expect(await forms()).toEqual(['packed_results']);
    expect((await call('results', { accept: 'application/x-ndjson' })).text.trimEnd().split('\n')).toHaveLength(2_700);
    expect(await unpackChanged(api.sql, day)).toBe(0);
  });

  test('two workers at once pack it once', async () => {
    await keepResults(api.db, history(monitorId));
    await settle();
    await Promise.all([pack(), pack(), pack()]);
    await pack();
    expect((await call('results', { accept: 'application/x-ndjson' })).text.trimEnd().split('\n')).toHaveLength(2_700);
  });
});

describe('an organisation that keeps its log for a shorter time', () => {
  test('is shown no older day, in either form, and its results are left out when a day is packed', async () => {
    const other = await create();
    await api.sql.query('UPDATE monitor SET organisation_id = $2 WHERE id = $1', [other, api.other.id]);
    await keepResults(api.db, [...history(monitorId), ...yesterday(monitorId), ...history(other)]);
    await settle();
    await api.sql.query('UPDATE organisation SET log_days = 2 WHERE id = $1', [api.mine.id]);
    const lines = async () => (await call('results', { accept: 'application/x-ndjson' })).text.trimEnd().split('\n');
    expect(await lines()).toHaveLength(30);
    await pack();
    expect(await lines()).toHaveLength(30);
    const { rows } = await api.sql.query('SELECT results, left_out FROM packed_day WHERE day = $1', [packed]);
    expect(rows).toEqual([{ results: '2700', left_out: '2700' }]);
    const kept = await api.call(api.other.reader, 'GET', `/v1/monitors/${other}/results?limit=1000`);
    expect(kept.body.items).toHaveLength(1_000);
  });
});
