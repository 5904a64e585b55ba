import type { Page } from 'playwright-core';

/** Another wait before the alert, and what it would have come to. */
export const replaySettings = async (page: Page): Promise<void> => {
  await page.getByLabel('Alert after').fill('5');
  await page.getByText(/this would have opened/u).waitFor();
};

/** The same for many monitors at once. */
export const replayMany = async (page: Page): Promise<void> => {
  await page.getByRole('checkbox', { name: 'Choose Shop' }).check();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('dialog').getByLabel('Alert after').fill('5');
  await page.getByText(/this would have sent/u).waitFor();
};
