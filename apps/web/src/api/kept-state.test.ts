import { dehydrate, QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { boundedState } from './kept-state.ts';

test('the newest of what is worth reading offline is kept, bounded, and nothing else', () => {
  const client = new QueryClient();
  const set = (key: readonly unknown[], data: unknown, updatedAt = 1) => client.setQueryData(key, data, { updatedAt });
  set(['me'], { name: 'ada' });
  set(['monitors'], [1, 2, 3]);
  set(['api-keys'], ['secret']);
  set(['monitor-settings', 'a'], { headers: { authorization: 'secret' } });
  set(['incidents', {}], { pages: [1, 2, 3, 4], pageParams: ['', 'a', 'b', 'c'] });
  for (let n = 0; n < 50; n++) set(['monitor', n], { n }, n + 1);
  const { queries } = boundedState(dehydrate(client));
  const kinds = Map.groupBy(queries, ({ queryKey }) => String(queryKey[0]));
  expect([...kinds].map(([kind, some]) => [kind, some.length]).toSorted()).toEqual([
    ['incidents', 1],
    ['me', 1],
    ['monitor', 30],
    ['monitors', 1],
  ]);
  expect(kinds.get('monitor')?.map(({ queryKey }) => queryKey[1])).toContain(49);
  expect(kinds.get('monitor')?.map(({ queryKey }) => queryKey[1])).not.toContain(19);
  expect(kinds.get('incidents')?.[0]?.state.data).toEqual({ pages: [1, 2], pageParams: ['', 'a'] });
});
