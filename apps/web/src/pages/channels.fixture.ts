import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { pageOf } from '../testing.fixture.tsx';

export const channels = (...all: readonly unknown[]) => ({ 'GET /v1/channels': pageOf(...all) });
export const addChannel = async (kind: string): Promise<HTMLElement> => {
  await userEvent.click(await screen.findByRole('button', { name: 'Add channel' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(await within(dialog).findByRole('radio', { name: kind }));
  return dialog;
};
export const submit = (dialog: HTMLElement, name = 'Add channel') =>
  userEvent.click(within(dialog).getByRole('button', { name }));
