import { startTarget, type Target } from '@farwatch/testkit';
import type { Page } from 'playwright-core';
import { type OpenPage, openPage } from '../browser.ts';
import { type Farwatch, startFarwatch } from '../farwatch.ts';
import { type Front, startFront } from './front.ts';
import { signUp } from './world.ts';

export const minute = 60_000;
export const patient = { timeout: minute };
export type Made = Readonly<{ id: string }>;

/** The page is there, and its events come. */
export const live = (page: Page): Promise<void> =>
  page
    .locator('[data-state="live"]')
    .first()
    .waitFor({ state: 'attached', ...patient });

/** An installation behind a front that can go away, a browser that is logged in there, and a site that can break. */
export type Desk = AsyncDisposable &
  Readonly<{
    farwatch: Farwatch;
    front: Front;
    page: Page;
    email: string;
    /** The first of its monitors. */
    shopId: string;
    breakSite: () => void;
    mendSite: () => void;
    call: <T>(method: string, path: string, data?: unknown) => Promise<T>;
    add: (name: string) => Promise<Made>;
    visit: (path: string) => Promise<void>;
  }>;

const env = {
  ...{ FARWATCH_ALLOW_CIDRS: '127.0.0.0/8', FARWATCH_REQUEST_LIMIT: '100000' },
  FARWATCH_SIGN_IN_LIMIT: '1000',
};

const callerOf =
  (page: Page, farwatch: Farwatch, front: Front): Desk['call'] =>
  async <T>(method: string, path: string, data?: unknown): Promise<T> => {
    const headers = { origin: new URL(farwatch.url).origin };
    const answer = await page.request.fetch(front.url + path, { method, headers, ...(data ? { data } : {}) });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as T; // the caller names what the endpoint answers
  };

export const openDesk = async (): Promise<Desk> => {
  let isWell = true;
  const [farwatch, browser, site]: [Farwatch, OpenPage, Target] = await Promise.all([
    startFarwatch({ env }),
    openPage({ locale: 'en-GB', timezoneId: 'Europe/Berlin' }),
    startTarget((_, response) => response.writeHead(isWell ? 200 : 502).end('ok')),
  ]);
  const front = await startFront(farwatch.url);
  const { page } = browser;
  const call = callerOf(page, farwatch, front);
  const add = (name: string): Promise<Made> =>
    call('POST', '/v1/monitors', { name, url: `${site.url}/${encodeURIComponent(name)}`, intervalMs: 10_000 });
  const email = await signUp(page, front.url);
  const { id: shopId } = await add('Shop');
  return {
    ...{ farwatch, front, page, email, shopId, call, add },
    breakSite: () => {
      isWell = false;
    },
    mendSite: () => {
      isWell = true;
    },
    visit: async (path) => {
      await page.goto(front.url + path);
      await live(page);
    },
    [Symbol.asyncDispose]: async () => {
      for (const each of [browser, front, site, farwatch]) await each[Symbol.asyncDispose]();
    },
  };
};
