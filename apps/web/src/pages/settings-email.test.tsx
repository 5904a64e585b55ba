import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { me, open, problem, sentTo } from '../testing.fixture.tsx';

const begin = async (answer: Parameters<typeof open>[1][string]) => {
  const opened = open('/settings?tab=security', { 'POST /v1/auth/change-email': answer });
  const part = within(await screen.findByRole('region', { name: 'E-mail address' }));
  await userEvent.click(part.getByRole('button', { name: 'Change address' }));
  const send = async (address: string): Promise<void> => {
    await userEvent.clear(part.getByLabelText('New e-mail address'));
    await userEvent.type(part.getByLabelText('New e-mail address'), address);
    await userEvent.type(part.getByLabelText('Your password'), 'three quiet lighthouses');
    await userEvent.click(part.getByRole('button', { name: 'Send the link' }));
  };
  return { ...opened, part, send };
};

test('another address is asked for with the password, and what happens next is said', async () => {
  const { asked, part, send } = await begin({ body: { status: true } });
  expect(part.getByText(/alerts go where they go now/u)).toBeDefined();
  await send(' ada@beacon.dev ');
  expect((await part.findByRole('status')).textContent).toContain('If no account has ada@beacon.dev yet');
  expect(await sentTo(asked, 'POST /v1/auth/change-email')).toEqual({
    newEmail: 'ada@beacon.dev',
    password: 'three quiet lighthouses',
    callbackURL: '/verified?changed=yes',
  });
});

test.each([
  ['nobody', 'This is not an e-mail address.'],
  [me.account.email.toUpperCase(), 'This is your address already.'],
])('%s is refused before anything is sent', async (address, words) => {
  const { asked, part, send } = await begin({ body: { status: true } });
  await send(address);
  expect(await part.findByText(words)).toBeDefined();
  expect(asked.some(({ method }) => method === 'POST')).toBe(false);
});

test('a wrong password is said and changes nothing', async () => {
  const { part, send } = await begin(problem(400, 'INVALID_PASSWORD', 'Invalid password'));
  await send('ada@beacon.dev');
  expect((await part.findByRole('alert')).textContent).toContain('The password is wrong. Nothing was changed.');
});

test.each([
  ['', 'Your address was changed'],
  ['&error=TOKEN_EXPIRED', 'This link does not work any more'],
  ['&error=EMAIL_TAKEN', 'This address belongs to another account'],
  ['&error=INVALID_USER', 'Somebody else is logged in here'],
])('the link that ends with %s says so', async (end, heading) => {
  open(`/verified?changed=yes${end}`, {});
  expect(await screen.findByRole('heading', { name: heading })).toBeDefined();
});
