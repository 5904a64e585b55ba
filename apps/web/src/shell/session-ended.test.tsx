import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { connect, me, open, problem, refuse, sentTo } from '../testing.fixture.tsx';

test('a session that ended is said over the page, what was written stays, and a log-in goes on there', async () => {
  const user = userEvent.setup();
  let isIn = true;
  const { asked, router } = open('/settings', {
    'GET /v1/me': () => (isIn ? { body: me } : problem(401, 'unauthorised', 'Log in.')),
    'POST /v1/auth/sign-in/email': () => {
      isIn = true;
      return { body: { redirect: false, token: 't', user: {} } };
    },
  });
  const name = await screen.findByLabelText('Your name');
  connect();
  await user.type(name, ' the second');
  isIn = false;
  refuse();
  const over = within(await screen.findByRole('dialog', { name: 'Your session has ended' }));
  await user.type(over.getByLabelText('Password'), 'three quiet lighthouses');
  await user.click(over.getByRole('button', { name: 'Log in' }));
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  expect(await sentTo(asked, 'POST /v1/auth/sign-in/email')).toMatchObject({ email: me.account.email });
  expect(screen.getByLabelText('Your name')).toHaveProperty('value', `${me.account.name} the second`);
  expect(router.state.location.pathname).toBe('/settings');
});
