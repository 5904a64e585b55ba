import { openPage } from '@farwatch/e2e/browser';
import { startFarwatch } from '@farwatch/e2e/farwatch';
import type { Figure } from '../report.ts';

// The response-time chart with 20,000 points in a real browser: a line is brought back, and everything is drawn anew.
// The page is the built one; only what the API says of the response times is made here. The dashboard must have been built.

export const name = 'chart-redraw';

const regions = 10;
const pointsEach = 2_000;
const turns = 15;
const bucketMs = 3_600_000;

/** Every line with its own waves and, now and then, a peak. */
const timesReply = () => {
  const to = Math.floor(Date.now() / bucketMs) * bucketMs;
  const from = to - pointsEach * bucketMs;
  const percentiles = { p50Ms: 120, p95Ms: 300, p99Ms: 900 };
  const pointsOf = (region: number) =>
    Array.from({ length: pointsEach }, (_, n) => {
      const ms = 100 + region * 20 + ((n * 7_919 + region * 104_729) % 97) + (n % 251 === 0 ? 900 : 0);
      const at = new Date(from + n * bucketMs).toISOString();
      return { at, meanMs: ms, maxMs: ms, ...percentiles, checks: 120, down: 0 };
    });
  return {
    ...{ from: new Date(from).toISOString(), to: new Date(to).toISOString(), bucketMs, ...percentiles },
    points: pointsOf(0),
    series: Array.from({ length: regions }, (_, n) => ({ region: `r${n}`, ...percentiles, points: pointsOf(n) })),
  };
};

type Page = Awaited<ReturnType<typeof openPage>>['page'];

const openMonitor = async (page: Page, url: string): Promise<void> => {
  await page.goto(`${url}/signup`);
  await page.getByLabel('E-mail').fill(`bench.${Date.now()}@lighthouse.example`);
  await page.getByLabel('Password', { exact: true }).fill('three quiet lighthouses');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'What should we watch?' }).waitFor();
  const headers = { origin: new URL(url).origin };
  const data = { url: 'https://bench.example/', name: 'Bench' };
  const made = await page.request.post(`${url}/v1/monitors`, { headers, data });
  if (!made.ok()) throw new Error(`no monitor: ${await made.text()}`);
  const { id }: { id: string } = await made.json();
  await page.request.post(`${url}/v1/monitors/${id}/pause`, { headers });
  const body = JSON.stringify(timesReply());
  await page.route('**/response-times?*', (route) => route.fulfill({ contentType: 'application/json', body }));
  await page.goto(`${url}/monitors/${id}?range=90d`);
  await page.getByRole('button', { name: 'Line of r0' }).waitFor();
};

type Drawn = Readonly<{ scriptMs: number; frameMs: number }>;

/** `scriptMs`: until all has been told to the canvas; `frameMs`: until the frame after it has begun. */
const redraw = (page: Page): Promise<Drawn> =>
  page.evaluate(`(async () => {
    const button = document.querySelector('button[aria-label="Line of r9"]');
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const task = () => new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });
    button.click();
    for (let n = 0; n < 10; n++) await frame();
    const canvas = document.querySelector('.uplot canvas');
    const before = canvas.toDataURL();
    await frame();
    const began = performance.now();
    button.click();
    await task();
    const scriptMs = performance.now() - began;
    await frame();
    await task();
    const frameMs = performance.now() - began;
    if (canvas.toDataURL() === before) throw new Error('nothing was drawn');
    return { scriptMs, frameMs };
  })()`);

const figure = (what: string, values: readonly number[], wanted?: string): readonly Figure[] => {
  const sorted = values.toSorted((a, b) => a - b);
  const rounded = (value = 0): number => Math.round(value * 10) / 10;
  return [
    {
      name: `${what}, median`,
      value: rounded(sorted[Math.floor(sorted.length / 2)]),
      unit: 'ms',
      ...(wanted === undefined ? {} : { wanted }),
    },
    { name: `${what}, slowest`, value: rounded(sorted.at(-1)), unit: 'ms' },
  ];
};

export const run = async (): Promise<readonly Figure[]> => {
  const env = { FARWATCH_REQUEST_LIMIT: '100000', FARWATCH_SIGN_IN_LIMIT: '1000' };
  await using farwatch = await startFarwatch({ env });
  await using browser = await openPage({ locale: 'en-GB', viewport: { width: 1_440, height: 900 } });
  const { page } = browser;
  await openMonitor(page, farwatch.url);
  const drawn: Drawn[] = [];
  for (let turn = 0; turn < turns; turn++) drawn.push(await redraw(page));
  return [
    { name: 'points drawn', value: regions * pointsEach, unit: 'points' },
    ...figure(
      'redraw: script',
      drawn.map(({ scriptMs }) => scriptMs),
      '≤ 50',
    ),
    ...figure(
      'redraw: until its frame',
      drawn.map(({ frameMs }) => frameMs),
    ),
  ];
};
