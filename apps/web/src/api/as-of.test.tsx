import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { setAsOf, useAsOf } from './as-of.ts';

afterEach(() => setAsOf(null));

const AsOf = () => <output>{useAsOf() ?? 'live'}</output>;
const Monitor = () => (
  <p>{String(useQuery({ queryKey: ['monitor', 'a'], staleTime: Number.POSITIVE_INFINITY }).data)}</p>
);

test('a page is as old as the oldest that is shown on it, and newer again once that is left', async () => {
  const client = new QueryClient();
  client.setQueryData(['monitor', 'a'], 'Shop', { updatedAt: Date.parse('2026-11-28T13:40:00Z') });
  const page = (withMonitor: boolean) => (
    <QueryClientProvider client={client}>
      <AsOf />
      {withMonitor ? <Monitor /> : null}
    </QueryClientProvider>
  );
  const shown = () => screen.getByRole('status').textContent;
  setAsOf('2026-11-28T14:02:00.000Z');
  const { rerender } = render(page(false));
  expect(shown()).toBe('2026-11-28T14:02:00.000Z');
  rerender(page(true));
  await expect.poll(shown).toBe('2026-11-28T13:40:00.000Z');
  rerender(page(false));
  await expect.poll(shown).toBe('2026-11-28T14:02:00.000Z');
});
