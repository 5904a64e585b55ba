import { needs, startTarget, type Target } from '@farwatch/testkit';
import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { chromiumPath, type OpenPage, openPage } from '../browser.ts';
import { type Farwatch, startFarwatch } from '../farwatch.ts';
import { signUp } from './world.ts';

const { test } = needs('chromium', chromiumPath !== null);
const minute = 60_000;
const patient = { timeout: 60_000 };

describe('what happens between a page is read and its stream is there', () => {
  let farwatch: Farwatch;
  let browser: OpenPage;
  let page: Page;
  let site: Target;
  let status = 200;
  let monitorId = '';

  const call = async <T>(method: string, path: string, data?: unknown): Promise<T> => {
    const headers = { origin: new URL(farwatch.url).origin };
    const answer = await page.request.fetch(farwatch.url + path, { method, headers, ...(data ? { data } : {}) });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as T; // the caller names what the endpoint answers
  };
  /** Opens a page whose stream is let through only by the answer. */
  const openWithoutStream = async (path: string): Promise<() => Promise<void>> => {
    const held: Route[] = [];
    let holding = true;
    await page.route('**/v1/events*', (route) => (holding ? void held.push(route) : route.fallback()));
    await page.goto(farwatch.url + path);
    await expect.poll(() => held.length, patient).toBeGreaterThan(0);
    return async () => {
      holding = false;
      await Promise.all(held.map((route) => route.continue()));
    };
  };
  const live = () => page.getByText('Live', { exact: true }).first();

  beforeAll(async () => {
    const env = { FARWATCH_ALLOW_CIDRS: '127.0.0.0/8', FARWATCH_REQUEST_LIMIT: '100000' };
    [farwatch, browser, site] = await Promise.all([
      startFarwatch({ env }),
      openPage({ locale: 'en-GB', timezoneId: 'Europe/Berlin', serviceWorkers: 'block' }),
      startTarget((_, response) => response.writeHead(status).end('ok')),
    ]);
    page = browser.page;
    await signUp(page, farwatch.url);
    const monitor = { name: 'Shop', url: site.url, intervalMs: 3_600_000 };
    monitorId = (await call<Readonly<{ id: string }>>('POST', '/v1/monitors', monitor)).id;
  }, 2 * minute);
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await site?.[Symbol.asyncDispose]();
    await farwatch?.[Symbol.asyncDispose]();
  }, minute);

  test('a monitor that changed in it stands there as it is, without another event and without a second reading', async () => {
    await page.goto(farwatch.url);
    const row = page.getByRole('row', { name: /Shop/u });
    await row.getByText('Up', { exact: true }).waitFor(patient);
    const letThrough = await openWithoutStream('/');
    await row.getByText('Up', { exact: true }).waitFor(patient);
    let readings = 0;
    page.on('request', (request) => {
      if (request.method() === 'GET' && new URL(request.url()).pathname === '/v1/monitors') readings++;
    });
    await call('POST', `/v1/monitors/${monitorId}/pause`); // told now, when nobody hears
    expect(await row.getByText('Paused').count()).toBe(0);
    await letThrough();
    await row.getByText('Paused').waitFor(patient);
    expect(readings).toBe(0);
    await call('POST', `/v1/monitors/${monitorId}/resume`);
  });

  test('a look that finished in it stands in the log, although looks are told once only', async () => {
    const letThrough = await openWithoutStream(`/monitors/${monitorId}?tab=log`);
    const row = (code: string) => page.getByRole('row', { name: new RegExp(`\\b${code}\\b`, 'u') });
    await row('200').first().waitFor(patient);
    status = 203;
    await call('POST', `/v1/monitors/${monitorId}/check`);
    const logged = async (): Promise<number> => {
      const { items } = await call<{ items: unknown[] }>('GET', `/v1/monitors/${monitorId}/results?status=203`);
      return items.length;
    };
    await expect.poll(logged, patient).toBeGreaterThan(0);
    expect(await row('203').count()).toBe(0);
    await letThrough();
    await live().waitFor(patient);
    await row('203').first().waitFor(patient);
  });
});
