import { needs } from '@farwatch/testkit';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { chromiumPath, openPage } from './browser.ts';
import { startFarwatch } from './farwatch.ts';

const { test } = needs('chromium', chromiumPath !== null);

/** A device that asks who holds it and is told yes, as Chromium plays it. */
const giveDevice = async (page: Page): Promise<void> => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
};

const signUp = async (page: Page, url: string): Promise<void> => {
  await page.goto(`${url}/signup`);
  await page.getByLabel('E-mail').fill('ada@lighthouse.dev');
  await page.getByLabel('Password', { exact: true }).fill('three quiet lighthouses');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'What should we watch?' }).waitFor();
};

/** A device that always says yes would log in before anybody could click. */
const withoutAutofill = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });

const addPasskey = async (page: Page, url: string): Promise<void> => {
  await page.goto(`${url}/settings?tab=security`);
  await page.getByLabel('Name of the new passkey').fill('Work laptop');
  await page.getByRole('button', { name: 'Add passkey' }).click();
  await page.getByRole('button', { name: 'Remove Work laptop' }).waitFor();
};

test('a passkey that the browser offers in the e-mail field logs in without a click', async () => {
  await using farwatch = await startFarwatch({ env: {} });
  await using browser = await openPage({ locale: 'en-GB' });
  const { page, errors } = browser;
  const url = farwatch.url.replace('127.0.0.1', 'localhost');
  await giveDevice(page);
  await signUp(page, url);
  await addPasskey(page, url);
  await page.context().clearCookies();
  await page.goto(`${url}/login?next=/incidents`);
  await page.getByRole('heading', { name: 'Incidents', exact: true }).waitFor();
  expect(errors.filter((line) => !line.includes('401 (Unauthorized)'))).toEqual([]);
});

test('a passkey is added on loopback, logs in without a password, and is removed', async () => {
  await using farwatch = await startFarwatch({ env: {} });
  await using browser = await openPage({ locale: 'en-GB' });
  const { page, errors } = browser;
  const url = farwatch.url.replace('127.0.0.1', 'localhost');
  await giveDevice(page);
  await withoutAutofill(page);
  await signUp(page, url);

  await addPasskey(page, url);

  await page.context().clearCookies();
  await page.goto(`${url}/login`);
  await page.getByRole('button', { name: 'Log in with a passkey' }).click();
  await page.getByRole('heading', { name: 'Monitors', exact: true }).waitFor();

  await page.goto(`${url}/settings?tab=security`);
  await page.getByRole('button', { name: 'Remove Work laptop' }).click();
  await page.getByRole('button', { name: 'Remove passkey' }).click();
  await page.getByText('No passkey yet.').waitFor();
  await page.context().clearCookies();
  await page.goto(`${url}/login`);
  await page.getByRole('button', { name: 'Log in with a passkey' }).click();
  await page.getByText('Farwatch does not know this passkey.').waitFor();
  expect(errors.filter((line) => !line.includes('401 (Unauthorized)'))).toEqual([]);
});
