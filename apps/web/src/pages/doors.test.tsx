import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { connect, lose, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';

const signUp = async (email: string, password: string): Promise<void> => {
  await userEvent.type(await screen.findByLabelText('E-mail'), email);
  await userEvent.type(screen.getByLabelText('Password'), password);
  await userEvent.click(screen.getByRole('button', { name: 'Create account' }));
};

test('who is not logged in is asked to, and comes back to where they were going', async () => {
  const { router } = open('/incidents', { 'GET /v1/me': problem(401, 'unauthorised', 'Log in.') });
  expect(await screen.findByRole('heading', { name: 'Log in' })).toBeDefined();
  expect(router.state.location.search).toEqual({ next: '/incidents' });
});

test('a link that leads elsewhere after the log-in is not followed', async () => {
  const { router } = open('/login?next=//evil.example', {});
  await screen.findByRole('heading', { name: 'Log in' });
  expect(router.state.location.search).toEqual({});
});

test('a password that is too short is refused before anything is sent', async () => {
  const { asked } = open('/signup', {});
  await signUp('ada@lighthouse.dev', 'short');
  expect(await screen.findByText('A password needs at least 12 characters.')).toBeDefined();
  expect(asked.some(({ method }) => method === 'POST')).toBe(false);
});

test('after the sign-up the site is guessed from the address', async () => {
  open('/signup', { 'POST /v1/auth/sign-up/email': { body: { token: null, user: {} } }, 'GET /v1/monitors': pageOf() });
  await signUp('ada@lighthouse.dev', 'three quiet lighthouses');
  expect(await screen.findByRole('heading', { name: 'What should we watch?' })).toBeDefined();
  await expect.poll(() => screen.getByLabelText<HTMLInputElement>('URL').value).toBe('https://lighthouse.dev/');
});

test('what the server says against a sign-up is shown', async () => {
  open('/signup', {
    'POST /v1/auth/sign-up/email': {
      status: 422,
      body: { code: 'USER_ALREADY_EXISTS', message: 'User already exists.' },
    },
  });
  await signUp('ada@lighthouse.dev', 'three quiet lighthouses');
  expect((await screen.findByRole('alert')).textContent).toContain('There is an account with this address already.');
});

const logIn = async (): Promise<void> => {
  await userEvent.type(await screen.findByLabelText('E-mail'), 'ada@lighthouse.dev');
  await userEvent.type(screen.getByLabelText('Password'), 'three quiet lighthouses');
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
};
const second = { 'POST /v1/auth/sign-in/email': { body: { twoFactorRedirect: true, twoFactorMethods: ['totp'] } } };

test('with a second step the password alone leads to the code, and a right code in', async () => {
  const { asked, router } = open('/login', {
    ...second,
    'POST /v1/auth/two-factor/verify-totp': { body: { token: 'x', user: {} } },
  });
  await logIn();
  await userEvent.type(await screen.findByLabelText('Code from your app'), '492 039');
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  await expect.poll(() => router.state.location.pathname).toBe('/');
  expect(await sentTo(asked, 'POST /v1/auth/two-factor/verify-totp')).toEqual({ code: '492039', trustDevice: false });
});

test('a wrong backup code is said in plain words', async () => {
  open('/login', {
    ...second,
    'POST /v1/auth/two-factor/verify-backup-code': problem(401, 'invalid-backup-code', 'Invalid backup code'),
  });
  await logIn();
  await userEvent.click(await screen.findByRole('button', { name: 'Use a backup code' }));
  await userEvent.type(await screen.findByLabelText('Backup code'), 'abc');
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  expect((await screen.findByRole('alert')).textContent).toContain(
    'This backup code is not right, or it was used before.',
  );
});

test('a wrong password is said in plain words', async () => {
  open('/login', {
    'POST /v1/auth/sign-in/email': problem(401, 'invalid-email-or-password', 'Invalid email or password'),
  });
  await logIn();
  expect((await screen.findByRole('alert')).textContent).toContain('The e-mail address or the password is wrong.');
});

test('a lost line is said, with the moment until which things are known, and taken back when it is live again', async () => {
  open('/', {});
  await screen.findByRole('link', { name: 'Watch a site' });
  connect();
  expect(await screen.findByText('Live')).toBeDefined();
  lose();
  expect(await screen.findByText(/You see what was known at/u)).toBeDefined();
  connect();
  await expect.poll(() => screen.queryByText(/You see what was known at/u)).toBeNull();
});
