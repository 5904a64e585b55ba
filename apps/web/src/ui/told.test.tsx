import { notifications } from '@mantine/notifications';
import { act, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Theme } from '../theme.tsx';
import { Told } from './told.tsx';

test('nothing is drawn until something is told; then each is, and goes when it is closed', async () => {
  const { container } = render(
    <Theme env="test">
      <Told />
    </Theme>,
  );
  expect(container.querySelector('[class*="Notifications"]')).toBeNull();
  act(() => void notifications.show({ id: 'first', message: 'Paused.', autoClose: false }));
  expect(await screen.findByText('Paused.')).toBeDefined();
  act(() => void notifications.show({ id: 'second', message: 'Resumed.', autoClose: false }));
  expect(await screen.findByText('Resumed.')).toBeDefined();
  act(() => notifications.clean());
  await expect.poll(() => screen.queryByText('Paused.')).toBeNull();
});
