import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aMonitor, connect, lose, open, pageOf } from '../testing.fixture.tsx';

test('what is there stays when the API goes away, and is read afresh when the line is back', async () => {
  let away = false;
  let refused = 0;
  let name = 'Shop';
  const { asked } = open('/', {
    'GET /v1/monitors': () => {
      if (away) {
        refused++;
        throw new TypeError('fetch failed');
      }
      return pageOf(aMonitor({ name }));
    },
  });
  await screen.findByRole('link', { name: /Shop/u });
  connect();
  const before = asked.length;
  away = true;
  lose();
  connect(); // the line is back before the API answers again: everything is asked for, in vain
  await expect.poll(() => asked.length).toBeGreaterThan(before);
  await expect.poll(() => refused).toBeGreaterThan(0);
  expect(await screen.findByRole('link', { name: /Shop/u })).toBeDefined();
  expect(screen.queryByRole('alert')).toBeNull();
  away = false;
  name = 'Shop again';
  lose();
  connect();
  expect(await screen.findByRole('link', { name: /Shop again/u })).toBeDefined();
});
