import type { Page } from 'playwright-core';

/** Two frames: the second shows what was done before the first. */
const twoFrames = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/**
 * The page draws no more, though its scripts and timers go on. Seen with Chromium 156, once in some hundred fast scrolls
 * through a long page on a busy machine: its compositor waits for tiles whose raster never ends ("pending tree not
 * ready"), and neither a screenshot nor the wheel wakes it.
 */
export class NoFrames extends Error {
  override readonly name = 'NoFrames';
}

/** A bound for what hangs: a frame takes as long as a busy machine lets it. */
const longestFrameMs = 30_000;

/** Waits for two frames of the page; rejects with `NoFrames` where they don't come within `withinMs`. */
export const awaitFrames = async (page: Page, withinMs = longestFrameMs): Promise<void> => {
  const drawn = await page.evaluate(
    `Promise.race([${twoFrames}.then(() => true), new Promise((done) => setTimeout(() => done(false), ${withinMs}))])`,
  );
  if (drawn !== true) throw new NoFrames(`${page.url()} drew no frame within ${withinMs} ms`);
};

/**
 * Does `work` on a page; where Chromium stops drawing it, all of it again on a fresh page of the same context, at most
 * twice. Answers the page that it ended on.
 */
export const onDrawingPage = async (page: Page, work: (page: Page) => Promise<void>, times = 3): Promise<Page> => {
  try {
    await work(page);
    return page;
  } catch (error) {
    if (!(error instanceof NoFrames) || times <= 1) throw error;
    const fresh = await page.context().newPage();
    await page.close();
    return onDrawingPage(fresh, work, times - 1);
  }
};
