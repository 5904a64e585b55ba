import { needs, startTarget, type Target, waitUntil } from '@farwatch/testkit';
import { type Page, request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { chromiumPath, type OpenPage, openPage } from '../browser.ts';
import { type Farwatch, startFarwatch } from '../farwatch.ts';
import { faultsOf } from './faults.ts';
import { type Front, startFront } from './front.ts';
import { keeps } from './kept.ts';
import { countShown, pagesOf, pressNotification, told, withoutFeint } from './notifications.ts';
import { putColleagues, putStatus, putter } from './put.ts';
import { dress, themes, widths } from './visit.ts';
import { password, signUp } from './world.ts';

const { test } = needs('chromium', chromiumPath !== null);
const minute = 60_000;
const patient = { timeout: 60_000 };
type Made = Readonly<{ id: string }>;
type Schedules = Readonly<{ items: readonly Readonly<{ overrides: readonly Readonly<{ accountId: string }>[] }>[] }>;
type Me = Readonly<{ account: Made; organisation: Made }>;

describe('what only a real browser does', () => {
  let farwatch: Farwatch;
  let front: Front;
  let browser: OpenPage;
  let page: Page;
  let site: Target;
  let email = '';
  let isWell = true;
  let shopId = '';

  const call = async <T>(method: string, path: string, data?: unknown): Promise<T> => {
    const headers = { origin: new URL(farwatch.url).origin };
    const answer = await page.request.fetch(front.url + path, { method, headers, ...(data ? { data } : {}) });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as T; // the caller names what the endpoint answers
  };
  const add = (name: string): Promise<Made> =>
    call('POST', '/v1/monitors', { name, url: `${site.url}/${encodeURIComponent(name)}`, intervalMs: 10_000 });
  const live = (of: Page) =>
    of
      .locator('[data-state="live"]')
      .first()
      .waitFor({ state: 'attached', ...patient });
  const visit = async (path: string): Promise<void> => {
    await page.goto(front.url + path);
    await live(page);
  };

  beforeAll(async () => {
    const env = {
      ...{ FARWATCH_ALLOW_CIDRS: '127.0.0.0/8', FARWATCH_REQUEST_LIMIT: '100000' },
      FARWATCH_SIGN_IN_LIMIT: '1000',
    };
    [farwatch, browser, site] = await Promise.all([
      startFarwatch({ env }),
      openPage({ locale: 'en-GB', timezoneId: 'Europe/Berlin' }),
      startTarget((_, response) => response.writeHead(isWell ? 200 : 502).end('ok')),
    ]);
    front = await startFront(farwatch.url);
    page = browser.page;
    email = await signUp(page, front.url);
    shopId = (await add('Shop')).id;
  }, 2 * minute);
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await front?.[Symbol.asyncDispose]();
    await site?.[Symbol.asyncDispose]();
    await farwatch?.[Symbol.asyncDispose]();
  }, minute);

  test('it can be installed: a manifest without a fault, and every icon is there', async () => {
    await visit('/');
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    const session = await page.context().newCDPSession(page);
    const { errors, data } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { icons } = JSON.parse(data ?? '{}') as { icons: readonly Readonly<{ src: string }>[] }; // our own manifest
    for (const { src } of icons) expect((await page.request.get(front.url + src)).ok(), src).toBe(true);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A test's browser has a private profile, from which nothing can be installed.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  });

  test('one notification tells of an incident, and leads to it; a second tab adds none', async () => {
    const context = page.context();
    await context.grantPermissions(['notifications'], { origin: front.url });
    await visit('/settings');
    await page.getByRole('button', { name: 'Turn on', exact: true }).click();
    await page.getByRole('button', { name: 'Turn off', exact: true }).waitFor(patient);
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    const second = await context.newPage();
    await second.goto(front.url);
    await live(second);
    const elsewhere = await context.newPage();
    for (const each of [page, second, elsewhere]) await withoutFeint(each);
    await elsewhere.bringToFront();
    await expect.poll(() => context.serviceWorkers().length, patient).toBe(1);
    const [worker] = context.serviceWorkers();
    if (worker === undefined) throw new Error('no service worker');
    await countShown(worker);
    isWell = false;
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
    isWell = true;
    await expect
      .poll(async () => (await told(worker))[0]?.title, patient)
      .toBe('Shop is up again')
      .catch(async (cause: unknown) => {
        const facts = [await pagesOf(worker), await call('GET', '/v1/incidents')];
        throw new Error(`not told of the end: ${JSON.stringify(facts)}`, { cause });
      });
    expect(await worker.evaluate('self.shown')).toBe(2);
    await Promise.all([second.close(), elsewhere.close()]);
  });

  test('a monitor’s page is read without a network, as of its time; another build is offered, on a phone too', async () => {
    await visit(`/monitors/${shopId}`);
    await page.getByRole('heading', { name: 'Shop', level: 1 }).waitFor(patient);
    await expect.poll(() => page.evaluate(keeps(shopId)), patient).toBe(true);
    // Another load of the page, which looks at something else.
    const other = await add('Seen later');
    await visit(`/monitors/${other.id}`);
    await expect.poll(() => page.evaluate(keeps(other.id)), patient).toBe(true);
    front.away(true);
    await page.context().setOffline(true);
    await page.reload();
    await page.getByRole('heading', { name: 'Seen later', level: 1 }).waitFor(patient);
    await page.getByRole('link', { name: 'Monitors', exact: true }).first().click();
    await page.getByRole('link', { name: /Shop/u }).first().click();
    await page.getByText(/Offline: as of \d\d:\d\d/u).waitFor(patient);
    await page.getByRole('heading', { name: 'Shop', level: 1 }).waitFor(patient);
    front.away(false);
    await page.context().setOffline(false);
    await live(page);
    front.newBuild();
    await page.evaluate('navigator.serviceWorker.getRegistration().then((it) => it.update()).then(() => true)');
    const word = page.getByText('A new version is ready.').filter({ visible: true });
    for (const width of widths) {
      await dress(page, width, 'light');
      await word.waitFor(patient);
    }
    const loaded = page.waitForEvent('load', patient);
    await page.getByRole('button', { name: 'Reload' }).filter({ visible: true }).click();
    await loaded;
    await dress(page, 1440, 'light');
    await page.getByRole('heading', { name: 'Shop', level: 1 }).waitFor(patient);
    expect(await word.count()).toBe(0);
  });

  test('a session that another one ended is said over the open page, and what was written stays', async () => {
    await visit(`/monitors/${shopId}/settings`);
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await name.fill('Shop, half written');
    const origin = new URL(farwatch.url).origin;
    const other = await request.newContext({ baseURL: farwatch.url, extraHTTPHeaders: { origin } });
    await other.post('/v1/auth/sign-in/email', { data: { email, password } });
    expect((await other.post('/v1/auth/revoke-other-sessions', { data: {} })).ok()).toBe(true);
    await other.dispose();
    await page.getByRole('button', { name: /^Save/u }).first().click();
    const over = page.getByRole('dialog', { name: 'Your session has ended' });
    await over.waitFor(patient);
    for (const theme of themes) {
      await dress(page, 360, theme);
      expect(await faultsOf(page)).toEqual([]);
    }
    await dress(page, 1440, 'light');
    await expect.poll(() => page.evaluate('document.activeElement.autocomplete'), patient).toBe('current-password');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await over.waitFor({ state: 'detached', ...patient });
    expect(await name.inputValue()).toBe('Shop, half written');
    await live(page);
    await page.getByRole('button', { name: /^Save/u }).first().click();
    await expect
      .poll(async () => (await call<Readonly<{ name: string }>>('GET', `/v1/monitors/${shopId}`)).name, patient)
      .toBe('Shop, half written');
  });

  test('among several people a shift is handed over by the keyboard alone', async () => {
    const put = putter(farwatch.dataDir);
    const { organisation, account } = await call<Me>('GET', '/v1/me');
    const names = ['Grace Hopper', 'Alan Turing', 'Barbara Liskov', 'Edsger Dijkstra', 'Katherine Johnson'];
    const people = await put((client) => putColleagues(client, organisation.id, names));
    const rotation = {
      ...{ participants: [account.id, ...people], timeZone: 'Europe/Berlin', startsAt: '2026-11-02T09:00' },
      ...{ shift: { unit: 'days', length: 1 }, window: null },
    };
    await call('POST', '/v1/on-call-schedules', { name: 'Keepers', rotations: [rotation] });
    await visit('/alerting?tab=on-call');
    await page.getByText('Keepers').first().waitFor(patient);
    for (const theme of themes) {
      await dress(page, theme === 'light' ? 1440 : 360, theme);
      expect(await faultsOf(page)).toEqual([]);
    }
    await dress(page, 1440, 'light');
    const onDay = 'document.activeElement.dataset?.day !== undefined';
    for (let steps = 0; steps < 60 && !(await page.evaluate(onDay)); steps++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor(patient);
    const isReady = `document.activeElement.closest('[role="dialog"]') !== null && document.activeElement.tagName === 'INPUT'`;
    await expect.poll(() => page.evaluate(isReady), patient).toBe(true);
    await page.keyboard.type('Barbara');
    await page.getByRole('option', { name: 'Barbara Liskov' }).waitFor(patient);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const onSend = `document.activeElement.textContent === 'Hand it over'`;
    for (let steps = 0; steps < 40 && !(await page.evaluate(onSend)); steps++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached', ...patient });
    const { items } = await call<Schedules>('GET', '/v1/on-call-schedules');
    expect(items.flatMap(({ overrides }) => overrides.map(({ accountId }) => accountId))).toEqual([people[2]]);
  });

  test('every state is told in words, in the list and on the monitor’s page', async () => {
    const states = ['flapping', 'unknown', 'degraded'] as const;
    const made = await Promise.all(states.map((state) => add(`A ${state} site`)));
    // Its first look is under way since it was saved, and would say otherwise.
    const statusOf = async ({ id }: Made) => (await call<{ status: string }>('GET', `/v1/monitors/${id}`)).status;
    for (const each of made) await expect.poll(() => statusOf(each), patient).not.toBe('pending');
    await putter(farwatch.dataDir)(async (client) => {
      for (const [at, { id }] of made.entries()) await putStatus(client, id, states[at] ?? 'up');
    });
    await visit('/');
    for (const word of ['Flapping', 'Unknown', 'Degraded'])
      await page.getByRole('table').getByText(word, { exact: true }).waitFor(patient);
    const looks = [
      [1440, 'light'],
      [360, 'dark'],
    ] as const;
    const faults = async (): Promise<void> => {
      for (const [width, theme] of looks) {
        await dress(page, width, theme);
        expect(await faultsOf(page)).toEqual([]);
      }
    };
    await faults();
    await visit(`/monitors/${made[0]?.id}`);
    await page.getByText('Flapping', { exact: true }).waitFor(patient);
    await faults();
  });

  test('the wall stands for a day without growing, and its times go on', async () => {
    await dress(page, 1440, 'light');
    await page.clock.install();
    await visit('/wall');
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const figure = async (name: string): Promise<number> => {
      await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find((metric) => metric.name === name)?.value ?? 0;
    };
    await page.clock.runFor('01:00');
    const [nodes, listeners] = [await figure('Nodes'), await figure('JSEventListeners')];
    for (let hour = 0; hour < 24; hour++) await page.clock.fastForward('01:00:00');
    await page.clock.runFor('05:00');
    expect(await figure('Nodes')).toBeLessThan(nodes * 1.2);
    expect(await figure('JSEventListeners')).toBeLessThan(listeners * 1.2);
    const now = Number(await page.evaluate('Date.now()'));
    const shown = Date.parse((await page.locator('time').first().getAttribute('datetime')) ?? '');
    expect(Math.abs(now - shown)).toBeLessThan(2_000);
  });
});
