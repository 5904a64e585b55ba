import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { Theme } from '../theme.tsx';
import { setHourCycle } from './hour-cycle.ts';
import { pickDay, wallShown, writeTime, writeWall } from './wall-field.fixture.ts';
import { WallField } from './wall-field.tsx';

const Field = ({ first, clearable }: { readonly first: string; readonly clearable: boolean }) => {
  const [wall, setWall] = useState(first);
  return (
    <Theme env="test">
      <WallField label="Begins" value={wall} onChange={setWall} clearable={clearable} />
      <output>{wall === '' ? 'nothing' : wall}</output>
      <button type="button" onClick={() => setWall('2027-01-02T15:04')}>
        Another
      </button>
    </Theme>
  );
};
const show = (first = '', clearable = false) => render(<Field first={first} clearable={clearable} />);
const told = (): string | null => screen.getByRole('status').textContent;
afterEach(() => setHourCycle('auto'));

test('it tells nothing until day and time are whole', async () => {
  show('2026-11-28T00:00', true);
  await userEvent.click(screen.getByRole('button', { name: 'Clear: Begins' }));
  expect(told()).toBe('nothing');
  await pickDay('Begins: day', '2026-12-01');
  expect(told()).toBe('nothing');
  await writeTime('Begins', '14:30');
  expect(told()).toBe('2026-12-01T14:30');
});

// The runner's own zone is not asked for: whichever it is, its missing hours are written and read like any other.
test.each(['2026-03-29T02:30', '2026-03-08T02:30', '2026-10-25T02:30', '2026-04-24T00:00'])(
  'an hour that some zone skips or has twice stays as it was written: %s',
  async (wall) => {
    show('2026-02-01T12:00');
    await writeWall('Begins', wall);
    expect(told()).toBe(wall);
  },
);

test('the hours are counted as the person reads them', async () => {
  const { unmount } = show('2026-11-30T21:05');
  expect(await wallShown('Begins')).toBe('Nov 30, 2026 09:05 PM');
  unmount();
  setHourCycle('24h');
  show('2026-11-30T21:05');
  expect(screen.getByLabelText<HTMLInputElement>('Begins: hours').value).toBe('21');
  expect(screen.queryByLabelText('Begins: before or after noon')).toBeNull();
});

test('it follows a value that changes by itself', async () => {
  show('2026-11-30T21:05');
  await userEvent.click(screen.getByRole('button', { name: 'Another' }));
  expect(await wallShown('Begins')).toBe('Jan 2, 2027 03:04 PM');
});

test('by keyboard: the calendar opens, a day is taken, and the focus is back on the field', async () => {
  show('2026-11-28T09:00');
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  await screen.findByRole('button', { name: '28 November 2026' });
  await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('28 November 2026');
  await userEvent.keyboard('{ArrowLeft}{ArrowUp}{Enter}');
  expect(told()).toBe('2026-11-20T09:00');
  await expect
    .poll(() => document.activeElement)
    .toBe(screen.getByRole('button', { name: 'Begins: day: Nov 20, 2026' }));
});
