import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aMonitor, id, open, pageOf } from '../testing.fixture.tsx';

const full = { 'GET /v1/monitors': pageOf(aMonitor(), aMonitor({ id: id(12), name: 'Blog' })) };
const chosen = () => screen.queryByText(/^\d+ chosen$/u)?.textContent ?? 'none';

test('Escape chooses none, also from the box that was ticked', async () => {
  open('/', full);
  await userEvent.click(await screen.findByRole('checkbox', { name: /all/iu }));
  expect(chosen()).toBe('2 chosen');
  await userEvent.keyboard('{Escape}');
  expect(chosen()).toBe('none');
});

test('Escape in a dialog closes it, and what was chosen stays chosen', async () => {
  open('/', full);
  await userEvent.click(await screen.findByRole('checkbox', { name: /all/iu }));
  await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
  await screen.findByRole('dialog');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  expect(chosen()).toBe('2 chosen');
});
