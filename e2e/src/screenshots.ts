import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { openWorld, type World } from './screenshot-world.ts';

// node e2e/src/screenshots.ts [folder] [only these screens, by name]
// Pictures of every screen, in both themes, at 360 and 1440 px, from the installation at FARWATCH_URL, with axe run on
// each. The installation must allow loopback (FARWATCH_ALLOW_CIDRS=127.0.0.0/8): the sites it watches are started here.

const url = process.env.FARWATCH_URL ?? 'http://127.0.0.1:3000';
const folder = process.argv[2] ?? '.farwatch/screenshots';
const only = process.argv.slice(3);
const widths = [1440, 360] as const;
const themes = ['light', 'dark'] as const;

type Screen = Readonly<{ name: string; path: string; ready: string; act?: (page: Page) => Promise<void> }>;

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();

const doors: readonly Screen[] = [
  { name: 'log-in', path: '/login', ready: 'Log in' },
  { name: 'sign-up', path: '/signup', ready: 'Create an account', act: press('Create account') },
  { name: 'forgot-password', path: '/forgot-password', ready: 'Forgot the password?' },
  { name: 'reset-password', path: '/reset-password?token=x', ready: 'Set a new password' },
  { name: 'verified', path: '/verified?error=invalid_token', ready: 'This link does not work any more' },
];

const screensOf = ({ shopId, checkoutId, downId, clearedId, openId, link }: World): readonly Screen[] => [
  { name: 'monitors', path: '/', ready: 'Monitors' },
  { name: 'monitors-none-match', path: '/?search=nothing', ready: 'Monitors' },
  { name: 'new-monitor', path: '/monitors/new', ready: 'What should we watch?' },
  { name: 'new-monitor-advanced', path: '/monitors/new', ready: 'What should we watch?', act: press('Advanced') },
  { name: 'monitor', path: `/monitors/${shopId}`, ready: 'Shop' },
  { name: 'monitor-welcome', path: `/monitors/${shopId}?welcome=yes`, ready: 'Shop', act: press('Send test') },
  { name: 'monitor-down', path: `/monitors/${downId}`, ready: 'Status endpoint' },
  {
    name: 'monitor-evidence',
    path: `/monitors/${downId}?verdict=down`,
    ready: 'Status endpoint',
    act: press(/HTTP 503/u),
  },
  { name: 'monitor-settings', path: `/monitors/${shopId}/settings`, ready: 'Settings' },
  { name: 'monitor-request', path: `/monitors/${checkoutId}/settings`, ready: 'Settings' },
  { name: 'monitor-degraded', path: `/monitors/${checkoutId}`, ready: 'Checkout API with a long and telling name' },
  { name: 'monitor-delete', path: `/monitors/${shopId}`, ready: 'Shop', act: press('Delete monitor') },
  { name: 'incidents', path: '/incidents', ready: 'Incidents' },
  { name: 'incident-cleared', path: `/incidents/${clearedId}`, ready: '' },
  { name: 'incident-open', path: `/incidents/${openId}`, ready: '' },
  { name: 'alerting', path: '/alerting', ready: 'Alerting' },
  { name: 'alerting-new', path: '/alerting', ready: 'Alerting', act: press('Add channel') },
  { name: 'deliveries', path: '/alerting?tab=deliveries', ready: 'Alerting' },
  { name: 'escalation', path: '/alerting?tab=escalation', ready: 'Alerting' },
  { name: 'escalation-new', path: '/alerting?tab=escalation', ready: 'Alerting', act: press(/(?:new|add) policy/iu) },
  { name: 'on-call', path: '/alerting?tab=on-call', ready: 'Alerting' },
  { name: 'on-call-new', path: '/alerting?tab=on-call', ready: 'Alerting', act: press(/(?:new|add) schedule/iu) },
  { name: 'maintenance', path: '/maintenance', ready: 'Maintenance' },
  { name: 'maintenance-new', path: '/maintenance', ready: 'Maintenance', act: press('Plan maintenance') },
  { name: 'settings', path: '/settings', ready: 'Settings' },
  { name: 'link', path: link, ready: '' },
  { name: 'link-dead', path: '/l/none', ready: '' },
  { name: 'api-keys', path: '/api-keys', ready: 'API keys' },
  { name: 'api-keys-new', path: '/api-keys', ready: 'API keys', act: press('Make key') },
  { name: 'mails', path: '/mails', ready: 'Mails' },
  { name: 'not-found', path: '/nowhere', ready: '' },
  { name: 'account-menu', path: '/', ready: 'Monitors', act: press(/Account menu/u) },
];

const settleMs = 700;
const tallest = 2_000;

/** Opens a screen and waits until nothing of it is a placeholder any more. */
const show = async (page: Page, { path, ready, act }: Screen): Promise<void> => {
  await page.goto(url + path);
  if (ready !== '') await page.getByRole('heading', { name: ready, level: 1 }).waitFor();
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached', timeout: 10_000 });
  await act?.(page);
  await page.waitForTimeout(settleMs); // fonts, chart and transitions come to rest
};

const faultsOf = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const wide = Number(
    await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
  );
  return [
    ...violations.map(
      ({ id, nodes }) =>
        `axe ${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary?.split('\n')[1] ?? ''}`).join(' | ')}`,
    ),
    ...(wide > 0 ? [`scrolls sideways by ${wide} px`] : []),
  ];
};

/** Said at once: somebody may be watching. */
const note = (faults: string[], fault: string): void => {
  faults.push(fault);
  process.stdout.write(`${fault}\n`);
};

const shoot = async (page: Page, screens: readonly Screen[]): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const screen of screens.filter(({ name }) => only.length === 0 || only.includes(name)))
    for (const width of widths)
      for (const theme of themes) {
        await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        const name = `${screen.name}-${width}-${theme}`;
        try {
          await show(page, screen);
          for (const fault of await faultsOf(page)) note(faults, `${name}: ${fault}`);
        } catch (error) {
          note(faults, `${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
        }
        await page.evaluate('scrollTo(0, 0)');
        const height = Math.min(tallest, Number(await page.evaluate('document.documentElement.scrollHeight')));
        await page.screenshot({
          path: join(folder, `${name}.png`),
          fullPage: true,
          clip: { x: 0, y: 0, width, height },
        });
      }
  return faults;
};

await mkdir(folder, { recursive: true });
await using browser = await openPage({ locale: 'en-GB', timezoneId: 'Europe/Berlin' });
const { page, errors } = browser;
const faults = [...(await shoot(page, doors))];
await using world = await openWorld(page, url);
faults.push(...(await shoot(page, screensOf(world))));
for (const error of new Set(errors)) process.stdout.write(`console: ${error}\n`);
process.stdout.write(`${faults.length} faults; pictures in ${folder}\n`);
if (faults.length > 0) process.exitCode = 1;
