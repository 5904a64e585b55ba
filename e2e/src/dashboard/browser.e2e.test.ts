import { needs } from '@farwatch/testkit';
import { type Page, request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { chromiumPath } from '../browser.ts';
import { type Desk, live, type Made, minute, openDesk, patient } from './desk.ts';
import { faultsOf } from './faults.ts';
import { keeps } from './kept.ts';
import { putColleagues, putStatus, putter } from './put.ts';
import { dress, themes, widths } from './visit.ts';
import { password } from './world.ts';

const { test } = needs('chromium', chromiumPath !== null);
type Schedules = Readonly<{ items: readonly Readonly<{ overrides: readonly Readonly<{ accountId: string }>[] }>[] }>;
type Me = Readonly<{ account: Made; organisation: Made }>;

describe('what only a real browser does', () => {
  let desk: Desk;
  let page: Page;

  beforeAll(async () => {
    desk = await openDesk();
    page = desk.page;
  }, 4 * minute);
  afterAll(() => desk?.[Symbol.asyncDispose](), minute);

  test('a monitor’s page is read without a network, as of its time; another build is offered, on a phone too', async () => {
    await desk.visit(`/monitors/${desk.shopId}`);
    await page.getByRole('heading', { name: 'Shop', level: 1 }).waitFor(patient);
    await expect.poll(() => page.evaluate(keeps(desk.shopId)), patient).toBe(true);
    // Another load of the page, which looks at something else.
    const other = await desk.add('Seen later');
    await desk.visit(`/monitors/${other.id}`);
    await expect.poll(() => page.evaluate(keeps(other.id)), patient).toBe(true);
    desk.front.away(true);
    await page.context().setOffline(true);
    await page.reload();
    await page.getByRole('heading', { name: 'Seen later', level: 1 }).waitFor(patient);
    await page.getByRole('link', { name: 'Monitors', exact: true }).first().click();
    await page.getByRole('link', { name: /Shop/u }).first().click();
    await page.getByText(/Offline: as of \d\d:\d\d/u).waitFor(patient);
    await page.getByRole('heading', { name: 'Shop', level: 1 }).waitFor(patient);
    desk.front.away(false);
    await page.context().setOffline(false);
    await live(page);
    desk.front.newBuild();
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
    await desk.visit(`/monitors/${desk.shopId}/settings`);
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await name.fill('Shop, half written');
    const origin = new URL(desk.farwatch.url).origin;
    const other = await request.newContext({ baseURL: desk.farwatch.url, extraHTTPHeaders: { origin } });
    await other.post('/v1/auth/sign-in/email', { data: { email: desk.email, password } });
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
      .poll(
        async () => (await desk.call<Readonly<{ name: string }>>('GET', `/v1/monitors/${desk.shopId}`)).name,
        patient,
      )
      .toBe('Shop, half written');
  });

  test('among several people a shift is handed over by the keyboard alone', async () => {
    const put = putter(desk.farwatch.dataDir);
    const { organisation, account } = await desk.call<Me>('GET', '/v1/me');
    const names = ['Grace Hopper', 'Alan Turing', 'Barbara Liskov', 'Edsger Dijkstra', 'Katherine Johnson'];
    const people = await put((client) => putColleagues(client, organisation.id, names));
    const rotation = {
      ...{ participants: [account.id, ...people], timeZone: 'Europe/Berlin', startsAt: '2026-11-02T09:00' },
      ...{ shift: { unit: 'days', length: 1 }, window: null },
    };
    await desk.call('POST', '/v1/on-call-schedules', { name: 'Keepers', rotations: [rotation] });
    await desk.visit('/alerting?tab=on-call');
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
    const { items } = await desk.call<Schedules>('GET', '/v1/on-call-schedules');
    expect(items.flatMap(({ overrides }) => overrides.map(({ accountId }) => accountId))).toEqual([people[2]]);
  });

  test('every state is told in words, in the list and on the monitor’s page', async () => {
    const states = ['flapping', 'unknown', 'degraded'] as const;
    const made = await Promise.all(states.map((state) => desk.add(`A ${state} site`)));
    // Its first look is under way since it was saved, and would say otherwise.
    const statusOf = async ({ id }: Made) => (await desk.call<{ status: string }>('GET', `/v1/monitors/${id}`)).status;
    for (const each of made) await expect.poll(() => statusOf(each), patient).not.toBe('pending');
    await putter(desk.farwatch.dataDir)(async (client) => {
      for (const [at, { id }] of made.entries()) await putStatus(client, id, states[at] ?? 'up');
    });
    await desk.visit('/');
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
    await desk.visit(`/monitors/${made[0]?.id}`);
    await page.getByText('Flapping', { exact: true }).waitFor(patient);
    await faults();
  });

  test('on a phone the acts on a monitor fill one row', async () => {
    await dress(page, 360, 'light');
    await desk.visit(`/monitors/${desk.shopId}`);
    const acts = ['Check now', 'Pause', 'Settings', 'Delete monitor'].map((name) =>
      page.locator('header').getByRole(name === 'Settings' ? 'link' : 'button', { name, exact: true }),
    );
    const boxes = await Promise.all(acts.map((act) => act.boundingBox({ timeout: minute })));
    expect(new Set(boxes.map((box) => box?.y)).size).toBe(1);
    const whole = await page.getByRole('region', { name: 'Uptime' }).boundingBox();
    const [first, last] = [boxes.at(0), boxes.at(-1)];
    expect(first?.x).toBe(whole?.x);
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo((whole?.x ?? 0) + (whole?.width ?? 0), 0);
    await dress(page, 1440, 'light');
  });

  test.each(widths)(
    'at %i px the preview of other settings covers neither what is being changed nor the navigation',
    async (width) => {
      await dress(page, width, 'light');
      await desk.visit(`/monitors/${desk.shopId}/settings`);
      const interval = page.getByRole('combobox', { name: 'Interval' });
      await interval.focus();
      // Low in the window, where the preview comes up.
      await interval.evaluate((field) => field.scrollIntoView({ block: 'end' }));
      for (const key of ['Enter', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
      const preview = page.getByText(/this would have opened/u);
      await preview.waitFor(patient);
      const edges = async (): Promise<readonly number[]> => {
        const [field, over, places] = await Promise.all([
          ...[interval.boundingBox(), preview.locator('..').boundingBox()],
          page.getByRole('navigation').first().boundingBox(),
        ]);
        const end = width === 360 ? (places?.y ?? 0) : (page.viewportSize()?.height ?? 0);
        return [(over?.y ?? 0) - (field?.y ?? 0) - (field?.height ?? 0), end - (over?.y ?? 0) - (over?.height ?? 0)];
      };
      await expect.poll(async () => Math.min(...(await edges())), patient).toBeGreaterThanOrEqual(0);
      await page.getByRole('button', { name: 'Undo changes' }).click();
      await dress(page, 1440, 'light');
    },
  );

  test('a field of chips is focused as a whole, not as a ring within a ring', async () => {
    await desk.visit(`/monitors/${desk.shopId}/settings`);
    const field = page.getByRole('combobox', { name: 'Depends on' });
    await field.focus();
    const ring = (of: string): Promise<string> =>
      page.evaluate(`((field) => getComputedStyle(${of}).outlineStyle)(document.activeElement)`);
    expect(await ring('field')).toBe('none');
    expect(await ring('field.closest(".mantine-MultiSelect-input")')).toBe('solid');
    await page.keyboard.press('Escape');
  });

  test('the wall stands for a day without growing, and its times go on', async () => {
    await dress(page, 1440, 'light');
    await page.clock.install();
    await desk.visit('/wall');
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
