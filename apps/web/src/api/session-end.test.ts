import { afterEach, expect, test, vi } from 'vitest';
import { newQueryClient } from './query-client.ts';

afterEach(() => vi.unstubAllGlobals());

const start = () => {
  const reload = vi.fn();
  vi.stubGlobal('window', { location: { reload } });
  const client = newQueryClient(() => undefined);
  const isIn = (id: string) =>
    client.fetchQuery({ queryKey: ['me'], queryFn: () => ({ account: { id } }), staleTime: 0 });
  return { reload, client, isIn };
};

test('a page whose next look finds somebody else logged in begins anew, though its session never ended before its eyes', async () => {
  const { reload, isIn } = start();
  await isIn('ann');
  await isIn('ann');
  expect(reload).not.toHaveBeenCalled();
  await isIn('bob');
  expect(reload).toHaveBeenCalledOnce();
});

test('who logs in to a page that was emptied gets no second start', async () => {
  const { reload, client, isIn } = start();
  await isIn('ann');
  client.clear();
  await isIn('bob');
  expect(reload).not.toHaveBeenCalled();
});
