import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { beforeEach, expect, test, vi } from 'vitest';
import { keepState, restoreState } from './kept-state.ts';

const store = vi.hoisted(() => new Map<string, unknown>());
// jsdom has no IndexedDB.
vi.mock('idb-keyval', () => ({
  get: async (key: string) => store.get(key),
  update: async (key: string, change: (before: unknown) => unknown) => store.set(key, change(store.get(key))),
  del: async (key: string) => store.delete(key),
}));
beforeEach(() => store.clear());

const minute = 60_000;
const at = Date.parse('2026-11-28T14:02:00Z');
const day = 86_400_000;
type Row = readonly [key: readonly unknown[], data: unknown, updatedAt?: number];
const clientWith = (...rows: readonly Row[]): QueryClient => {
  const client = new QueryClient();
  for (const [key, data, updatedAt = at] of rows) client.setQueryData(key, data, { updatedAt });
  return client;
};
/** What a page that starts without a network finds. */
const found = async (): Promise<QueryClient> => {
  const client = new QueryClient();
  await restoreState(client);
  return client;
};
const keysOf = (client: QueryClient, kind: string): readonly unknown[] =>
  client
    .getQueryCache()
    .findAll({ queryKey: [kind] })
    .map(({ queryKey }) => queryKey[1]);

test('the newest of what is worth reading offline is kept, bounded, and nothing else', async () => {
  const monitors = Array.from({ length: 50 }, (_, n): Row => [['monitor', n], { n }, at + n]);
  const pages = { pages: [1, 2, 3, 4], pageParams: ['', 'a', 'b', 'c'] };
  const client = clientWith(
    [['me'], { name: 'ada' }],
    [['monitors'], [1, 2, 3]],
    [['monitor-summaries'], new Map([['a', { uptime: 1 }]])],
    [['api-keys'], ['secret']],
    [['monitor-settings', 'a'], { headers: { authorization: 'secret' } }],
    [['incidents', {}], pages],
    ...monitors,
  );
  await keepState(client, 'ada', at);
  const kept = await found();
  const kinds = Map.groupBy(kept.getQueryCache().getAll(), ({ queryKey }) => String(queryKey[0]));
  expect([...kinds].map(([kind, some]) => [kind, some.length]).toSorted()).toEqual([
    ['incidents', 1],
    ['me', 1],
    ['monitor', 30],
    ['monitor-summaries', 1],
    ['monitors', 1],
  ]);
  expect(keysOf(kept, 'monitor')).toContain(49);
  expect(keysOf(kept, 'monitor')).not.toContain(19);
  expect(kept.getQueryData(['incidents', {}])).toEqual({ pages: [1, 2], pageParams: ['', 'a'] });
});

test('what an earlier load of the page visited stays beside what this one did, each with its own time', async () => {
  await keepState(clientWith([['monitor', 'a'], 'as it was'], [['monitor', 'b'], 'old']), 'ada', at);
  const later = at + 40 * minute;
  await keepState(clientWith([['monitor', 'b'], 'new', later]), 'ada', later);
  const kept = await found();
  expect(kept.getQueryData(['monitor', 'a'])).toBe('as it was');
  expect(kept.getQueryState(['monitor', 'a'])?.dataUpdatedAt).toBe(at);
  expect(kept.getQueryData(['monitor', 'b'])).toBe('new');
});

test('what somebody looks at is live: it is as of when it was kept', async () => {
  const client = clientWith([['monitors'], [1], at - 30 * minute], [['monitor', 'a'], 'left', at - 30 * minute]);
  const leave = new QueryObserver(client, { queryKey: ['monitors'], staleTime: Number.POSITIVE_INFINITY }).subscribe(
    () => undefined,
  );
  await keepState(client, 'ada', at);
  leave();
  const kept = await found();
  expect(kept.getQueryState(['monitors'])?.dataUpdatedAt).toBe(at);
  expect(kept.getQueryState(['monitor', 'a'])?.dataUpdatedAt).toBe(at - 30 * minute);
});

test('nothing of another person stays, and nothing for longer than a week', async () => {
  await keepState(clientWith([['monitor', 'a'], 'ada’s']), 'ada', at);
  await keepState(clientWith([['monitor', 'b'], 'bob’s']), 'bob', at);
  expect(keysOf(await found(), 'monitor')).toEqual(['b']);
  const muchLater = at + 8 * day;
  await keepState(clientWith([['monitor', 'c'], 'bob’s', muchLater]), 'bob', muchLater);
  expect(keysOf(await found(), 'monitor')).toEqual(['c']);
});
