import { needs, startTarget } from '@farwatch/testkit';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { appPid } from '../app-pid.ts';
import { chromiumPath, type OpenPage, openPage } from '../browser.ts';
import { type Farwatch, startFarwatch } from '../farwatch.ts';
import { signUp } from './world.ts';

const { test } = needs('chromium', chromiumPath !== null);
const minute = 60_000;
const patient = { timeout: 90_000 };
type Made = Readonly<{ id: string }>;

/** How many event streams a browser's pages have asked for from now on. */
const countStreams = (context: BrowserContext): (() => number) => {
  let count = 0;
  context.on('request', (request) => {
    if (request.url().includes('/v1/events')) count++;
  });
  return () => count;
};

/** How many records the page has put down in this browser; run there. Opening what is not there yet would make it. */
const keptCount = `(async () => {
  const all = await indexedDB.databases();
  if (!all.some(({ name }) => name === 'keyval-store')) return 0;
  return new Promise((done) => { indexedDB.open('keyval-store').onsuccess = ({ target: { result } }) => {
    const ask = result.transaction('keyval').objectStore('keyval').count();
    ask.onsuccess = () => { result.close(); done(ask.result); }; }; });
})()`;

describe('the API goes away and comes back', () => {
  let farwatch: Farwatch;
  let browser: OpenPage;
  let page: Page;
  let monitorId = '';
  let site: Awaited<ReturnType<typeof startTarget>>;

  const call = async <T>(method: string, path: string, data?: unknown): Promise<T> => {
    const headers = { origin: new URL(farwatch.url).origin };
    const answer = await page.request.fetch(farwatch.url + path, { method, headers, ...(data ? { data } : {}) });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as T; // the caller names what the endpoint answers
  };
  const killApi = async (): Promise<void> =>
    void process.kill(await appPid(farwatch.dataDir, 'api/src/server.ts'), 'SIGKILL');

  beforeAll(async () => {
    const env = { FARWATCH_ALLOW_CIDRS: '127.0.0.0/8', FARWATCH_REQUEST_LIMIT: '100000' };
    [farwatch, browser, site] = await Promise.all([
      startFarwatch({ env }),
      openPage({ locale: 'en-GB', timezoneId: 'Europe/Berlin' }),
      startTarget((_, response) => response.end('ok')),
    ]);
    page = browser.page;
    await signUp(page, farwatch.url);
    const made = await call<Made>('POST', '/v1/monitors', { name: 'Shop', url: site.url, intervalMs: 60_000 });
    monitorId = made.id;
  }, 2 * minute);
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await site?.[Symbol.asyncDispose]();
    await farwatch?.[Symbol.asyncDispose]();
  }, minute);

  const row = (of: Page) => of.getByRole('row', { name: /Shop/u });

  test('an open page says so, keeps what it has, and picks up by itself', async () => {
    await page.goto(farwatch.url);
    await page.getByText('Live', { exact: true }).waitFor(patient);
    await row(page).waitFor(patient);
    const notice = page.getByText(/Not connected\. You see what was known/u);
    // A quick machine has it back before the page finds that worth a word: it dies until the page says so.
    const isSaid = async (): Promise<boolean> => {
      if (!(await notice.isVisible())) await killApi().catch(() => undefined); // it is still dead
      return notice.isVisible();
    };
    await expect.poll(isSaid, { ...patient, interval: 500 }).toBe(true);
    expect(await row(page).count()).toBe(1);
    expect(await page.locator('[role="alert"]').count()).toBe(0);
    await page.getByText(/Not connected\. You see/u).waitFor({ state: 'detached', ...patient });
    await call('POST', `/v1/monitors/${monitorId}/pause`);
    await row(page).getByText('Paused').waitFor(patient);
    await call('POST', `/v1/monitors/${monitorId}/resume`);
    await row(page)
      .getByText('Paused')
      .waitFor({ state: 'detached', ...patient });
  });

  test('five tabs hold one stream, and the one that leads hands over', async () => {
    const context = page.context();
    await page.goto('about:blank');
    const streams = countStreams(context);
    const tabs: Page[] = [];
    for (let n = 0; n < 5; n++) {
      const tab = await context.newPage();
      await tab.goto(farwatch.url);
      await tab.getByText('Live', { exact: true }).waitFor(patient);
      tabs.push(tab);
    }
    expect(streams()).toBe(1);
    await tabs[0]?.close();
    await call('POST', `/v1/monitors/${monitorId}/pause`);
    for (const tab of tabs.slice(1)) await row(tab).getByText('Paused').waitFor(patient);
    expect(streams()).toBe(2);
    for (const tab of tabs.slice(1)) await tab.close();
  });

  test('without a network the last state opens, with its time; a write fails in words', async () => {
    await page.goto(farwatch.url);
    await page.getByText('Live', { exact: true }).waitFor(patient);
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await row(page).waitFor(patient);
    await expect.poll(() => page.evaluate(keptCount), patient).toBe(1);
    await page.context().setOffline(true);
    await page.reload();
    await page.getByText(/Offline: as of \d\d:\d\d/u).waitFor(patient);
    await row(page).waitFor(patient);
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.getByRole('heading', { name: 'Incidents', level: 1 }).waitFor(patient);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view' }).click();
    await page.getByLabel('Name').fill('Down now');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page
      .getByRole('alert')
      .getByText(/nothing was changed/u)
      .waitFor(patient);
    await page.keyboard.press('Escape');
    await page.context().setOffline(false);
    await page.getByText(/Offline: as of/u).waitFor({ state: 'detached', ...patient });
  });

  test('what was kept goes with the log-out', async () => {
    await page.goto(farwatch.url);
    await page
      .getByRole('button', { name: /Account menu/u })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Log in', level: 1 }).waitFor(patient);
    await expect.poll(() => page.evaluate(keptCount), patient).toBe(0);
  });
});
