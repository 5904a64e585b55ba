import { needs, waitUntil } from '@farwatch/testkit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { chromiumPath } from '../browser.ts';
import { type Desk, live, minute, openDesk, patient } from './desk.ts';
import { countShown, pagesOf, pressNotification, told, withoutFeint } from './notifications.ts';

const { test } = needs('chromium', chromiumPath !== null);

describe('what only an installed page does', () => {
  let desk: Desk;
  let page: Page;

  beforeAll(async () => {
    desk = await openDesk();
    page = desk.page;
  }, 4 * minute);
  afterAll(() => desk?.[Symbol.asyncDispose](), minute);

  test('it can be installed: a manifest without a fault, and every icon is there', async () => {
    await desk.visit('/');
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    const session = await page.context().newCDPSession(page);
    const { errors, data } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { icons } = JSON.parse(data ?? '{}') as { icons: readonly Readonly<{ src: string }>[] }; // our own manifest
    for (const { src } of icons) expect((await page.request.get(desk.front.url + src)).ok(), src).toBe(true);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A test's browser has a private profile, from which nothing can be installed.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  });

  test('one notification tells of an incident, and leads to it; a second tab adds none', async () => {
    const context = page.context();
    await context.grantPermissions(['notifications'], { origin: desk.front.url });
    await desk.visit('/settings');
    await page.getByRole('button', { name: 'Turn on', exact: true }).click();
    await page.getByRole('button', { name: 'Turn off', exact: true }).waitFor(patient);
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    const second = await context.newPage();
    await second.goto(desk.front.url);
    await live(second);
    const elsewhere = await context.newPage();
    for (const each of [page, second, elsewhere]) await withoutFeint(each);
    await elsewhere.bringToFront();
    await expect.poll(() => context.serviceWorkers().length, patient).toBe(1);
    const [worker] = context.serviceWorkers();
    if (worker === undefined) throw new Error('no service worker');
    await countShown(worker);
    desk.breakSite();
    await expect.poll(() => told(worker), patient).toHaveLength(1);
    const [{ title, body } = { title: '', body: '' }] = await told(worker);
    expect(title).toBe('Shop is down');
    expect(body).toMatch(/^Since \d\d:\d\d:\d\d: HTTP 502, seen from local\.\nhttp/u);
    await pressNotification(worker);
    const there = (): boolean => [page, second].some((each) => /\/incidents\/[\da-f-]{36}$/u.test(each.url()));
    await waitUntil(there, minute, 'the incident');
    // A page that the browser let come to the front is looked at, and is told nothing.
    for (const each of [page, second, elsewhere]) await withoutFeint(each);
    await elsewhere.bringToFront();
    desk.mendSite();
    await expect
      .poll(async () => (await told(worker))[0]?.title, patient)
      .toBe('Shop is up again')
      .catch(async (cause: unknown) => {
        const facts = [await pagesOf(worker), await desk.call('GET', '/v1/incidents')];
        throw new Error(`not told of the end: ${JSON.stringify(facts)}`, { cause });
      });
    expect(await worker.evaluate('self.shown')).toBe(2);
    await Promise.all([second.close(), elsewhere.close()]);
  });
});
