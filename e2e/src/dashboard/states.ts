import { setTimeout } from 'node:timers/promises';
import type { Page, Route } from 'playwright-core';

/** What a page needs before it is one at all: who is looking. It answers in every state. */
const always = /\/v1\/(?:me|events|auth\/)/u;
const api = /\/v1\//u;

const problem = {
  type: 'https://farwatch.dev/problems/unavailable',
  title: 'Unavailable',
  status: 503,
  detail: 'The database does not answer.',
  code: 'unavailable',
  requestId: 'a-test',
};

const through = (route: Route): boolean => always.test(new URL(route.request().url()).pathname);

/** The API takes the question and says nothing until the end of what is awaited inside. */
export const whileSilent = async (page: Page, look: () => Promise<void>): Promise<void> => {
  const held: Route[] = [];
  await page.route(api, (route) => (through(route) ? route.continue() : void held.push(route)));
  try {
    await look();
  } finally {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await Promise.all(held.map((route) => route.abort().catch(() => undefined))); // the page may have gone on
  }
};

/** Every question about data is answered with 503. */
export const whileFailing = async (page: Page, look: () => Promise<void>): Promise<void> => {
  await page.route(api, (route) =>
    through(route)
      ? route.continue()
      : route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  );
  try {
    await look();
  } finally {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  }
};

const slowestMs = 1_200;
/** Another wait for each question, the same in every run, so that answers come out of order. */
const waitMs = (path: string): number =>
  [...path].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % slowestMs, 7);

/** Every answer comes late, each by another time. */
export const whileLate = async (page: Page, look: () => Promise<void>): Promise<void> => {
  await page.route(api, async (route) => {
    if (!through(route)) await setTimeout(waitMs(new URL(route.request().url()).pathname));
    await route.continue().catch(() => undefined); // the page may have gone on
  });
  try {
    await look();
  } finally {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  }
};
