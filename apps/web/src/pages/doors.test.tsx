import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { connect, lose, open, pageOf, problem } from '../testing.fixture.tsx';

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
  expect((await screen.findByRole('alert')).textContent).toContain('User already exists.');
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
