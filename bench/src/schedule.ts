import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { phaseOf, slotsBetween, type Verdict, verdicts } from '@farwatch/domain';
import { type Farwatch, startFarwatch } from '@farwatch/e2e/farwatch';
import { localDatabaseUrl } from '@farwatch/e2e/local-database';
import { startTarget, waitUntil } from '@farwatch/testkit';
import { Client } from 'pg';
import { v7 as newId } from 'uuid';
import { cpuMsOf, residentMiB } from './process-use.ts';
import type { Figure } from './report.ts';

export const name = 'schedule';

const monitors = 1_000;
const intervalMs = 30_000;
const timeoutMs = 10_000;
/** Some sites fail all the time, so that bad news, evidence and incidents are part of the load. */
const failing = 20;
const measuredMs = Number(process.env.BENCH_SECONDS ?? 300) * 1_000;
const region = 'local';

type Row = Readonly<{ monitor_id: string; scheduled: string; late: number; verdict: Verdict }>;

const seed = async (client: Client, url: string): Promise<readonly string[]> => {
  const organisationId = newId();
  const ids = Array.from({ length: monitors }, () => newId());
  const urls = ids.map((_, i) => (i < failing ? `${url}/502` : `${url}/`));
  await client.query('INSERT INTO organisation (id, name) VALUES ($1, $2)', [organisationId, 'Bench']);
  await client.query(
    `INSERT INTO monitor (id, organisation_id, name, url, interval_ms, timeout_ms, max_redirects, expected_statuses, regions, updated_at)
     SELECT id, $1, 'bench', url, $3, $4, 10, '200-399', ARRAY[$5], now() FROM unnest($2::uuid[], $6::text[]) AS m(id, url)`,
    [organisationId, ids, intervalMs, timeoutMs, region, urls],
  );
  await client.query(
    'INSERT INTO monitor_state (monitor_id, status_since) SELECT id, now() FROM unnest($1::uuid[]) AS id',
    [ids],
  );
  return ids;
};

const rowsBetween = async (client: Client, from: number, until: number): Promise<readonly Row[]> => {
  const { rows } = await client.query<Row>(
    `SELECT monitor_id, verdict, extract(epoch FROM scheduled_at) * 1000 AS scheduled,
            (extract(epoch FROM started_at - scheduled_at) * 1000)::float AS late
     FROM check_result
     WHERE trigger = 'schedule' AND scheduled_at > to_timestamp($1 / 1000.0) AND scheduled_at <= to_timestamp($2 / 1000.0)`,
    [from, until],
  );
  return rows;
};

/** What had to be looked at, by the same arithmetic, without asking the probe. */
const dueBetween = (ids: readonly string[], from: number, until: number): ReadonlySet<string> =>
  new Set(
    ids.flatMap((monitorId) => {
      const phase = phaseOf({ monitorId, intervalMs, regions: [region] }, region);
      return slotsBetween(phase, intervalMs, from, until).map((at) => `${monitorId} ${at}`);
    }),
  );

type Use = Readonly<{ cpuMs: number; residentMiB: number }>;
/** CPU time and memory of the probe's process, by Linux's /proc; null elsewhere. */
const useOfProbe = async ({ dataDir }: Farwatch): Promise<Use | null> => {
  try {
    const roll: unknown = JSON.parse(await readFile(join(dataDir, 'processes.json'), 'utf8'));
    const entries = roll as readonly { name: string; pid: number }[]; // written by apps/local
    const pid = entries.findLast((entry) => entry.name === 'probe')?.pid;
    if (pid === undefined) return null;
    return { cpuMs: await cpuMsOf(pid), residentMiB: await residentMiB(pid) };
  } catch {
    return null;
  }
};

const rank = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const latenessFigures = (rows: readonly Row[]): readonly Figure[] => {
  const late = rows
    .filter(({ verdict }) => verdict !== 'missed')
    .map((row) => row.late)
    .sort((a, b) => a - b);
  const within = late.filter((ms) => ms <= 1_000).length;
  return [
    { name: 'started within 1 s of the slot', value: (100 * within) / rows.length, unit: '% of checks due' },
    { name: 'late, median', value: rank(late, 0.5), unit: 'ms' },
    { name: 'late, p99', value: rank(late, 0.99), unit: 'ms' },
    { name: 'late, p99.9', value: rank(late, 0.999), unit: 'ms' },
    { name: 'late, most', value: late.at(-1) ?? 0, unit: 'ms' },
  ];
};

const sumFigures = (due: ReadonlySet<string>, rows: readonly Row[]): readonly Figure[] => {
  const told = rows.filter((row) => due.has(`${row.monitor_id} ${Math.round(Number(row.scheduled))}`));
  const of = (wanted: Verdict) => told.filter(({ verdict }) => verdict === wanted).length;
  return [
    { name: 'checks due', value: due.size, unit: 'checks' },
    ...verdicts.map((verdict) => ({ name: `  ${verdict}`, value: of(verdict), unit: 'checks' })),
    { name: 'due - (up + degraded + down + inconclusive + missed)', value: due.size - told.length, unit: 'checks' },
    { name: 'results in slots that were not due', value: rows.length - told.length, unit: 'checks' },
  ];
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const run = async (): Promise<readonly Figure[]> => {
  await using site = await startTarget(({ url }, res) => res.writeHead(url === '/502' ? 502 : 200).end('hello'));
  await using farwatch = await startFarwatch({ env: { FARWATCH_ALLOW_CIDRS: '127.0.0.0/8' } });
  const client = new Client({ connectionString: await localDatabaseUrl(farwatch.dataDir) });
  await client.connect();
  try {
    const ids = await seed(client, site.url);
    const seen = async () => (await rowsBetween(client, 0, Date.now())).length > monitors;
    await waitUntil(seen, 120_000, 'a first round of checks');
    const before = await useOfProbe(farwatch);
    const from = Date.now();
    process.stdout.write(`  ${monitors} monitors every ${intervalMs / 1_000} s, for ${measuredMs / 1_000} s\n`);
    await pause(measuredMs);
    const until = Date.now();
    const after = await useOfProbe(farwatch);
    await pause(timeoutMs + 2_000); // the last looks end and their results arrive
    const due = dueBetween(ids, from, until);
    const rows = await rowsBetween(client, from, until);
    const figures = [...latenessFigures(rows), ...sumFigures(due, rows)];
    if (before === null || after === null) return figures;
    return [
      ...figures,
      { name: 'probe: CPU per check', value: ((after.cpuMs - before.cpuMs) * 1_000) / due.size, unit: 'µs' },
      { name: 'probe: resident', value: after.residentMiB, unit: 'MiB' },
    ];
  } finally {
    await client.end();
  }
};
