import { openPage } from '@farwatch/e2e/browser';
import { startFarwatch } from '@farwatch/e2e/farwatch';
import { localDatabaseUrl } from '@farwatch/e2e/local-database';
import { Client } from 'pg';
import type { Figure } from '../report.ts';
import { seedMonitors } from './monitor-rows.ts';

// The table of 1,000 monitors with a day of history, from the address being opened to its rows being painted, in a real
// browser that has been there before. The dashboard must have been built.

export const name = 'monitor-table';

const monitors = 1_000;
const turns = 9;

type Page = Awaited<ReturnType<typeof openPage>>['page'];

const signUp = async (page: Page, url: string): Promise<string> => {
  const email = `bench.${Date.now()}@lighthouse.example`;
  await page.goto(`${url}/signup`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('three quiet lighthouses');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'What should we watch?' }).waitFor();
  return email;
};

const seed = async (databaseUrl: string, email: string): Promise<void> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      `SELECT m.organisation_id AS id FROM member m JOIN account a ON a.id = m.account_id WHERE a.email = $1`,
      [email],
    );
    if (rows[0] === undefined) throw new Error(`${email} has no organisation`);
    await seedMonitors(client, rows[0].id, monitors);
  } finally {
    await client.end();
  }
};

/** Notes in the page when the table of all rows was painted, and when each row in sight had its bar and line too. */
const watch = `(() => {
  const seen = { rows: null, bars: null, long: 0, longest: 0 };
  globalThis.tableSeen = seen;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) { seen.long++; seen.longest = Math.max(seen.longest, duration); }
  }).observe({ type: 'longtask', buffered: true });
  const painted = (key) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { seen[key] ??= performance.now(); };
    requestAnimationFrame(() => port2.postMessage(0));
  };
  let [rows, bars] = [false, false];
  const look = () => {
    const table = document.querySelector('table[aria-rowcount="${monitors + 1}"]');
    const drawn = table?.querySelectorAll('tbody tr[aria-rowindex]').length ?? 0;
    if (drawn < 10) return;
    if (!rows) { rows = true; painted('rows'); }
    if (!bars && table.querySelectorAll('tbody svg[role="img"]').length >= 2 * drawn) { bars = true; painted('bars'); }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
})()`;

type Seen = Readonly<{ rows: number; bars: number; long: number; longest: number }>;

const open = async (page: Page, url: string): Promise<Seen> => {
  await page.goto('about:blank');
  await page.goto(url);
  // The page's policy forbids what waitForFunction does with a string.
  return page.evaluate(`new Promise((done, fail) => {
    const look = () => {
      if (globalThis.tableSeen.bars !== null) done(globalThis.tableSeen);
      else if (performance.now() > 30000) fail(new Error('The rows never came: ' + document.body.innerText.slice(0, 400)));
      else setTimeout(look, 20);
    };
    look();
  })`);
};

/** How long the API takes for what the page asks. */
const reply = async (page: Page, address: string): Promise<number> => {
  const began = performance.now();
  const answer = await page.request.get(address);
  if (!answer.ok()) throw new Error(`${address}: ${answer.status()}`);
  await answer.body();
  return performance.now() - began;
};

const figures = (what: string, values: readonly number[], wanted?: string): readonly Figure[] => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => Math.round(sorted.at(index) ?? 0);
  const median = { name: `${what}, median`, value: at(Math.floor(sorted.length / 2)), unit: 'ms' };
  return [
    { ...median, ...(wanted === undefined ? {} : { wanted }) },
    { name: `${what}, slowest`, value: at(-1), unit: 'ms' },
  ];
};

export const run = async (): Promise<readonly Figure[]> => {
  const env = { FARWATCH_REQUEST_LIMIT: '100000', FARWATCH_SIGN_IN_LIMIT: '1000' };
  await using farwatch = await startFarwatch({ env });
  await using browser = await openPage({ locale: 'en-GB', viewport: { width: 1_440, height: 900 } });
  const { page } = browser;
  await seed(await localDatabaseUrl(farwatch.dataDir), await signUp(page, farwatch.url));
  await page.addInitScript(watch);
  await open(page, farwatch.url); // warms the browser's cache, the database's and the API's code
  const seen: Seen[] = [];
  const [lists, summaries]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < turns; turn++) {
    seen.push(await open(page, farwatch.url));
    lists.push(await reply(page, `${farwatch.url}/v1/monitors?sort=name&limit=1000`));
    summaries.push(await reply(page, `${farwatch.url}/v1/monitor-summaries`));
  }
  const of = (pick: (one: Seen) => number): readonly number[] => seen.map(pick);
  return [
    { name: 'monitors', value: monitors, unit: 'rows' },
    ...figures(
      'opened to rows painted',
      of(({ rows }) => rows),
      '≤ 1000',
    ),
    ...figures(
      'opened to bars and lines painted',
      of(({ bars }) => bars),
    ),
    ...figures(
      'longest task',
      of(({ longest }) => longest),
    ),
    ...figures('the API: 1,000 monitors', lists),
    ...figures('the API: 1,000 summaries', summaries, '≤ 300'),
  ];
};
