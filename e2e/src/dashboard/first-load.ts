import type { Page } from 'playwright-core';

/** The most JavaScript that a first visit may bring, as it comes over the line: compressed. */
export const mostFirstLoadBytes = 250_000;

/** Bytes of JavaScript on the line while `path` comes up in a browser that has nothing of it yet. */
export const scriptBytes = async (page: Page, address: string): Promise<number> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.clearBrowserCache');
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('load');
  await session.detach();
  return bytes;
};
