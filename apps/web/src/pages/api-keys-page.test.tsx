import type { ApiKeyView } from '@farwatch/contracts';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { open, problem, sentTo } from '../testing.fixture.tsx';
import { expectKept } from './kept-secret.fixture.ts';

const aKey: ApiKeyView = {
  ...{ id: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e', name: 'Deploy', start: 'fw_abc', scope: 'write' },
  ...{ createdAt: '2026-11-20T10:00:00.000Z', lastUsedAt: null },
};
const keys = (...items: readonly ApiKeyView[]) => ({
  'GET /v1/api-keys': { body: { items, next: null, previous: null } },
});

test('a key shows what it may and when it was last used', async () => {
  open('/api-keys', keys(aKey));
  const row = (await screen.findByText('Deploy')).closest('tr');
  expect(row?.textContent).toContain('Read and write');
  expect(row?.textContent).toContain('never');
});

test('revoking names what stops working and is asked for twice', async () => {
  const { asked } = open('/api-keys', { ...keys(aKey), [`DELETE /v1/api-keys/${aKey.id}`]: { status: 204 } });
  await userEvent.click(await screen.findByRole('button', { name: 'Revoke Deploy' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText(/stops working at once/u)).toBeDefined();
  expect(asked.some(({ method }) => method === 'DELETE')).toBe(false);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Revoke key' }));
  await expect.poll(() => asked.some(({ method }) => method === 'DELETE')).toBe(true);
});

test('a new key needs a name, and is shown this once', async () => {
  const { asked } = open('/api-keys', {
    ...keys(),
    'POST /v1/api-keys': { status: 201, body: { ...aKey, key: 'fw_abc_the_whole_of_it' } },
  });
  expect(await screen.findByText('No API key yet')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Make a key' }));
  await userEvent.type(await screen.findByLabelText('Name'), 'Deploy');
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Make key' }));
  expect(await screen.findByText(/it is not shown again/u)).toBeDefined();
  expect(await sentTo(asked, 'POST /v1/api-keys')).toEqual({ name: 'Deploy', scope: 'read' });
});

test.each(['Escape', 'the cross'])('a key that was not copied is not lost by %s unasked', async (way) => {
  open('/api-keys', {
    ...keys(),
    'POST /v1/api-keys': { status: 201, body: { ...aKey, key: 'fw_abc_the_whole_of_it' } },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Make a key' }));
  await userEvent.type(await screen.findByLabelText('Name'), 'Deploy');
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Make key' }));
  await expectKept('Deploy', 'fw_abc_the_whole_of_it', way);
});

test('a key that is on its way is asked about as what is shown this once', async () => {
  open('/api-keys', { ...keys(), 'POST /v1/api-keys': () => new Promise(() => undefined) });
  await userEvent.click(await screen.findByRole('button', { name: 'Make a key' }));
  await userEvent.type(await screen.findByLabelText('Name'), 'Deploy');
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Make key' }));
  await userEvent.keyboard('{Escape}');
  expect(await screen.findByRole('dialog', { name: 'Close without the secret?' })).toBeDefined();
});

test('keys that could not be loaded can be asked for again', async () => {
  open('/api-keys', { 'GET /v1/api-keys': problem(500, 'internal', 'Something broke.') });
  expect(await screen.findByText('API keys could not be loaded')).toBeDefined();
});
