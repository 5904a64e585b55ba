import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { at, id, me, open, problem, sentTo } from '../testing.fixture.tsx';

const path = '/settings?tab=security';
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const session = (n: number, userAgent: string) => ({
  id: id(n),
  token: `token-${n}`,
  userAgent,
  ipAddress: '203.0.113.7',
  createdAt: at,
  updatedAt: at,
  expiresAt: at,
});
const usual = {
  'GET /v1/auth/list-sessions': { body: [session(1, firefox), session(2, 'curl/8.14.1')] },
  'GET /v1/auth/get-session': { body: { session: session(1, firefox), user: { id: id(1) } } },
  'GET /v1/auth/passkey/list-user-passkeys': { body: [] },
};
const part = async (name: string) => within(await screen.findByRole('region', { name }));
const totpURI = 'otpauth://totp/Farwatch:ada?secret=JBSWY3DPEHPK3PXP&issuer=Farwatch';
const backupCodes = ['aaaaa-bbbbb', 'ccccc-ddddd'];

test('shows where one is logged in, and ends another session', async () => {
  const { asked } = open(path, { ...usual, 'POST /v1/auth/revoke-session': { body: { status: true } } });
  const sessions = await part('Where you are logged in');
  const own = (await sessions.findByText('Firefox on Windows')).closest('li');
  expect(own?.textContent).toContain('This one');
  await userEvent.click(sessions.getByRole('button', { name: 'Log out curl' }));
  await expect.poll(() => sentTo(asked, 'POST /v1/auth/revoke-session')).toEqual({ token: 'token-2' });
});

test('an old log-in is asked to log in again before it is shown the others', async () => {
  open(path, { ...usual, 'GET /v1/auth/list-sessions': problem(403, 'session-not-fresh', 'Session is not fresh') });
  const sessions = await part('Where you are logged in');
  expect(await sessions.findByRole('button', { name: 'Log in again' })).toBeDefined();
});

test('sessions that can’t be loaded say so and offer a retry', async () => {
  open(path, { ...usual, 'GET /v1/auth/list-sessions': { status: 500 } });
  const sessions = await part('Where you are logged in');
  expect(await sessions.findByText('Your sessions could not be loaded')).toBeDefined();
});

test('the second step is set up by password, secret and first code, and ends with the backup codes', async () => {
  const { asked } = open(path, {
    ...usual,
    'POST /v1/auth/two-factor/enable': { body: { method: 'totp', totpURI, backupCodes } },
    'POST /v1/auth/two-factor/verify-totp': { body: { token: 'x', user: {} } },
  });
  const step = await part('Second step at log-in');
  await userEvent.click(step.getByRole('button', { name: 'Set up' }));
  await userEvent.type(step.getByLabelText('Your password'), 'three quiet lighthouses');
  await userEvent.click(step.getByRole('button', { name: 'Go on' }));
  expect(await step.findByRole('img', { name: 'QR code for your authenticator app' })).toBeDefined();
  expect(step.getByText('JBSWY3DPEHPK3PXP')).toBeDefined();
  await userEvent.type(step.getByLabelText('Code from the app'), '492 039');
  await userEvent.click(step.getByRole('button', { name: 'Turn on' }));
  expect(await step.findByText('ccccc-ddddd')).toBeDefined();
  expect(await sentTo(asked, 'POST /v1/auth/two-factor/verify-totp')).toEqual({ code: '492039' });
});

test('it is turned off with the password alone, and a wrong one is said', async () => {
  open(path, {
    ...usual,
    'GET /v1/me': { body: { ...me, account: { ...me.account, twoFactor: true } } },
    'POST /v1/auth/two-factor/disable': problem(400, 'invalid-password', 'Invalid password'),
  });
  const step = await part('Second step at log-in');
  await userEvent.click(step.getByRole('button', { name: 'Turn off' }));
  await userEvent.type(step.getByLabelText('Your password'), 'no');
  await userEvent.click(step.getByRole('button', { name: 'Turn off' }));
  expect((await step.findByRole('alert')).textContent).toContain('The password is wrong. Nothing was changed.');
});

test('a passkey is removed after it was named', async () => {
  const passkey = { id: id(60), name: 'Work laptop', deviceType: 'singleDevice', backedUp: false, createdAt: at };
  const { asked } = open(path, {
    ...usual,
    'GET /v1/auth/passkey/list-user-passkeys': { body: [passkey] },
    'POST /v1/auth/passkey/delete-passkey': { body: { status: true } },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Remove Work laptop' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove passkey' }));
  await expect.poll(() => sentTo(asked, 'POST /v1/auth/passkey/delete-passkey')).toEqual({ id: id(60) });
});

test('a chosen clock is sent alone', async () => {
  const { asked } = open('/settings', { 'PATCH /v1/me': { body: me } });
  const you = await part('You');
  await userEvent.click(you.getByRole('radio', { name: '2:02 PM' }));
  await userEvent.click(you.getByRole('button', { name: 'Save' }));
  await expect.poll(() => sentTo(asked, 'PATCH /v1/me')).toEqual({ clock: '12h' });
});
