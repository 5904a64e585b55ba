import { startInbox } from '@farwatch/testkit';
import type { Locator, Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { startFarwatch } from './farwatch.ts';
import { startNginx } from './nginx.ts';
import { startUpstream } from './upstream.ts';

/** What the first minutes with Farwatch cost, and what they came to. */
export type FirstMinutes = Readonly<{
  clicks: number;
  seconds: number;
  /** From saving the monitor to the first region's answer with its phases. */
  firstAnswerSeconds: number;
  guessed: string;
  testMailTo: readonly string[];
  providerAnswer: string;
  sideways: boolean;
  errors: readonly string[];
}>;

/** Presses things by the mouse or by the keyboard alone, and counts. */
type Hand = Readonly<{ press: (it: Locator) => Promise<void>; write: (it: Locator, text: string) => Promise<void> }>;

const counting = (page: Page, keyboard: boolean, count: () => void): Hand => ({
  press: async (it) => {
    await it.waitFor();
    count();
    if (!keyboard) return it.click();
    await walkTo(page, it);
    await page.keyboard.press('Enter');
  },
  write: async (it, text) => {
    await it.waitFor();
    if (!keyboard) return it.fill(text);
    await walkTo(page, it);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
  },
});

/** With Tab alone, as somebody without a mouse gets there. */
const walkTo = async (page: Page, it: Locator): Promise<void> => {
  for (let steps = 0; steps < 80; steps++) {
    if (await it.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${String(it)}`);
};

const signUp = async (page: Page, hand: Hand, email: string): Promise<string> => {
  await hand.write(page.getByLabel('E-mail'), email);
  await hand.write(page.getByLabel('Password', { exact: true }), 'three quiet lighthouses');
  await hand.press(page.getByRole('button', { name: 'Create account' }));
  const field = page.getByLabel('URL');
  await field.waitFor();
  return field.inputValue();
};

const watch = async (page: Page, hand: Hand, site: string): Promise<number> => {
  await hand.write(page.getByLabel('URL'), site);
  const savedAt = performance.now();
  await hand.press(page.getByRole('button', { name: 'Start watching' }));
  const answer = page.getByRole('row').filter({ hasText: 'HTTP 200' }).first();
  await answer.getByRole('img', { name: /connect/iu }).waitFor();
  return (performance.now() - savedAt) / 1_000;
};

const told = async (page: Page, hand: Hand): Promise<string> => {
  const section = page.getByRole('region', { name: 'Where should we tell you?' });
  await hand.press(section.getByRole('button', { name: 'Send test' }));
  const answer = section.getByText(/\b250\b/u).first();
  await answer.waitFor();
  const said = (await answer.textContent()) ?? '';
  await hand.press(section.getByRole('button', { name: 'Done' }));
  await section.waitFor({ state: 'detached' });
  return said;
};

export type Way = Readonly<{ keyboard: boolean; width: number }>;

/** From the door to a watched site whose owner is told, in a real browser against the whole product. */
export const playFirstMinutes = async ({ keyboard, width }: Way): Promise<FirstMinutes> => {
  await using inbox = await startInbox();
  await using upstream = await startUpstream();
  await using nginx = await startNginx(upstream.port);
  await using farwatch = await startFarwatch({
    env: { FARWATCH_ALLOW_CIDRS: '127.0.0.0/8', SMTP_URL: inbox.url },
  });
  await using browser = await openPage({ viewport: { width, height: 800 } });
  const { page, errors } = browser;
  let clicks = 0;
  const hand = counting(page, keyboard, () => {
    clicks += 1;
  });
  const email = 'ada@lighthouse.dev';
  await page.goto(`${farwatch.url}/signup`);
  const startedAt = performance.now();
  const guessed = await signUp(page, hand, email);
  const firstAnswerSeconds = await watch(page, hand, nginx.url);
  const providerAnswer = await told(page, hand);
  const seconds = (performance.now() - startedAt) / 1_000;
  const sideways = (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) === true;
  const test = inbox.mails.find(({ parsed }) => /test/iu.test(parsed.subject ?? ''));
  return {
    clicks,
    seconds,
    firstAnswerSeconds,
    guessed,
    testMailTo: test?.to ?? [],
    providerAnswer,
    sideways,
    errors: errors.filter((line) => !line.includes('401 (Unauthorized)')), // a visitor who asks who they are
  };
};
