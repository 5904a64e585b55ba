import { needs } from '@farwatch/testkit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { chromiumPath, type OpenPage, openPage } from '../browser.ts';
import { type Farwatch, startFarwatch } from '../farwatch.ts';
import { emptyScreens, lateScreens, waitingScreens } from './bare-screens.ts';
import { faultsOf, shiftOf, watchShifts } from './faults.ts';
import { mostFirstLoadBytes, scriptBytes } from './first-load.ts';
import { keyboardFaults } from './keyboard.ts';
import { doors, type Screen, screensOf } from './screens.ts';
import { whileFailing, whileLate, whileSilent } from './states.ts';
import { dress, scrollDown, settle, show, themes, widths } from './visit.ts';
import { nowhere, openWorld, signUp, type World } from './world.ts';

const { test } = needs('chromium', chromiumPath !== null);
const minute = 60_000;
const again = /again/iu;

/** The API is back: pressing what is offered brings everything back. */
const retryAll = async (page: Page): Promise<void> => {
  const button = page.getByRole('button', { name: again });
  const alert = page.locator('[role="alert"]');
  await expect
    .poll(
      async () => {
        if ((await button.count()) > 0)
          await button
            .first()
            .click({ timeout: 2_000 })
            .catch(() => undefined); // it may be gone by now
        return alert.count();
      },
      { timeout: minute },
    )
    .toBe(0);
};

/** Chromium writes every refused request down; these are the test's own, or a visitor's who asks who they are. */
const ownDoing = /status of (?:401|404|503)|net::ERR_FAILED/u;

describe('every screen, in both themes, on a phone and at a desk', () => {
  let farwatch: Farwatch;
  let desk: OpenPage;
  let fresh: OpenPage;
  let world: World;

  beforeAll(async () => {
    farwatch = await startFarwatch({
      env: { FARWATCH_ALLOW_CIDRS: '127.0.0.0/8', FARWATCH_REQUEST_LIMIT: '100000', FARWATCH_SIGN_IN_LIMIT: '1000' },
    });
    const options = { locale: 'en-GB', timezoneId: 'Europe/Berlin' };
    [desk, fresh] = await Promise.all([openPage(options), openPage(options)]);
    await Promise.all([watchShifts(desk.page), watchShifts(fresh.page)]);
  }, 2 * minute);

  afterAll(async () => {
    await world?.[Symbol.asyncDispose]();
    await Promise.all([desk, fresh].map((page) => page?.[Symbol.asyncDispose]()));
    await farwatch?.[Symbol.asyncDispose]();
  }, minute);

  const said = (errors: readonly string[], from: number): readonly string[] =>
    errors.slice(from).filter((line) => !ownDoing.test(line));

  /** Looks at one screen in every dress; `look` brings the page there. */
  const faultsEverywhere = async (
    { page, errors }: OpenPage,
    look: () => Promise<void>,
  ): Promise<readonly string[]> => {
    const faults: string[] = [];
    const from = errors.length;
    for (const width of widths) {
      await dress(page, width, 'light');
      await look();
      faults.push(...(await shiftOf(page)).map((fault) => `${width}: ${fault}`));
      for (const theme of themes) {
        await dress(page, width, theme);
        const colours = theme !== themes[0];
        faults.push(...(await faultsOf(page, { colours })).map((fault) => `${width} ${theme}: ${fault}`));
      }
    }
    return [...faults, ...said(errors, from).map((line) => `console: ${line}`)];
  };
  const find = (screens: readonly Screen[], name: string): Screen => {
    const screen = screens.find((each) => each.name === name);
    if (screen === undefined) throw new Error(`no screen ${name}`);
    return screen;
  };
  const names = (screens: readonly Screen[]): readonly string[] => screens.map(({ name }) => name);

  describe('before the log-in', () => {
    test.each(names(doors))('%s', async (name) => {
      const screen = find(doors, name);
      expect(await faultsEverywhere(fresh, () => show(fresh.page, farwatch.url, screen))).toEqual([]);
      await dress(fresh.page, 1440, 'light');
      expect(await keyboardFaults(fresh.page)).toEqual([]);
    });
  });

  describe('with nothing on it', () => {
    beforeAll(() => signUp(fresh.page, farwatch.url));
    test.each(names(emptyScreens))('%s', async (name) => {
      const screen = find(emptyScreens, name);
      expect(await faultsEverywhere(fresh, () => show(fresh.page, farwatch.url, screen))).toEqual([]);
    });
  });

  describe('full', () => {
    beforeAll(async () => {
      world = await openWorld(desk.page, farwatch.url);
    }, 8 * minute);

    test.each(names(screensOf(nowhere)))('%s', async (name) => {
      const screen = find(screensOf(world), name);
      expect(await faultsEverywhere(desk, () => show(desk.page, farwatch.url, screen))).toEqual([]);
      await dress(desk.page, 1440, 'light');
      if (screen.act === undefined) expect(await keyboardFaults(desk.page)).toEqual([]);
    });

    test.each([
      ['monitors', (): string => '/'],
      ['monitor', (): string => `/monitors/${world.shopId}`],
      ['settings of a monitor', (): string => `/monitors/${world.shopId}/settings`],
      ['incidents', (): string => '/incidents'],
      ['incident with a post-mortem', (): string => `/incidents/${world.clearedId}`],
      ['alerting', (): string => '/alerting'],
      ['policy', (): string => '/alerting?tab=escalation&edit=new'],
      ['maintenance', (): string => '/maintenance'],
      ['security', (): string => '/settings?tab=security'],
    ] as const)('%s brings little on a first visit', async (_, path) => {
      const { page } = desk;
      const bytes = await scriptBytes(page, farwatch.url + path());
      expect(bytes).toBeGreaterThan(100_000); // it was measured, and not the worker's kept copy
      expect(bytes).toBeLessThanOrEqual(mostFirstLoadBytes);
    });

    test.each(names(lateScreens(nowhere)))('%s holds still while answers come late', async (name) => {
      const { path } = find(lateScreens(world), name);
      const { page } = desk;
      await whileLate(page, async () => {
        for (const width of widths) {
          await dress(page, width, 'light');
          await scrollDown(page, farwatch.url + path);
          expect(await shiftOf(page), String(width)).toEqual([]);
        }
      });
    });

    test.each(names(waitingScreens(nowhere)))('%s while the API is silent', async (name) => {
      const { path } = find(waitingScreens(world), name);
      const { page } = desk;
      await whileSilent(page, async () => {
        const faults = await faultsEverywhere(desk, async () => {
          await page.goto(farwatch.url + path);
          await page.locator('.mantine-Skeleton-root, [aria-busy="true"]').first().waitFor();
          await settle(page);
        });
        expect(faults).toEqual([]);
      });
    });

    test.each(names(waitingScreens(nowhere)))('%s while the API fails', async (name) => {
      const { path } = find(waitingScreens(world), name);
      const { page } = desk;
      await whileFailing(page, async () => {
        const faults = await faultsEverywhere(desk, async () => {
          await page.goto(farwatch.url + path);
          await page.getByRole('button', { name: again }).first().waitFor();
          await settle(page);
        });
        expect(faults).toEqual([]);
      });
      await retryAll(page);
    });
  });
});
