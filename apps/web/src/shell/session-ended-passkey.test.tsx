import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { connect, me, open, problem, refuse } from '../testing.fixture.tsx';

const passkey = vi.hoisted((): { choose: () => void } => ({ choose: () => undefined }));
vi.mock('../features/accounts/passkey-place.ts', () => ({ passkeyPlace: () => 'here' }));
vi.mock('../features/accounts/ask-auth.ts', async (original) => ({
  ...(await original<object>()),
  askPasskeys: () => new Promise<void>((resolve) => Object.assign(passkey, { choose: resolve })),
}));

test('a passkey that the browser filled in ends the waiting of the page below', async () => {
  vi.stubGlobal('PublicKeyCredential', { isConditionalMediationAvailable: () => Promise.resolve(true) });
  let isIn = true;
  open('/settings', { 'GET /v1/me': () => (isIn ? { body: me } : problem(401, 'unauthorised', 'Log in.')) });
  await screen.findByLabelText('Your name');
  connect();
  isIn = false;
  refuse();
  await screen.findByRole('dialog', { name: 'Your session has ended' });
  await screen.findByRole('button', { name: 'Log in with a passkey' });
  isIn = true;
  passkey.choose();
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  expect(screen.getByLabelText('Your name')).toHaveProperty('value', me.account.name);
});
