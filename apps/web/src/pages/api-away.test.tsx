import { act, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { aMonitor, connect, lose, open, pageOf } from '../testing.fixture.tsx';

test('what is there stays when the API goes away, and is read afresh when the line is back', async () => {
  let away = false;
  let name = 'Shop';
  const { asked } = open('/', {
    'GET /v1/monitors': () => {
      if (away) throw new TypeError('fetch failed');
      return pageOf(aMonitor({ name }));
    },
  });
  await screen.findByRole('link', { name: /Shop/u });
  connect();
  away = true;
  lose();
  connect(); // the line is back before the API answers again: everything is asked for, in vain
  const before = asked.length;
  await expect.poll(() => asked.length).toBeGreaterThan(before);
  await act(() => vi.waitFor(() => expect(screen.getByRole('link', { name: /Shop/u })).toBeDefined()));
  expect(screen.queryByRole('alert')).toBeNull();
  away = false;
  name = 'Shop again';
  lose();
  connect();
  expect(await screen.findByRole('link', { name: /Shop again/u })).toBeDefined();
});
