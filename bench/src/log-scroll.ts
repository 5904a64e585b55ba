import { setTimeout as wait } from 'node:timers/promises';
import { openPage } from '@farwatch/e2e/browser';
import { startFarwatch } from '@farwatch/e2e/farwatch';
import { localDatabaseUrl } from '@farwatch/e2e/local-database';
import { Client } from 'pg';
import type { Figure } from './report.ts';

// The response log of a monitor with 100,000 looks, scrolled in a real browser, behind the real API and database. The
// dashboard must have been built.

export const name = 'log-scroll';

const rows = 100_000;
const dayMs = 86_400_000;
const today = Math.floor(Date.now() / dayMs);

/** A look every 1.7 s of yesterday and the day before, one in 50 a 502. */
const fillSql = `
  INSERT INTO fresh_result (monitor, at_ms, total_us, dns_us, connect_us, tls_us, first_byte_us, download_us, bytes, delay_ms,
    day, place, kind, status, remote_address, rare)
  SELECT m.seq, n % 50000 * 1700, 90000 + n % 977 * 100, 2000, 20000, 30000, 60000, 3000, 15000 + n % 5000, n % 7,
    $2::int - n / 50000, (SELECT key * 4 FROM region_key WHERE region = 'bench'),
    CASE n % 50 WHEN 0 THEN 2 ELSE 0 END, CASE n % 50 WHEN 0 THEN 502 ELSE 200 END, '192.0.2.7',
    CASE n % 50 WHEN 0 THEN '{"outcome":{"failure":{"kind":"status","status":502}}}' ELSE '' END
  FROM monitor m, generate_series(0, ${rows - 1}) AS n WHERE m.id = $1`;

const fill = async (databaseUrl: string, monitorId: string): Promise<void> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SELECT ensure_log_days($1, $2)', [today - 2, today + 1]);
    await client.query(`INSERT INTO region_key (region) VALUES ('bench') ON CONFLICT DO NOTHING`);
    await client.query(fillSql, [monitorId, today - 1]);
    await client.query('ANALYZE fresh_result');
  } finally {
    await client.end();
  }
};

type Page = Awaited<ReturnType<typeof openPage>>['page'];

/** A fresh account with one paused monitor; its id. */
const prepare = async (page: Page, url: string): Promise<string> => {
  await page.goto(`${url}/signup`);
  await page.getByLabel('E-mail').fill(`bench.${Date.now()}@lighthouse.example`);
  await page.getByLabel('Password', { exact: true }).fill('three quiet lighthouses');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'What should we watch?' }).waitFor();
  const post = async (path: string, data?: object) => {
    const headers = { origin: new URL(url).origin };
    return page.request.post(url + path, { headers, ...(data === undefined ? {} : { data }) });
  };
  const made = await post('/v1/monitors', { url: 'https://bench.example/', name: 'Bench' });
  if (!made.ok()) throw new Error(`no monitor: ${await made.text()}`);
  const { id }: { id: string } = await made.json();
  await post(`/v1/monitors/${id}/pause`);
  return id;
};

type Scrolled = Readonly<{ deltas: readonly number[]; passed: number }>;

/**
 * Scrolls so many pixels a frame until the time is over or that end of the log is in sight. `passed`: how many rows came
 * and went.
 */
const scroll = (page: Page, pxPerFrame: number, ms: number): Promise<Scrolled> =>
  page.evaluate(`new Promise((done) => {
    const list = document.querySelector('ol[aria-label="Response log"]');
    const scroller = list.parentElement;
    const deltas = [];
    const began = performance.now();
    const place = (row) => Number(row?.getAttribute('aria-posinset') ?? 0);
    const at = () => place(${pxPerFrame} > 0 ? list.lastElementChild : list.querySelector('[aria-posinset]'));
    const [start, end] = [at(), ${pxPerFrame} > 0 ? ${rows} : 1];
    let last = began;
    const frame = (now) => {
      deltas.push(now - last);
      last = now;
      scroller.scrollBy(0, ${pxPerFrame});
      if (now - began < ${ms} && at() !== end) requestAnimationFrame(frame);
      else done({ deltas: deltas.slice(1), passed: Math.abs(at() - start) });
    };
    requestAnimationFrame(frame);
  })`);

const figuresOf = (how: string, { deltas, passed }: Scrolled): readonly Figure[] => {
  const sorted = deltas.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const sum = deltas.reduce((all, delta) => all + delta, 0);
  const rounded = (value: number): number => Math.round(value * 10) / 10;
  return [
    { name: `${how}: frames, mean`, value: rounded((1_000 * deltas.length) / sum), unit: 'frames/s', wanted: '≥ 50' },
    { name: `${how}: frames, median`, value: rounded(1_000 / at(0.5)), unit: 'frames/s', wanted: '≥ 50' },
    { name: `${how}: frames, 1 % low`, value: rounded(1_000 / at(0.99)), unit: 'frames/s' },
    { name: `${how}: rows passed`, value: passed, unit: 'rows' },
  ];
};

const heapMiB = async (page: Page): Promise<number> =>
  Math.round(Number(await page.evaluate('performance.memory.usedJSHeapSize')) / 2 ** 20);

export const run = async (): Promise<readonly Figure[]> => {
  const env = { FARWATCH_REQUEST_LIMIT: '100000', FARWATCH_SIGN_IN_LIMIT: '1000' };
  await using farwatch = await startFarwatch({ env });
  await using browser = await openPage({ locale: 'en-GB', viewport: { width: 1_440, height: 900 } });
  const { page } = browser;
  const monitorId = await prepare(page, farwatch.url);
  await fill(await localDatabaseUrl(farwatch.dataDir), monitorId);
  await page.goto(`${farwatch.url}/monitors/${monitorId}`);
  await page.getByRole('list', { name: 'Response log' }).getByRole('button').first().waitFor();
  await wait(3_000); // the page has come to rest
  const read = await scroll(page, 120, 10_000);
  const whole = await scroll(page, 2_400, 120_000);
  const back = await scroll(page, -2_400, 5_000);
  return [
    ...figuresOf('a fling (7,200 px/s)', read),
    ...figuresOf('through all 100,000', whole),
    ...figuresOf('and back', back),
    { name: 'heap after it', value: await heapMiB(page), unit: 'MiB' },
  ];
};
