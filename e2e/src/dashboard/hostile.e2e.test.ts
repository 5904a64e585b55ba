import { corpusThere, needs } from '@farwatch/testkit';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { chromiumPath, openPage } from '../browser.ts';
import { startFarwatch } from '../farwatch.ts';
import { awaitFrames, onDrawingPage } from '../frames.ts';
import { openHostileWorld } from './hostile-world.ts';
import { settle } from './visit.ts';
import { password } from './world.ts';

const { test } = needs('chromium and /work/shared/corpora', chromiumPath !== null && corpusThere);

/** Runs in the page before anything else: writes down whatever a script that got in would do. */
const watch = (): void => {
  const kept = globalThis as typeof globalThis & { fwRan?: string[] }; // a list of this test's own
  kept.fwRan = [];
  for (const name of ['alert', 'confirm', 'prompt', 'print'] as const)
    Object.defineProperty(globalThis, name, { value: () => kept.fwRan?.push(name) });
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    kept.fwRan?.push(`${violatedDirective} ${blockedURI}`),
  );
};

const ran = async (page: Page): Promise<unknown> => page.evaluate('globalThis.fwRan');

/** Every row of a long page comes into the document once. */
const scrollThrough = async (page: Page): Promise<void> => {
  const downTo = (y: number): Promise<boolean> =>
    page.evaluate(`scrollTo(0, ${y}), ${y} < document.documentElement.scrollHeight`);
  const height = (page.viewportSize()?.height ?? 720) * 0.8;
  for (let y = 0; await downTo(y); y += height) await awaitFrames(page);
};

const lookAt = async (page: Page, url: string, path: string): Promise<void> => {
  await page.goto(url + path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await settle(page);
  await scrollThrough(page);
  expect([path, await ran(page)]).toEqual([path, []]);
};

/** What `next` says is where one is sent after the log-in: only ever to a page of our own. */
const logInTo = async (page: Page, url: string, { next, email }: { next: string; email: string }): Promise<void> => {
  await page.context().clearCookies();
  await page.goto(`${url}/login?next=${encodeURIComponent(next)}`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByRole('heading', { name: 'Monitors', level: 1 }).waitFor();
  await settle(page);
  expect([next, new URL(page.url()).origin, await ran(page)]).toEqual([next, url, []]);
};

test('nothing that a stranger or a watched site writes ever runs', { timeout: 600_000 }, async () => {
  await using farwatch = await startFarwatch({
    env: { FARWATCH_ALLOW_CIDRS: '127.0.0.0/8', FARWATCH_REQUEST_LIMIT: '100000', FARWATCH_SIGN_IN_LIMIT: '1000' },
  });
  await using browser = await openPage({ locale: 'en-GB' });
  const { page: first, errors } = browser;
  await first.context().addInitScript(watch);
  await using world = await openHostileWorld(first, farwatch.url);
  expect(world.named).toBeGreaterThan(400);
  const { monitorId, incidentId } = world;
  const paths = [
    ...['/', `/monitors/${monitorId}`, `/monitors/${monitorId}/settings`, '/incidents', `/incidents/${incidentId}`],
    ...['/alerting', '/alerting?tab=escalation', '/alerting?tab=deliveries', '/alerting?tab=on-call', '/maintenance'],
    ...['/api-keys', '/mails', '/settings', `/?search=${encodeURIComponent('"><img src=x onerror=alert(1)>')}`],
    '/nowhere/<script>alert(1)</script>',
  ];
  let page = first;
  for (const path of paths) page = await onDrawingPage(page, (each) => lookAt(each, farwatch.url, path));
  // The watched site's answer, opened: headers, reason and body.
  await page.goto(`${farwatch.url}/monitors/${monitorId}?verdict=down`);
  await page
    .getByRole('button', { name: /HTTP 502/u })
    .first()
    .click();
  await page.getByText('onerror').first().waitFor();
  await settle(page);
  expect(await ran(page)).toEqual([]);
  for (const next of [
    'javascript:alert(1)',
    '//elsewhere.example',
    '/\\elsewhere.example',
    'https://elsewhere.example',
  ])
    await logInTo(page, farwatch.url, { next, email: world.email });
  // Had anything got in, this is how it would have been noticed.
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="alert(1)">')`);
  await expect.poll(() => ran(page)).toHaveLength(1);
  expect(new URL(page.url()).origin).toBe(farwatch.url);
  expect(errors.filter((line) => !/status of (?:401|404)|inline event handler/u.test(line))).toEqual([]);
});
