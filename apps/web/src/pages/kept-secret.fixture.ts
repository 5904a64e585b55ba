import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect } from 'vitest';

const question = 'Close without the secret?';

/** For tests: closing asks until the secret was copied; then it closes at once. */
export const expectKept = async (name: string | RegExp, secret: string, way: string): Promise<void> => {
  const user = userEvent.setup();
  const dialog = await screen.findByRole('dialog', { name });
  await within(dialog).findByText(secret);
  const close = async (): Promise<void> => {
    if (way === 'Escape') await user.keyboard('{Escape}');
    else await user.click(within(dialog).getByRole('button', { name: 'Close' }));
  };
  await close();
  const asked = await screen.findByRole('dialog', { name: question });
  expect(asked.textContent).toContain('it is not shown again');
  await user.click(within(asked).getByRole('button', { name: 'Cancel' }));
  await expect.poll(() => screen.queryByRole('dialog', { name: question })).toBeNull();
  await user.click(within(dialog).getByRole('button', { name: 'Copy' }));
  await within(dialog).findByRole('button', { name: 'Copied' });
  expect(await navigator.clipboard.readText()).toBe(secret);
  await close();
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
};
