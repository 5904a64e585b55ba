import type { Page } from 'playwright-core';

/** The most JavaScript that a first visit may bring, as it comes over the line: compressed. */
export const mostFirstLoadBytes = 250_000;

const calmMs = 1_500;

/** Bytes of JavaScript on the line until a page has come up whole, in a browser that has nothing of it yet. */
export const scriptBytes = async (page: Page, address: string): Promise<number> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.clearBrowserCache');
  await session.send('Network.setBypassServiceWorker', { bypass: true });
  /** Scripts by request, with what their headers took. */
  const scripts = new Map<string, number>();
  let bytes = 0;
  let newestAt = performance.now();
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script') scripts.set(requestId, response.encodedDataLength);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const headers = scripts.get(requestId);
    if (headers === undefined) return;
    bytes += encodedDataLength - headers;
    newestAt = performance.now();
  });
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('load');
  // Whole: a slow answer must not hide what is brought to show it. What comes by itself once it stands belongs to it too.
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  while (performance.now() - newestAt < calmMs) await page.waitForTimeout(calmMs / 5);
  await session.detach();
  return bytes;
};
