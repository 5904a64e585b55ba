import { programOnPath } from '@farwatch/testkit';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Debian's Chromium, or the one that CHROMIUM_PATH names. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? programOnPath('chromium', 'chromium-browser', 'google-chrome');

/** What every Chromium here is started with. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export type OpenPage = AsyncDisposable &
  Readonly<{
    page: Page;
    browser: Browser;
    /** What the page, and others of its context, said on their consoles as an error, and what they threw. */
    errors: readonly string[];
  }>;

export type PageOptions = BrowserContextOptions & Readonly<{ headed?: boolean }>;

/** A bound for what hangs: on a busy machine a step takes as long as it takes. */
const longestStepMs = 60_000;

/** A fresh browser with one page. */
export const openPage = async ({ headed = false, ...options }: PageOptions = {}): Promise<OpenPage> => {
  if (chromiumPath === null) throw new Error('There is no Chromium: install it, or name it by CHROMIUM_PATH.');
  const browser = await chromium.launch({ executablePath: chromiumPath, headless: !headed, args: chromiumFlags });
  const context = await browser.newContext(options);
  context.setDefaultTimeout(longestStepMs);
  const page = await context.newPage();
  const errors: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  context.on('weberror', (event) => errors.push(event.error().message));
  return { page, browser, errors, [Symbol.asyncDispose]: () => browser.close() };
};
