import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { Theme } from '../theme.tsx';
import { ManySelect } from './many-select.tsx';

const words = { fra: 'Frankfurt', iad: 'Ashburn', sin: 'Singapore' } as const;
type Region = keyof typeof words;

const Field = () => {
  const [chosen, setChosen] = useState<readonly Region[]>();
  return (
    <Theme env="test">
      <ManySelect<Region>
        label="Region"
        none="Any region"
        all={['fra', 'iad', 'sin']}
        word={(region) => words[region]}
        chosen={chosen}
        onChosen={setChosen}
      />
      <output>{chosen?.join(' ') ?? 'all'}</output>
    </Theme>
  );
};

test.each(['{ArrowDown}', '{Enter}', ' '])(
  'the first press of “%s” opens the list, which has the focus',
  async (key) => {
    render(<Field />);
    await userEvent.tab();
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Region' }));
    await userEvent.keyboard(key);
    await screen.findByRole('option', { name: 'Singapore' });
    const field = screen.getByRole('combobox', { name: 'Region' });
    expect(document.activeElement).toBe(field);
    await expect.poll(() => field.getAttribute('aria-expanded')).toBe('true');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(screen.getByRole('status').textContent).toBe('fra');
  },
);

test('a click opens it; several are in the list’s order, and with none left it is all again', async () => {
  render(<Field />);
  await userEvent.click(screen.getByRole('combobox', { name: 'Region' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Singapore' }));
  await userEvent.click(screen.getByRole('option', { name: 'Frankfurt' }));
  expect(screen.getByRole('status').textContent).toBe('fra sin');
  await userEvent.click(screen.getByRole('option', { name: 'Singapore' }));
  await userEvent.click(screen.getByRole('option', { name: 'Frankfurt' }));
  expect(screen.getByRole('status').textContent).toBe('all');
});
