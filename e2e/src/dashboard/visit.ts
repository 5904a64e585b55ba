import type { Page } from 'playwright-core';
import { awaitFrames } from '../frames.ts';
import type { Screen } from './screens.ts';

export const themes = ['light', 'dark'] as const;
export const widths = [1440, 360] as const;
export type Theme = (typeof themes)[number];
export type Width = (typeof widths)[number];

const patience = { timeout: 30_000 };

/** The window and the theme of a picture. */
export const dress = async (page: Page, width: Width, theme: Theme): Promise<void> => {
  await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  // Not until it wears it: two frames after the page was told.
  await awaitFrames(page);
  await page.waitForTimeout(60);
};

/** Fonts, chart and transitions come to rest. */
export const settle = async (page: Page): Promise<void> => {
  await page.evaluate('document.fonts.ready');
  await page.waitForTimeout(350);
};

/** Opens a screen and waits until nothing of it is a placeholder any more. */
export const show = async (page: Page, url: string, { path, ready, act }: Screen): Promise<void> => {
  await page.goto(url + path);
  // Before anything is drawn there is no placeholder either.
  await page
    .getByRole('heading', { ...(ready === '' ? {} : { name: ready }), level: 1 })
    .first()
    .waitFor(patience);
  await page
    .locator('.mantine-Skeleton-root')
    .first()
    .waitFor({ state: 'detached', ...patience });
  await act?.(page);
  await settle(page);
};

/** Opens a page and scrolls down at once and again, as somebody who knows what they look for, until all of it is there. */
export const scrollDown = async (page: Page, address: string): Promise<void> => {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).first().waitFor(patience);
  const placeholder = page.locator('.mantine-Skeleton-root');
  for (let calm = 0; calm < 5; calm = (await placeholder.count()) === 0 ? calm + 1 : 0) {
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await page.waitForTimeout(100);
  }
};
