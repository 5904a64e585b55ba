import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { faultsOf } from './dashboard/faults.ts';
import { doors, type Screen, screensOf } from './dashboard/screens.ts';
import { dress, show, themes, widths } from './dashboard/visit.ts';
import { openWorld } from './dashboard/world.ts';

// node e2e/src/screenshots.ts [folder] [only these screens, by name]
// Pictures of every screen, in both themes, at 360 and 1440 px, from the installation at FARWATCH_URL, with axe run on
// each. The installation must allow loopback (FARWATCH_ALLOW_CIDRS=127.0.0.0/8): the sites it watches are started here.

const url = process.env.FARWATCH_URL ?? 'http://127.0.0.1:3000';
const folder = process.argv[2] ?? '.farwatch/screenshots';
const only = process.argv.slice(3);
const tallest = 2_000;

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
        await dress(page, width, theme);
        const name = `${screen.name}-${width}-${theme}`;
        try {
          await show(page, url, screen);
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
