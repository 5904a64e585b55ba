import { needs } from '@farwatch/testkit';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { chromiumPath, openPage } from './browser.ts';
import { awaitFrames, NoFrames, onDrawingPage } from './frames.ts';

const { test } = needs('chromium', chromiumPath !== null);

/** As if Chromium had lost its frames: scripts go on. */
const drawNoMore = 'globalThis.requestAnimationFrame = () => 0';
const within = 2_000;

test('work is done again on a fresh page where Chromium stopped drawing the first', async () => {
  await using browser = await openPage();
  await browser.page.evaluate(drawNoMore);
  const pages: Page[] = [];
  const last = await onDrawingPage(browser.page, async (page) => {
    pages.push(page);
    await awaitFrames(page, pages.length === 1 ? within : undefined);
  });
  expect(pages).toEqual([browser.page, last]);
  expect([browser.page.isClosed(), last.isClosed()]).toEqual([true, false]);
});

test('after three pages that draw nothing it is said, and any other fault at once', async () => {
  await using browser = await openPage();
  await browser.page.context().addInitScript(drawNoMore);
  let tries = 0;
  const work = async (page: Page): Promise<void> => {
    tries++;
    await page.goto('data:text/html,<h1>still</h1>');
    await awaitFrames(page, within);
  };
  await expect(onDrawingPage(browser.page, work)).rejects.toThrow(NoFrames);
  expect(tries).toBe(3);
  const other = browser.page.context().pages()[0];
  if (other === undefined) throw new Error('the last page is left open');
  let turns = 0;
  const wrong = onDrawingPage(other, async () => {
    turns++;
    throw new Error('another fault');
  });
  await expect(wrong).rejects.toThrow('another fault');
  expect(turns).toBe(1);
});
