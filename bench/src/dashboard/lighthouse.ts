import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumFlags, chromiumPath } from '@farwatch/e2e/browser';
import { mostFirstLoadBytes, scriptBytes } from '@farwatch/e2e/dashboard/first-load';
import { openWorld } from '@farwatch/e2e/dashboard/world';
import { startFarwatch } from '@farwatch/e2e/farwatch';
import { freePort } from '@farwatch/testkit';
import lighthouse, { desktopConfig } from 'lighthouse';
import { chromium, type Page } from 'playwright-core';
import type { Figure } from '../report.ts';

// What Lighthouse says of the built dashboard, served by the real product on this machine, and what a first visit loads.

export const name = 'lighthouse';

const categories = ['performance', 'accessibility', 'best-practices'] as const;
const turns = 3;

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

type Scores = Readonly<Record<(typeof categories)[number], number>>;

/** One audit, desktop settings, with the session that the browser has. */
const audit = async (address: string, port: number): Promise<Scores> => {
  const result = await lighthouse(
    address,
    { port, onlyCategories: [...categories], disableStorageReset: true, logLevel: 'error' },
    desktopConfig,
  );
  const scoreOf = (category: string): number => Math.round((result?.lhr.categories[category]?.score ?? 0) * 100);
  return {
    performance: scoreOf('performance'),
    accessibility: scoreOf('accessibility'),
    'best-practices': scoreOf('best-practices'),
  };
};

const figuresOf = async (screen: string, address: string, port: number): Promise<readonly Figure[]> => {
  const audits: Scores[] = [];
  for (let turn = 0; turn < turns; turn++) audits.push(await audit(address, port));
  return categories.map((category) => ({
    name: `${screen}: ${category}`,
    value: middle(audits.map((each) => each[category])),
    unit: 'of 100',
    wanted: '≥ 95',
  }));
};

/** A browser whose own profile is the page's, so that an audit in a tab beside it is logged in too. */
const openProfile = async () => {
  if (chromiumPath === null) throw new Error('There is no Chromium: install it, or name it by CHROMIUM_PATH.');
  const folder = await mkdtemp(join(tmpdir(), 'farwatch-lighthouse-'));
  const port = await freePort();
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: chromiumPath,
    args: [...chromiumFlags, `--remote-debugging-port=${port}`],
  });
  return {
    port,
    page: context.pages()[0] ?? (await context.newPage()),
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const loadOf = async (page: Page, screen: string, address: string): Promise<Figure> => ({
  name: `${screen}: JavaScript of a first visit, compressed`,
  value: await scriptBytes(page, address),
  unit: 'bytes',
  wanted: `≤ ${mostFirstLoadBytes.toLocaleString('en')}`,
});

export const run = async (): Promise<readonly Figure[]> => {
  await using farwatch = await startFarwatch({
    env: { FARWATCH_ALLOW_CIDRS: '127.0.0.0/8', FARWATCH_REQUEST_LIMIT: '100000', FARWATCH_SIGN_IN_LIMIT: '1000' },
  });
  await using browser = await openProfile();
  const { page, port } = browser;
  const figures = [...(await figuresOf('log-in', `${farwatch.url}/login`, port))];
  await using world = await openWorld(page, farwatch.url);
  const screens = [
    ['monitors', '/'],
    ['monitor', `/monitors/${world.shopId}`],
    ['incident', `/incidents/${world.clearedId}`],
    ['alerting', '/alerting'],
  ] as const;
  for (const [screen, path] of screens) figures.push(...(await figuresOf(screen, farwatch.url + path, port)));
  for (const [screen, path] of [['log-in', '/login'], ...screens] as const)
    figures.push(await loadOf(page, screen, farwatch.url + path));
  return figures;
};
