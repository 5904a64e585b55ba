import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFarwatch } from '@farwatch/e2e/farwatch';
import { localDatabaseUrl } from '@farwatch/e2e/local-database';
import { waitUntil } from '@farwatch/testkit';
import { Client } from 'pg';
import type { Figure } from './report.ts';
import { fillDay, fillMarks, type Seeded, seed } from './storage-rows.ts';

export const name = 'storage';

const dayMs = 86_400_000;
const today = Math.floor(Date.now() / dayMs);
/** The newest day that is packed, and two that aren't: yesterday, and today as if it were over. */
const days = { packed: today - 3, fresh: [today - 1, today] } as const;
const perMonitor = 3 * 2_880;
/** So many results lie in the log; fewer for a quick look: FARWATCH_BENCH_RESULTS. */
const results = Number(process.env.FARWATCH_BENCH_RESULTS ?? 50_000_000);
const monitors = Math.max(20, Math.round(results / perMonitor));
const asked = 15;

/** The locks under which one worker packs and rolls up: held while the log is filled. */
const workLocks = [7_203_771_405, 7_203_771_406];

const sum = async (client: Client, sql: string): Promise<number> =>
  Number((await client.query<{ n: string | null }>(sql)).rows[0]?.n ?? 0);
const bytesIn = (client: Client, schema: string): Promise<number> =>
  sum(
    client,
    `SELECT sum(pg_total_relation_size(oid)) AS n FROM pg_class WHERE relkind = 'r' AND relnamespace = '${schema}'::regnamespace`,
  );

const say = (text: string): void => {
  process.stdout.write(`  ${text}\n`);
};

type Sizes = Readonly<{ fresh: number; packed: number; rollUps: number }>;

const fill = async (client: Client): Promise<number> => {
  for (const lock of workLocks) await client.query('SELECT pg_advisory_lock($1)', [lock]);
  await client.query('SELECT ensure_log_days($1, $2)', [days.packed, today + 1]);
  await client.query('SET synchronous_commit = off');
  for (const day of [days.packed, ...days.fresh]) {
    await fillDay(client, day);
    say(`filled a day of ${monitors * 2_880} results`);
  }
  const size = (await bytesIn(client, 'fresh_results')) / (monitors * perMonitor);
  for (const day of [days.packed, ...days.fresh]) await fillMarks(client, day);
  await client.query('SET synchronous_commit = on');
  for (const lock of workLocks) await client.query('SELECT pg_advisory_unlock($1)', [lock]);
  return size;
};

/** The worker's own roll-ups and packing, as they happen every day. */
const settle = async (client: Client): Promise<void> => {
  const closed = Math.floor((Date.now() - 60_000) / 300_000);
  const pending = `SELECT count(*) AS n FROM roll_up_mark WHERE length_s = 300 AND slot < ${closed}`;
  const begin = performance.now();
  const seconds = () => ((performance.now() - begin) / 1_000).toFixed(0);
  await waitUntil(async () => (await sum(client, pending)) === 0, 3_600_000, 'the roll-ups');
  say(`rolled up after ${seconds()} s`);
  const packed = `SELECT count(*) AS n FROM packed_day WHERE day = ${days.packed}`;
  await waitUntil(async () => (await sum(client, packed)) === 1, 3_600_000, 'the packed day');
  say(`packed after ${seconds()} s`);
};

const prepare = async (dataDir: string, dataset: Seeded): Promise<Sizes> => {
  await using farwatch = await startFarwatch({ env: { FARWATCH_QUEUE: 'postgres' }, dataDir });
  const client = new Client({ connectionString: await localDatabaseUrl(farwatch.dataDir) });
  await client.connect();
  try {
    await seed(client, dataset);
    const fresh = await fill(client);
    await settle(client);
    await client.query('VACUUM ANALYZE');
    await client.query('CHECKPOINT').catch(() => say('no right to ask for a checkpoint'));
    const rolled = await sum(client, 'SELECT sum(up + down + degraded + inconclusive + missed) AS n FROM roll_up_5m');
    return {
      fresh,
      packed: (await bytesIn(client, 'packed_results')) / (monitors * 2_880),
      rollUps: (await bytesIn(client, 'roll_ups')) / rolled,
    };
  } finally {
    await client.end();
  }
};

/** Forgets what the machine has read; only root may. */
const dropCaches = (): boolean => {
  const control = '/proc/sys/vm/drop_caches';
  if (process.getuid?.() !== 0 || !existsSync(control)) return false;
  spawnSync('sync');
  writeFileSync(control, '3\n');
  return true;
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

type Question = Readonly<{ what: string; path: string; accept: 'application/json' | 'application/x-ndjson' }>;

/** After a restart with cold caches, over HTTP; each monitor is asked once, and none lies near another on the disk. */
const measure = async (
  dataDir: string,
  { ids, key }: Seeded,
  { what, path, accept }: Question,
): Promise<readonly Figure[]> => {
  if (!dropCaches()) say('the machine keeps its caches: not root');
  await using farwatch = await startFarwatch({ env: { FARWATCH_QUEUE: 'postgres' }, dataDir });
  dropCaches();
  const took: number[] = [];
  for (let i = 0; i <= asked; i++) {
    const id = ids[Math.floor(((i + 0.5) * ids.length) / (asked + 1))] ?? '';
    const begin = performance.now();
    const answer = await fetch(`${farwatch.url}/v1/monitors/${id}/${path}`, {
      headers: { authorization: `Bearer ${key}`, accept },
    });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text.slice(0, 300)}`);
    // The first one finds code and catalogue cold as well.
    if (i > 0) took.push(performance.now() - begin);
    if (i === 1) say(`${what}: ${text.length} bytes, ${text.split('\n').length} lines`);
  }
  return [
    { name: `${what}, median of ${asked} monitors`, value: median(took), unit: 'ms' },
    { name: `${what}, slowest`, value: Math.max(...took), unit: 'ms' },
  ];
};

export const run = async (): Promise<readonly Figure[]> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'farwatch-storage-'));
  const key = `fw_${randomBytes(32).toString('base64url')}`;
  const dataset: Seeded = { monitors, key, keyHash: createHash('sha256').update(key).digest(), ids: [] };
  try {
    const sizes = await prepare(dataDir, dataset);
    const day = `from=${new Date(days.packed * dayMs).toISOString()}&to=${new Date((days.packed + 1) * dayMs).toISOString()}`;
    const now = new Date().toISOString();
    const json = 'application/json';
    const questions: readonly Question[] = [
      { what: 'chart of 24 h of a monitor', path: 'response-times', accept: json },
      { what: 'first 100 results of a monitor', path: `results?limit=100&to=${now}`, accept: json },
      { what: 'one packed day of a monitor, all of it', path: `results?${day}`, accept: 'application/x-ndjson' },
    ];
    const answers: Figure[] = [];
    for (const question of questions) answers.push(...(await measure(dataDir, dataset, question)));
    return [
      { name: 'results in the log', value: monitors * perMonitor, unit: 'results' },
      { name: 'on disk per fresh result, index included', value: sizes.fresh, unit: 'bytes' },
      { name: 'on disk per packed result, all included', value: sizes.packed, unit: 'bytes' },
      { name: 'on disk per result in the roll-ups of five minutes', value: sizes.rollUps, unit: 'bytes' },
      ...answers,
    ];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
};
