import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { open, pageOf, problem, sentTo } from '../testing.fixture.tsx';

vi.mock('../ui/zone.ts', async (original) => ({
  ...(await original<typeof import('../ui/zone.ts')>()),
  browserZone: 'Asia/Kathmandu',
}));

const answers = { 'POST /v1/auth/sign-up/email': { body: { token: null, user: {} } }, 'GET /v1/monitors': pageOf() };
const signUp = async (): Promise<void> => {
  await userEvent.type(await screen.findByLabelText('E-mail'), 'ada@lighthouse.dev');
  await userEvent.type(screen.getByLabelText('Password'), 'three quiet lighthouses');
  await userEvent.click(screen.getByRole('button', { name: 'Create account' }));
  await screen.findByRole('heading', { name: 'What should we watch?' });
};

test('a new organisation tells its times where it was made, and not in UTC', async () => {
  const { asked } = open('/signup', answers);
  await signUp();
  expect(await sentTo(asked, 'PATCH /v1/organisation')).toEqual({ timeZone: 'Asia/Kathmandu' });
});

test('a zone that can not be kept holds no sign-up up', async () => {
  open('/signup', { ...answers, 'PATCH /v1/organisation': problem(422, 'unknown-time-zone', 'No such zone.') });
  await signUp();
});
